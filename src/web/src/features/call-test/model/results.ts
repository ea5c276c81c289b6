/** How a device did; `skipped`: not tried, or nothing was heard. */
export type DeviceOutcome = 'ok' | 'denied' | 'missing' | 'busy' | 'skipped';
export type SpeakerOutcome = 'ok' | 'silent' | 'skipped';

/** What was found of the network. Null: not measured. */
export interface NetworkOutcome {
  udp: boolean | null;
  tcp: boolean | null;
  tls: boolean | null;
  /** There and back through the relay, twice: as far as the other person is who is as near to it. */
  roundTripMs: number | null;
  lossPercent: number | null;
  kilobitsPerSecond: number | null;
}

export type Verdict = 'good' | 'sound_only' | 'bad';

export interface TestOutcome {
  camera: DeviceOutcome;
  microphone: DeviceOutcome;
  speaker: SpeakerOutcome;
  network: NetworkOutcome;
}

export const nothingMeasured: NetworkOutcome = {
  udp: null,
  tcp: null,
  tls: null,
  roundTripMs: null,
  lossPercent: null,
  kilobitsPerSecond: null,
};

/** How a network is, in one word: `unknown` where there is no relay to measure by. */
export type NetworkWord = 'good' | 'fair' | 'poor' | 'shut' | 'unknown';

/**
 * Beyond `weak` a picture stops at times, beyond `bad` nobody follows: sound takes 40 kbit/s both ways with all that is around it, a picture that one recognizes a face in 300; above a
 * second and a half for a word to come back, or with every fifth packet lost, people give up. kbit/s, milliseconds, percent.
 */
export const limits = {
  rate: { weak: 300, bad: 80 },
  trip: { weak: 600, bad: 1_500 },
  loss: { weak: 8, bad: 20 },
} as const;

export function wordOf(network: NetworkOutcome): NetworkWord {
  const { udp, tcp, tls, roundTripMs, lossPercent, kilobitsPerSecond } = network;
  if (udp === null && tcp === null && tls === null) return 'unknown';
  if (!udp && !tcp && !tls) return 'shut';
  if (roundTripMs === null || lossPercent === null || kilobitsPerSecond === null) return 'shut';
  const { rate, trip, loss } = limits;
  if (kilobitsPerSecond < rate.bad || lossPercent > loss.bad || roundTripMs > trip.bad) return 'poor';
  if (kilobitsPerSecond < rate.weak || lossPercent > loss.weak || roundTripMs > trip.weak) return 'fair';
  return 'good';
}

/** What it comes to. Without a microphone nobody is heard; without a camera, or on a narrow line, people hear each other. */
export function verdictOf({ camera, microphone, network }: TestOutcome): Verdict {
  const line = wordOf(network);
  if (line === 'shut' || line === 'poor' || failed(microphone)) return 'bad';
  return line === 'fair' || failed(camera) ? 'sound_only' : 'good';
}

const failed = (outcome: DeviceOutcome) => outcome !== 'ok' && outcome !== 'skipped';
