import { Problem } from '../../../api/problem';
import type { RoomEntry } from '../../../parts/conversation/api/roomApi';
import type { Call, CallSignal, Verbs } from '../../../realtime/events';
import type { Live } from '../../../realtime/live';
import { type CallState, isLive, otherMembers, type PeerState } from './callState';
import { pictureCodecs } from './codecs';
import { createDegradation, type Degradation, incidentOf, qualityOf, type Step, steps } from './degradation';
import { type LocalMedia, openLocalMedia } from './localMedia';
import { openPeerLink, type PeerLink } from './peerLink';
import { safetyCode } from './safetyCode';
import { createSampling } from './sampling';
import { deviceOfTab, keepPlace, keptPlace } from './tabPlace';

interface SessionParts {
  consultationId: string;
  live: Live;
  /** One's own way in; asked for again when its credentials run out. */
  entry(): Promise<RoomEntry>;
}

interface Peer {
  link: PeerLink;
  degradation: Degradation;
  sample: ReturnType<typeof createSampling>;
  code: PeerState['code'];
  /** The fingerprints that the code is of. */
  codeOf: string;
}

/** Milliseconds between looks at the statistics. */
const lookEvery = 1_000;
/** Milliseconds that whoever came in is waited for to offer, before one offers oneself. */
const offerPatience = 3_000;
/** Milliseconds before their end at which credentials count as over. */
const slack = 60_000;

/** This device in the calls of one visit: no pixels. What the server tells is given to `follow`, the rest it hears itself. */
export function openCallSession({ consultationId, live, entry }: SessionParts) {
  const listeners = new Set<() => void>();
  const peers = new Map<string, Peer>();
  const expected = new Map<string, ReturnType<typeof setTimeout>>();
  let media: LocalMedia = newMedia();
  let phase: CallState['phase'] = 'outside';
  let call: Call | null = null;
  let peerId: string | null = null;
  let problem: Problem | null = null;
  let step: Step = 'good';
  let access: RoomEntry | null = null;
  let saidConnected = false;
  let refused = false;
  let closed = false;
  let state = look();
  /** Tells acts that an older attempt began from those of this one. */
  let attempt = 0;

  function newMedia() {
    return openLocalMedia({
      onChange: () => {
        carry();
        changed();
      },
      onDevice: (what) => incident(what),
    });
  }

  function look(): CallState {
    return {
      phase,
      call,
      peerId,
      peers: new Map(
        [...peers].map(([id, { link, code }]) => [id, { link: link.state, stream: link.stream, code }] as const),
      ),
      media: media.getState(),
      step,
      refused,
      problem,
    };
  }

  function changed() {
    if (closed) return;
    state = look();
    for (const listener of listeners) listener();
  }

  const ask = <V extends 'call.signal' | 'call.state' | 'call.incident' | 'call.leave' | 'call.end' | 'call.reject'>(
    verb: V,
    input: Omit<Verbs[V]['input'], 'consultationId' | 'callId'>,
  ) => live.ask(verb, { consultationId, callId: call?.id ?? '', ...input } as Verbs[V]['input']);

  const tell = (input: Omit<Verbs['call.state']['input'], 'consultationId' | 'callId'>) => {
    if (phase === 'inside') void ask('call.state', input).catch(() => undefined);
  };

  function incident(code: string) {
    if (phase === 'inside') void ask('call.incident', { code }).catch(() => undefined);
  }

  async function configuration(): Promise<RTCConfiguration> {
    if (!access || Date.parse(access.expiresAt) - Date.now() < slack) access = await entry();
    return {
      iceServers: access.iceServers ?? [],
      iceTransportPolicy: access.iceTransportPolicy ?? 'all',
    };
  }

  const isThere = (id: string) => call?.members.some((member) => member.peerId === id && member.present) ?? false;

  function linkTo(id: string): Peer {
    const known = peers.get(id);
    if (known) return known;
    const orderOf = (of: string | null) => call?.members.find((member) => member.peerId === of)?.order ?? 0;
    const peer: Peer = {
      degradation: createDegradation(),
      sample: createSampling(),
      code: null,
      codeOf: '',
      link: openPeerLink({
        polite: orderOf(peerId) > orderOf(id),
        configuration,
        codecs: pictureCodecs,
        canReach: () => phase === 'inside' && isThere(id),
        send: (signal) => ask('call.signal', { to: id, ...signal }),
        onRestart: () => {
          peer.degradation.begin();
          incident('ice_restarted');
        },
        onRefused: () => {
          // They may have run out, or the relay's secret may be another now: the next attempt asks for new ones.
          access = null;
          refused = true;
          changed();
        },
        onChange: () => {
          void readCode(peer);
          if (peer.link.state === 'connected') refused = false;
          // Where the way to the other is interrupted, the line to the server may be, too, and without it no other way is found.
          if (peer.link.state === 'interrupted') live.check(consultationId);
          if (peer.link.state === 'connected' && !saidConnected) {
            saidConnected = true;
            tell({ connected: true });
          }
          changed();
        },
      }),
    };
    peers.set(id, peer);
    void peer.link.send(outgoing());
    return peer;
  }

  async function readCode(peer: Peer) {
    const { fingerprints } = peer.link;
    if (!fingerprints) return;
    const codeOf = JSON.stringify(fingerprints);
    if (codeOf === peer.codeOf) return;
    peer.codeOf = codeOf;
    peer.code = null;
    const code = await safetyCode(fingerprints.mine, fingerprints.theirs);
    if (peer.codeOf !== codeOf) return;
    peer.code = code;
    changed();
  }

  const outgoing = () => {
    const { microphone, camera, screen } = media.getState();
    return { audio: microphone, video: screen ?? camera, isScreen: screen !== null };
  };

  let told = '';
  /** What has changed of one's own devices goes to everybody: the tracks to the links, the words to the server. */
  function carry() {
    if (phase === 'outside') return;
    const now = outgoing();
    for (const { link } of peers.values()) void link.send(now);
    const { microphone, microphoneOn, camera, screen } = media.getState();
    if (phase !== 'inside' || !call) return;
    const words = { microphone: microphone !== null && microphoneOn, camera: camera !== null, screen: screen !== null };
    keepPlace({ callId: call.id, microphone: microphoneOn, camera: camera !== null });
    if (JSON.stringify(words) === told) return;
    told = JSON.stringify(words);
    tell(words);
  }

  /** Those who are in have a link, those who left have none. Who comes in offers; if nobody does, we do. */
  function meet(offering: boolean) {
    const others = otherMembers({ call, peerId });
    for (const [id, { link }] of peers) {
      if (others.some((member) => member.peerId === id)) continue;
      link.close();
      peers.delete(id);
    }
    for (const { peerId: id, present } of others) {
      if (peers.has(id) || !present || phase !== 'inside') continue;
      if (offering) void linkTo(id).link.begin();
      else if (!expected.has(id))
        expected.set(
          id,
          setTimeout(() => {
            expected.delete(id);
            if (phase === 'inside' && isThere(id) && !peers.has(id)) void linkTo(id).link.begin();
          }, offerPatience),
        );
    }
  }

  /** What came back, looks for its ways again; what holds is left alone. */
  function mend() {
    if (phase !== 'inside') return;
    for (const { link } of peers.values()) if (link.state !== 'connected') void link.restart();
  }

  function enter(answer: { call: Call; peerId: string }) {
    call = answer.call;
    peerId = answer.peerId;
    phase = 'inside';
    problem = null;
    told = '';
    meet(true);
    carry();
    if (saidConnected) tell({ connected: true });
    if (step !== 'good') tell({ quality: qualityOf[step] });
    changed();
  }

  /** Comes in by one of the three ways. Devices open while the server answers: neither waits for the other. */
  async function come(
    camera: boolean,
    microphone: boolean,
    how: (device: string) => Promise<{ call: Call; peerId: string }>,
  ) {
    if (phase !== 'outside') return;
    attempt += 1;
    const mine = attempt;
    phase = 'entering';
    problem = null;
    media.close();
    media = newMedia();
    changed();
    const opening = media.open(microphone, camera);
    void configuration().catch(() => undefined);
    try {
      const answer = await how(await deviceOfTab());
      if (mine !== attempt || closed) return;
      enter(answer);
      await opening;
      carry();
    } catch (reason) {
      if (mine !== attempt) return;
      problem = Problem.from(reason);
      goOut();
    }
  }

  /** Takes everything down that is this device's. */
  function goOut() {
    attempt += 1;
    phase = 'outside';
    peerId = null;
    saidConnected = false;
    refused = false;
    step = 'good';
    access = null;
    for (const { link } of peers.values()) link.close();
    peers.clear();
    for (const timer of expected.values()) clearTimeout(timer);
    expected.clear();
    media.close();
    keepPlace(null);
    changed();
  }

  async function comeBack(id: string) {
    const device = await deviceOfTab();
    try {
      enter(await live.ask('call.join', { consultationId, callId: id, device }));
      incident('reconnected');
      mend();
    } catch (reason) {
      const found = Problem.from(reason);
      if (found.category === 'unreachable') return;
      problem = found;
      goOut();
    }
  }

  /** What the server says of the call: with the ack of coming into the visit, and at each change. */
  function follow(joined: boolean, heard: Call | null) {
    if (closed) return;
    if (!joined) {
      if (phase === 'inside') {
        phase = 'lost';
        changed();
      }
      return;
    }
    if (heard && heard.id === call?.id && heard.revision < call.revision) return;
    if (phase === 'lost') {
      call = heard ?? call;
      if (heard && isLive(heard)) void comeBack(heard.id);
      else goOut();
      return;
    }
    call = heard;
    if (phase === 'outside') {
      const kept = keptPlace();
      if (heard && isLive(heard) && kept?.callId === heard.id)
        void come(kept.camera, kept.microphone, (device) =>
          live.ask('call.join', { consultationId, callId: heard.id, device }),
        );
    } else if (phase === 'inside') {
      const isIn = heard?.members.some((member) => member.peerId === peerId);
      if (!heard || !isLive(heard) || (!isIn && heard.members.length > 0)) goOut();
      else meet(false);
    }
    changed();
  }

  async function lookAtNetwork() {
    if (phase === 'outside' || peers.size === 0) return;
    const people = peers.size;
    for (const peer of peers.values()) {
      const report = await peer.link.stats().catch(() => null);
      if (!report) continue;
      const next = peer.degradation.next(peer.sample(report as unknown as Iterable<[string, { type: string }]>));
      peer.link.limit(next, people);
    }
    const worst = [...peers.values()].reduce(
      (sum, { degradation }) => Math.max(sum, steps.indexOf(degradation.step)),
      0,
    );
    const next = steps[worst] ?? 'good';
    if (next === step) return;
    const before = step;
    step = next;
    if (qualityOf[next] !== qualityOf[before]) tell({ quality: qualityOf[next] });
    incident(incidentOf[next]);
    changed();
  }

  const onSignal = (heard: CallSignal & { callId: string; from: string }) => {
    if (phase !== 'inside' || heard.callId !== call?.id) return;
    clearTimeout(expected.get(heard.from));
    expected.delete(heard.from);
    const { description, candidate } = heard;
    void linkTo(heard.from).link.receive({
      ...(description && { description }),
      ...(candidate && { candidate }),
    });
  };

  /** Another network, or a tab that slept: the ways are looked at now, and not when they are missed. */
  const onWake = () => document.visibilityState === 'visible' && mend();
  const onNetwork = () => {
    live.check(consultationId);
    for (const { link, degradation } of peers.values()) {
      degradation.begin();
      void link.restart();
    }
  };
  const connection = (navigator as Navigator & { connection?: EventTarget }).connection;
  const stops = [live.on('call.signal', onSignal)];
  document.addEventListener('visibilitychange', onWake);
  window.addEventListener('online', onNetwork);
  connection?.addEventListener?.('change', onNetwork);
  const looking = setInterval(() => void lookAtNetwork(), lookEvery);

  return {
    getState: () => state,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    follow,

    /** Calls the other one, or comes into what rings already. */
    start: (kind: Call['media']) =>
      come(kind === 'video', true, (device) => live.ask('call.start', { consultationId, media: kind, device })),
    accept: (callId: string, kind: Call['media']) =>
      come(kind === 'video', true, (device) => live.ask('call.accept', { consultationId, callId, device })),
    join: (callId: string, kind: Call['media']) =>
      come(kind === 'video', true, (device) => live.ask('call.join', { consultationId, callId, device })),

    /** Oneself alone; between two that ends the call. */
    hangUp() {
      if (phase === 'inside' && call) void ask('call.leave', {}).catch(() => undefined);
      goOut();
    },
    forgetProblem() {
      problem = null;
      changed();
    },

    setMicrophone: (on: boolean) => media.setMicrophone(on),
    setCamera: (on: boolean) => media.setCamera(on),
    choose: (kind: 'microphone' | 'camera' | 'speaker', id: string) => media.choose(kind, id),
    share: () => media.share(),
    unshare: () => media.unshare(),

    close() {
      if (phase === 'inside' && call) void ask('call.leave', {}).catch(() => undefined);
      goOut();
      closed = true;
      clearInterval(looking);
      for (const stop of stops) stop();
      document.removeEventListener('visibilitychange', onWake);
      window.removeEventListener('online', onNetwork);
      connection?.removeEventListener?.('change', onNetwork);
    },
  };
}

export type CallSession = ReturnType<typeof openCallSession>;
