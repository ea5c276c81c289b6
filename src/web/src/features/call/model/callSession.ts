import { Problem } from '../../../api/problem';
import type { RoomEntry } from '../../../parts/conversation/api/roomApi';
import type { Call, CallSignal, Verbs } from '../../../realtime/events';
import type { Live } from '../../../realtime/live';
import { openCallPeers } from './callPeers';
import { type CallState, isLive } from './callState';
import { incidentOf, qualityOf, type Step } from './degradation';
import { type LocalMedia, openLocalMedia } from './localMedia';
import { deviceOfTab, keepPlace, keptPlace } from './tabPlace';

interface SessionParts {
  consultationId: string;
  live: Live;
  /** One's own way in; asked for again when its credentials run out. */
  entry(): Promise<RoomEntry>;
}

/** Milliseconds between looks at what the network carries, and at whether anything comes in. */
const lookEvery = 1_000;
const listenEvery = 250;
/** Milliseconds before their end at which credentials count as over. */
const slack = 60_000;

/** This device in the calls of one visit: no pixels. What the server tells is given to `follow`, the rest it hears itself. */
export function openCallSession({ consultationId, live, entry }: SessionParts) {
  const listeners = new Set<() => void>();
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
  const peers = openCallPeers({
    now: () => ({ phase, call, peerId }),
    outgoing,
    configuration,
    signal: (to, signal) => ask('call.signal', { to, ...signal }),
    onChange: changed,
    onConnected: () => {
      refused = false;
      if (saidConnected) return;
      saidConnected = true;
      tell({ connected: true });
    },
    line: () => live.check(consultationId),
    onRefused: () => {
      // They may have run out, or the relay's secret may be another now: the next attempt asks for new ones.
      access = null;
      refused = true;
      changed();
    },
    onRestart: () => incident('ice_restarted'),
  });
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
    return { phase, call, peerId, peers: peers.states(), media: media.getState(), step, refused, problem };
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

  function outgoing() {
    const { microphone, camera, screen } = media.getState();
    return { audio: microphone, video: screen ?? camera, isScreen: screen !== null };
  }

  let told = '';
  /** What has changed of one's own devices goes to everybody: the tracks to the links, the words to the server. */
  function carry() {
    if (phase === 'outside') return;
    peers.send(outgoing());
    const { microphone, microphoneOn, camera, screen } = media.getState();
    if (phase !== 'inside' || !call) return;
    const words = { microphone: microphone !== null && microphoneOn, camera: camera !== null, screen: screen !== null };
    keepPlace({ callId: call.id, microphone: microphoneOn, camera: camera !== null });
    if (JSON.stringify(words) === told) return;
    told = JSON.stringify(words);
    tell(words);
  }

  function enter(answer: { call: Call; peerId: string }) {
    call = answer.call;
    peerId = answer.peerId;
    phase = 'inside';
    problem = null;
    told = '';
    peers.meet(true);
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
    peers.close();
    media.close();
    keepPlace(null);
    changed();
  }

  let comesBack = false;
  async function comeBack(id: string) {
    if (comesBack) return;
    comesBack = true;
    const device = await deviceOfTab();
    try {
      enter(await live.ask('call.join', { consultationId, callId: id, device }));
      incident('reconnected');
      peers.mend();
    } catch (reason) {
      const found = Problem.from(reason);
      if (found.category === 'unreachable') return;
      problem = found;
      goOut();
    } finally {
      comesBack = false;
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
      else peers.meet(false);
    }
    changed();
  }

  async function lookAtNetwork() {
    const next = await peers.measure();
    if (!next || next === step) return;
    const before = step;
    step = next;
    if (qualityOf[next] !== qualityOf[before]) tell({ quality: qualityOf[next] });
    incident(incidentOf[next]);
    changed();
  }

  const onSignal = (heard: CallSignal & { callId: string; from: string }) => {
    if (phase !== 'inside' || heard.callId !== call?.id) return;
    const { description, candidate } = heard;
    peers.receive(heard.from, { ...(description && { description }), ...(candidate && { candidate }) });
  };

  /** Another network, or a tab that slept: the ways are looked at now, and not when they are missed. */
  const onWake = () => {
    if (document.visibilityState === 'visible' && phase === 'inside') peers.mend();
  };
  const onNetwork = () => {
    void live.check(consultationId);
    peers.restart();
  };
  const connection = (navigator as Navigator & { connection?: EventTarget }).connection;
  const stops = [live.on('call.signal', onSignal)];
  document.addEventListener('visibilitychange', onWake);
  window.addEventListener('online', onNetwork);
  connection?.addEventListener?.('change', onNetwork);
  const looking = setInterval(() => void lookAtNetwork(), lookEvery);
  const listening = setInterval(() => void peers.listen(), listenEvery);

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
      clearInterval(listening);
      for (const stop of stops) stop();
      document.removeEventListener('visibilitychange', onWake);
      window.removeEventListener('online', onNetwork);
      connection?.removeEventListener?.('change', onNetwork);
    },
  };
}

export type CallSession = ReturnType<typeof openCallSession>;
