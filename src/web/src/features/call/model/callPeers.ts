import type { CallSignal } from '../../../realtime/events';
import { type CallState, otherMembers, type PeerState } from './callState';
import { pictureCodecs } from './codecs';
import { createDegradation, type Degradation, type Step, steps } from './degradation';
import { type Outgoing, openPeerLink, type PeerLink } from './peerLink';
import { safetyCode } from './safetyCode';
import { createSampling } from './sampling';
import { broughtBy, createSilence } from './silence';

interface PeersParts {
  /** The call as this device knows it now, and its own place in it. */
  now(): Pick<CallState, 'phase' | 'call' | 'peerId'>;
  outgoing(): Outgoing;
  configuration(): Promise<RTCConfiguration>;
  /** Resolves when the server has passed it on. */
  signal(to: string, signal: CallSignal): Promise<unknown>;
  onChange(): void;
  /** One of them is connected; told again with each of its changes. */
  onConnected(): void;
  /** Whether the line to the server leads anywhere; where it does not, it is opened anew. */
  line(): Promise<boolean>;
  /** A relay did not take our credentials. */
  onRefused(): void;
  onRestart(): void;
}

interface Peer {
  link: PeerLink;
  degradation: Degradation;
  sample: ReturnType<typeof createSampling>;
  silence: ReturnType<typeof createSilence>;
  /** What is sent by them, as the server tells. */
  sends: string;
  code: PeerState['code'];
  /** The fingerprints that the code is of. */
  codeOf: string;
}

/** Milliseconds that whoever came in is waited for to offer, before one offers oneself. */
const offerPatience = 3_000;

/** The connections to all other devices in a call. */
export function openCallPeers(parts: PeersParts) {
  const { now, outgoing, configuration, signal, onChange } = parts;
  const peers = new Map<string, Peer>();
  const expected = new Map<string, ReturnType<typeof setTimeout>>();

  const isThere = (id: string) => {
    const { phase, call } = now();
    return phase === 'inside' && (call?.members.some((member) => member.peerId === id && member.present) ?? false);
  };

  function linkTo(id: string): PeerLink {
    const known = peers.get(id);
    if (known) return known.link;
    const { call, peerId } = now();
    const orderOf = (of: string | null) => call?.members.find((member) => member.peerId === of)?.order ?? 0;
    const peer: Peer = {
      degradation: createDegradation(),
      sample: createSampling(),
      silence: createSilence(),
      sends: '',
      code: null,
      codeOf: '',
      link: openPeerLink({
        polite: orderOf(peerId) > orderOf(id),
        configuration,
        codecs: pictureCodecs,
        canReach: () => isThere(id),
        send: (said) => signal(id, said),
        onRestart: () => {
          peer.degradation.begin();
          peer.silence.seek(performance.now());
          parts.onRestart();
        },
        onRefused: parts.onRefused,
        onChange: () => {
          void readCode(peer);
          if (peer.link.state === 'connected') parts.onConnected();
          // Where the way to the other is interrupted, the line to the server may be, too, and without it no other way is found.
          if (peer.link.state === 'interrupted') void parts.line();
          onChange();
        },
      }),
    };
    peers.set(id, peer);
    void peer.link.send(outgoing());
    return peer.link;
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
    onChange();
  }

  const stopExpecting = (id: string) => {
    clearTimeout(expected.get(id));
    expected.delete(id);
  };

  return {
    states: (): CallState['peers'] =>
      new Map([...peers].map(([id, { link, code }]) => [id, { link: link.state, stream: link.stream, code }])),

    /** Those who are in have a link, those who left have none. Who comes in offers; if nobody does, we do. */
    meet(offering: boolean) {
      const others = otherMembers(now());
      for (const [id, peer] of peers) {
        const member = others.find(({ peerId }) => peerId === id);
        if (member) {
          const sends = [member.microphone, member.camera, member.screen].join();
          if (sends !== peer.sends) peer.silence.forget();
          peer.sends = sends;
          continue;
        }
        peer.link.close();
        peers.delete(id);
      }
      for (const { peerId: id } of others) {
        if (peers.has(id) || !isThere(id)) continue;
        if (offering) void linkTo(id).begin();
        else if (!expected.has(id))
          expected.set(
            id,
            setTimeout(() => {
              expected.delete(id);
              if (isThere(id) && !peers.has(id)) void linkTo(id).begin();
            }, offerPatience),
          );
      }
    },

    receive(from: string, said: CallSignal) {
      stopExpecting(from);
      void linkTo(from).receive(said);
    },

    send(next: Outgoing) {
      for (const { link } of peers.values()) void link.send(next);
    },

    /** What came back, looks for its ways again; what holds is left alone. */
    mend() {
      for (const { link } of peers.values()) if (link.state !== 'connected') void link.restart();
    },

    /** Notices what no longer comes in. The line is asked first: an offer into one that is dead is lost, and once it is opened anew, all is mended. */
    async listen() {
      for (const { link, silence, degradation } of peers.values()) {
        const report = await link.stats().catch(() => null);
        if (!report) continue;
        const hearing = silence.next(
          broughtBy(report as unknown as Iterable<[string, { type: string }]>),
          performance.now(),
          degradation.step !== 'good',
        );
        if (hearing === 'heard') link.heard();
        else if (hearing === 'doubtful') void parts.line();
        else if (hearing === 'silent') {
          link.silent();
          void parts.line().then((leads) => {
            if (leads && link.state === 'interrupted') void link.restart();
          });
        }
      }
    },

    /** On another network, all do. */
    restart() {
      for (const { link, degradation } of peers.values()) {
        degradation.begin();
        void link.restart();
      }
    },

    /** Looks at the statistics, and sends to each what its way carries. The least of it; null when nobody is there. */
    async measure(): Promise<Step | null> {
      if (peers.size === 0) return null;
      const people = peers.size;
      for (const { link, degradation, sample } of peers.values()) {
        const report = link.state === 'connected' ? await link.stats().catch(() => null) : null;
        if (!report) continue;
        link.limit(degradation.next(sample(report as unknown as Iterable<[string, { type: string }]>)), people);
      }
      const worst = Math.max(0, ...[...peers.values()].map(({ degradation }) => steps.indexOf(degradation.step)));
      return steps[worst] ?? 'good';
    },

    close() {
      for (const { link } of peers.values()) link.close();
      peers.clear();
      for (const id of [...expected.keys()]) stopExpecting(id);
    },
  };
}
