import { kilobits, lossOf, median } from '../model/figures';

export interface LoopFigures {
  roundTripMs: number;
  lossPercent: number;
  kilobitsPerSecond: number;
}

/** Milliseconds until a way must have been found. */
const patience = 8_000;
/** As often as sound sends, for two seconds. */
const pings = 40;
const pingEvery = 50;
/** Milliseconds to wait for the last ones. */
const straggling = 400;
/** A load like a good picture's, for two and a half seconds: more would say nothing of a call, and cost the patient's volume. */
const loadFor = 2_500;
const loadEvery = 20;
const loadPiece = 1_100;
const piecesAtOnce = 6;
/** Bytes that wait in the browser at most: what the line does not take is not sent. */
const mostWaiting = 32_768;

const pause = (milliseconds: number) => new Promise((later) => setTimeout(later, milliseconds));

/** Sends to oneself through the relay, from one connection to another, and measures what comes of it. Null: no way was found, or it broke. */
export async function loop(
  iceServers: RTCIceServer[],
  onStage: (stage: 'delay' | 'rate') => void,
  signal: AbortSignal,
): Promise<LoopFigures | null> {
  const near = new RTCPeerConnection({ iceServers, iceTransportPolicy: 'relay' });
  const far = new RTCPeerConnection({ iceServers, iceTransportPolicy: 'relay' });
  const unreliable = { ordered: false, maxRetransmits: 0 };
  const echo = near.createDataChannel('echo', unreliable);
  const load = near.createDataChannel('load', unreliable);
  echo.binaryType = 'arraybuffer';
  let bytes = 0;
  far.addEventListener('datachannel', ({ channel }) => {
    channel.binaryType = 'arraybuffer';
    channel.addEventListener('message', ({ data }) => {
      if (channel.label === 'load') bytes += (data as ArrayBuffer).byteLength;
      else if (channel.readyState === 'open') channel.send(data as ArrayBuffer);
    });
  });
  try {
    const open = Promise.all([opened(echo), opened(load)]);
    await meet(near, far);
    if (!(await Promise.race([open, pause(patience), aborted(signal)]))) return null;
    onStage('delay');
    const { trips, sent } = await ping(echo, signal);
    const roundTripMs = median(trips);
    if (roundTripMs === null || signal.aborted) return null;
    onStage('rate');
    const began = performance.now();
    await fill(load, began, signal);
    return {
      roundTripMs: Math.round(roundTripMs),
      lossPercent: lossOf(sent, trips.length),
      kilobitsPerSecond: kilobits(bytes, performance.now() - began),
    };
  } catch {
    // A connection that breaks on the way is as good as none.
    return null;
  } finally {
    near.close();
    far.close();
  }
}

async function meet(near: RTCPeerConnection, far: RTCPeerConnection) {
  const waiting: (() => Promise<void>)[] = [];
  let described = false;
  const pass = (to: RTCPeerConnection) => (event: RTCPeerConnectionIceEvent) => {
    const { candidate } = event;
    if (!candidate) return;
    const add = () => to.addIceCandidate(candidate).catch(() => undefined);
    if (described) void add();
    else waiting.push(add);
  };
  near.addEventListener('icecandidate', pass(far));
  far.addEventListener('icecandidate', pass(near));
  await near.setLocalDescription(await near.createOffer());
  await far.setRemoteDescription(near.localDescription as RTCSessionDescription);
  await far.setLocalDescription(await far.createAnswer());
  await near.setRemoteDescription(far.localDescription as RTCSessionDescription);
  described = true;
  await Promise.all(waiting.map((add) => add()));
}

const opened = (channel: RTCDataChannel) =>
  new Promise<true>((resolve) => channel.addEventListener('open', () => resolve(true)));

const aborted = (signal: AbortSignal) =>
  new Promise<undefined>((resolve) => signal.addEventListener('abort', () => resolve(undefined)));

async function ping(channel: RTCDataChannel, signal: AbortSignal) {
  const sentAt = new Map<number, number>();
  const trips: number[] = [];
  channel.addEventListener('message', ({ data }) => {
    const number = new DataView(data as ArrayBuffer).getUint32(0);
    const at = sentAt.get(number);
    if (at === undefined) return;
    // What comes twice counts once.
    sentAt.delete(number);
    trips.push(performance.now() - at);
  });
  let sent = 0;
  for (; sent < pings && !signal.aborted && channel.readyState === 'open'; sent++) {
    // As long as a packet of sound.
    const packet = new DataView(new ArrayBuffer(160));
    packet.setUint32(0, sent);
    sentAt.set(sent, performance.now());
    channel.send(packet.buffer);
    await pause(pingEvery);
  }
  await pause(straggling);
  return { trips, sent };
}

async function fill(channel: RTCDataChannel, began: number, signal: AbortSignal) {
  const piece = new Uint8Array(loadPiece);
  while (performance.now() - began < loadFor && !signal.aborted && channel.readyState === 'open') {
    for (let i = 0; i < piecesAtOnce && channel.bufferedAmount < mostWaiting; i++) channel.send(piece);
    await pause(loadEvery);
  }
}
