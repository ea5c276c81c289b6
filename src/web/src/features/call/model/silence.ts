interface Statistic {
  type: string;
  packetsReceived?: number;
  bytesReceived?: number;
  requestsReceived?: number;
  responsesReceived?: number;
}

/** What a way has brought, of any kind: sound, picture, reports, and the checks by which browsers see that the other side is still there. Not every browser counts them all. */
export function broughtBy(report: Iterable<[string, Statistic]>): number {
  let sum = 0;
  for (const [
    ,
    { type, packetsReceived = 0, bytesReceived = 0, requestsReceived = 0, responsesReceived = 0 },
  ] of report) {
    if (type === 'candidate-pair' || type === 'inbound-rtp')
      sum += packetsReceived + bytesReceived + requestsReceived + responsesReceived;
  }
  return sum;
}

/** `doubtful`: it is worth asking whether the line to the server still leads anywhere; `silent`: another way is to be looked for. Each is told once. */
export type Hearing = 'heard' | 'waiting' | 'doubtful' | 'silent';

/** Milliseconds without anything after which a way that is never quiet is given up: even a muted microphone sends something every 400 ms (Opus with DTX). */
const leastPatience = 1_500;
/** Milliseconds for a way of which little is known or expected: consent is checked every 2.5 s at the latest (RFC 7675 asks for 5 s; Chromium), and one may get lost. */
const mostPatience = 6_000;
/** Milliseconds of hearing after which one knows how a way sounds, and for which a pause is remembered. */
const memory = 10_000;
const enough = 3_000;
/** The part of the patience after which there is doubt. */
const doubtAfter = 2 / 3;
/** Milliseconds between two looks after which nothing is concluded: the tab slept, or the page was busy. */
const sleep = 3_000;

/**
 * Whether the other side can still be heard. A browser says so after five to seven seconds; a way that has brought something all the time and now brings nothing is lost
 * sooner. How long one waits depends on how long this way has been quiet before: one that only answers checks, as nobody speaks or shows anything, has time.
 */
export function createSilence() {
  let brought: number | null = null;
  let lookedAt = 0;
  let heardAt = 0;
  let since = 0;
  let looks = 0;
  let told: Hearing = 'heard';
  let pauses: { at: number; lasted: number }[] = [];

  function begin(now: number) {
    since = now;
    heardAt = now;
    looks = 0;
    told = 'heard';
    pauses = [];
  }

  function patience(now: number) {
    pauses = pauses.filter(({ at }) => now - at < memory);
    if (heardAt - since < enough) return mostPatience;
    const longest = Math.max(0, ...pauses.map(({ lasted }) => lasted));
    return Math.min(mostPatience, Math.max(leastPatience, longest * 2));
  }

  return {
    /** What the way has brought until now, in milliseconds of a clock that nobody sets. */
    next(sum: number, now: number): Hearing {
      const before = brought;
      const slept = now - lookedAt > sleep;
      brought = sum;
      lookedAt = now;
      if (before === null || slept) {
        begin(now);
        return 'waiting';
      }
      if (sum > before) {
        pauses.push({ at: now, lasted: now - heardAt });
        heardAt = now;
        looks = 0;
        told = 'heard';
        return 'heard';
      }
      looks += 1;
      const quiet = now - heardAt;
      const limit = patience(now);
      if (told !== 'silent' && looks > 1 && quiet >= limit) {
        told = 'silent';
        return 'silent';
      }
      if (told === 'heard' && quiet >= limit * doubtAfter) {
        told = 'doubtful';
        return 'doubtful';
      }
      return 'waiting';
    },
    /** Something else is to be expected from now on: another way, or a camera that was turned off. */
    forget() {
      brought = null;
    },
  };
}
