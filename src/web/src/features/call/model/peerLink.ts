import type { CallSignal } from '../../../realtime/events';
import { type PictureLimits, pictureLimits, type Step, soundBits } from './degradation';
import { fingerprintsOf, sessionOf, withOpusOptions } from './sdp';

export type LinkState = 'connecting' | 'connected' | 'interrupted';

/** What is sent to everybody; null is nothing. */
export interface Outgoing {
  audio: MediaStreamTrack | null;
  video: MediaStreamTrack | null;
  isScreen: boolean;
}

export interface PeerLinkParts {
  /** Gives way when both offer at once: who came later. */
  polite: boolean;
  /** Servers that help to find each other, with credentials that are good now. */
  configuration(): Promise<RTCConfiguration>;
  /** Resolves when the server has passed it on. */
  send(signal: CallSignal): Promise<unknown>;
  codecs(): Promise<RTCRtpCodec[]>;
  /** Whether a signal would arrive now; else there is no use in offering. */
  canReach(): boolean;
  onChange(): void;
  /** Something was done about a way that was lost. */
  onRestart(): void;
  /** A relay did not take our credentials. */
  onRefused(): void;
}

/** Milliseconds that a way may be interrupted before another is looked for: most come back by themselves. */
const patience = 1_500;
/** Milliseconds from a new way to the picture on it: the other side has it a little later, and of a first whole picture that is lost in part nothing can be seen for seconds. */
const settles = 300;
/** The code of TURN for a wrong or expired credential (RFC 8656). */
const unauthorized = 401;
/** Milliseconds after which a beginning that leads nowhere is begun anew; one side is slower, so that they do not begin against each other. */
const beginsAgainAfter = { polite: 7_000, impolite: 4_500 };

/**
 * The connection to one other device: perfect negotiation (WebRTC 1.0, 10.7) over two fixed lines, one for sound and one for the picture, so that muting, a screen in place
 * of the camera or another microphone need no word of signalling. All that is done to it is done in turn.
 */
export function openPeerLink(parts: PeerLinkParts) {
  const { polite, onChange } = parts;
  let pc: RTCPeerConnection | null = null;
  let stream = new MediaStream();
  let outgoing: Outgoing = { audio: null, video: null, isScreen: false };
  let step: Step = 'good';
  let others = 1;
  let state: LinkState = 'connecting';
  let makingOffer = false;
  let closed = false;
  let resting = false;
  let settling: ReturnType<typeof setTimeout> | undefined;
  let watch: ReturnType<typeof setTimeout> | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let fingerprints: { mine: string[]; theirs: string[] } | null = null;

  /** One after another: signals in the order in which they came, and nothing between the halves of an act. */
  function inTurn(act: () => Promise<unknown>) {
    // A signal of a session that is over, or of one that lost against ours, fails here and harms nothing.
    turn = turn.then(() => (closed ? undefined : act())).catch(() => undefined);
    return turn;
  }

  function become(next: LinkState) {
    if (closed || next === state) return;
    const before = state;
    state = next;
    if (next === 'interrupted') rest(true);
    else if (before === 'interrupted') settling = setTimeout(() => rest(false), settles);
    onChange();
  }

  /** Sends no picture for a while. */
  function rest(now: boolean) {
    clearTimeout(settling);
    resting = now;
    void inTurn(limit);
  }

  /** The policy stands in every one: a connection takes no configuration that changes it. */
  const configured = async () => ({ ...(await parts.configuration()), bundlePolicy: 'max-bundle' as const });

  /** A connection that knows of nothing yet, in place of the one before. */
  async function renew() {
    const configuration = await configured();
    drop();
    const made = new RTCPeerConnection(configuration);
    pc = made;
    stream = new MediaStream();
    made.onicecandidate = ({ candidate }) => {
      if (!candidate?.candidate) return;
      const { sdpMid, sdpMLineIndex, usernameFragment } = candidate;
      void parts
        .send({ candidate: { candidate: candidate.candidate, sdpMid, sdpMLineIndex, usernameFragment } })
        .catch(() => undefined);
    };
    made.onicecandidateerror = ({ errorCode }) => {
      if (errorCode === unauthorized) parts.onRefused();
    };
    made.ontrack = ({ track }) => {
      stream.addTrack(track);
      onChange();
    };
    made.onconnectionstatechange = () => made === pc && followWay(made.connectionState);
    become('connecting');
    beginAgainLater();
    return made;
  }

  function followWay(way: RTCPeerConnectionState) {
    if (way === 'connected') {
      clearTimeout(watch);
      become('connected');
    } else if (way === 'disconnected') {
      if (state === 'connected') become('interrupted');
      clearTimeout(watch);
      watch = setTimeout(() => void restart(), patience);
    } else if (way === 'failed') {
      if (state === 'connected') become('interrupted');
      clearTimeout(watch);
      void restart();
    }
  }

  function beginAgainLater() {
    clearTimeout(watch);
    watch = setTimeout(
      () => {
        if (pc?.connectionState !== 'connected') void begin();
      },
      polite ? beginsAgainAfter.polite : beginsAgainAfter.impolite,
    );
  }

  function drop() {
    clearTimeout(watch);
    if (!pc) return;
    pc.onicecandidate = null;
    pc.onicecandidateerror = null;
    pc.ontrack = null;
    pc.onconnectionstatechange = null;
    pc.close();
    pc = null;
  }

  /** Offers a new connection: who comes into a call does, and who comes back after a reload. */
  const begin = () =>
    inTurn(async () => {
      if (!parts.canReach()) return beginAgainLater();
      const made = await renew();
      // One encoding: with at most three others, each gets what its own way carries.
      for (const kind of ['audio', 'video'] as const)
        made.addTransceiver(kind, { direction: 'sendrecv', sendEncodings: [{}] });
      await prefer(made);
      await carry();
      await offer(made);
    });

  async function offer(from: RTCPeerConnection) {
    makingOffer = true;
    try {
      await from.setLocalDescription();
      await tell(from);
    } finally {
      makingOffer = false;
    }
  }

  async function tell(from: RTCPeerConnection) {
    const description = from.localDescription;
    if (!description) return;
    readFingerprints(from);
    await parts.send({ description: { type: description.type, sdp: withOpusOptions(description.sdp) } });
  }

  function readFingerprints({ localDescription, remoteDescription }: RTCPeerConnection) {
    if (!localDescription || !remoteDescription) return;
    const next = { mine: fingerprintsOf(localDescription.sdp), theirs: fingerprintsOf(remoteDescription.sdp) };
    if (JSON.stringify(next) === JSON.stringify(fingerprints)) return;
    fingerprints = next;
    onChange();
  }

  const lineOf = (kind: string) => pc?.getTransceivers().find(({ receiver }) => receiver.track.kind === kind);

  async function prefer(made: RTCPeerConnection) {
    const codecs = await parts.codecs();
    const picture = made.getTransceivers().find(({ receiver }) => receiver.track.kind === 'video');
    if (codecs.length > 0) picture?.setCodecPreferences(codecs);
  }

  /** Puts on both lines what is to be sent, within what the network carries. */
  async function carry() {
    const [audio, video] = [lineOf('audio'), lineOf('video')];
    if (audio && audio.sender.track !== outgoing.audio) await audio.sender.replaceTrack(outgoing.audio);
    if (video && video.sender.track !== outgoing.video) await video.sender.replaceTrack(outgoing.video);
    await limit();
  }

  async function limit() {
    const sound = lineOf('audio')?.sender;
    const picture = lineOf('video')?.sender;
    if (sound) await setLimits(sound, { maxBitrate: soundBits(step), priority: 'high', networkPriority: 'high' });
    // Nothing is sent where nothing arrives: the picture then begins anew with a whole one, and not with parts that are asked for again one by one while it stands still.
    const limits = pictureLimits(step, others, outgoing.isScreen);
    if (picture) await setLimits(picture, { ...limits, active: limits.active && !resting });
  }

  async function receiveDescription({ type, sdp }: { type: RTCSdpType; sdp: string }) {
    if (type === 'answer') {
      if (pc?.signalingState !== 'have-local-offer') return;
      await pc.setRemoteDescription({ type, sdp });
      readFingerprints(pc);
      return;
    }
    if (type !== 'offer') return;
    let to = pc;
    const known = to?.remoteDescription?.sdp ?? null;
    const isAnother = known !== null && sessionOf(known) !== sessionOf(sdp);
    const collides = to !== null && (makingOffer || to.signalingState !== 'stable');
    if (!to || isAnother) {
      // The other side came back with a connection that knows nothing of ours.
      to = await renew();
    } else if (collides && !polite) {
      // Theirs yields to ours, which they may have missed.
      await tell(to);
      return;
    } else if (collides && known === null) {
      // Nothing is connected yet that a rollback could keep.
      to = await renew();
    }
    await to.setRemoteDescription({ type, sdp });
    for (const line of to.getTransceivers()) line.direction = 'sendrecv';
    await prefer(to);
    await carry();
    await to.setLocalDescription();
    await limit();
    await tell(to);
  }

  /** Another way between the same two, for the same encryption: the picture goes on. */
  const restart = () =>
    inTurn(async () => {
      if (!pc || pc.connectionState === 'closed') return;
      // Whom nobody has answered, or nobody hears, is asked again from the beginning.
      if (pc.remoteDescription === null || !parts.canReach()) return beginAgainLater();
      parts.onRestart();
      pc.setConfiguration(await configured());
      // One offer that got no answer is in the way of another.
      if (pc.signalingState === 'have-local-offer') await pc.setLocalDescription({ type: 'rollback' });
      if (pc.signalingState !== 'stable') return;
      pc.restartIce();
      await offer(pc).finally(beginAgainLater);
    });

  return {
    get state() {
      return state;
    },
    get stream() {
      return stream;
    },
    get fingerprints() {
      return fingerprints;
    },
    begin,
    restart,
    receive: ({ description, candidate }: CallSignal) =>
      inTurn(async () => {
        if (description) await receiveDescription(description);
        else if (candidate) await pc?.addIceCandidate(candidate);
      }),
    /** What is sent from now on. */
    send(next: Outgoing) {
      outgoing = next;
      return inTurn(carry);
    },
    /** How much of it. */
    limit(next: Step, people: number) {
      if (next === step && people === others) return;
      step = next;
      others = people;
      void inTurn(limit);
    },
    /** Nothing comes in, though the browser still believes in the way. */
    silent() {
      if (state === 'connected') become('interrupted');
    },
    /** Something does; where the browser had never given up, it says nothing of that. */
    heard() {
      if (state !== 'interrupted' || pc?.connectionState !== 'connected') return;
      clearTimeout(watch);
      become('connected');
    },
    stats: async () => (pc?.connectionState === 'connected' ? await pc.getStats() : null),
    close() {
      closed = true;
      clearTimeout(settling);
      drop();
    },
  };
}

export type PeerLink = ReturnType<typeof openPeerLink>;

async function setLimits(
  sender: RTCRtpSender,
  limits: Partial<PictureLimits> & { priority?: RTCPriorityType; networkPriority?: RTCPriorityType },
) {
  const parameters = sender.getParameters();
  const [encoding] = parameters.encodings;
  // Before the first negotiation some browsers have none to limit.
  if (!encoding) return;
  Object.assign(encoding, limits);
  await sender.setParameters(parameters);
}
