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
/** Milliseconds and pauses after which one knows how a way sounds, and milliseconds for which a pause is remembered. */
const enough = { milliseconds: 2_000, pauses: 3 };
const memory = 10_000;
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
  let seeking = false;
  let pauses: { at: number; lasted: number }[] = [];

  function begin(now: number) {
    since = now;
    pauses = [];
    wait(now);
  }

  function wait(now: number) {
    heardAt = now;
    looks = 0;
    told = 'heard';
  }

  function patience() {
    pauses = pauses.filter(({ at }) => heardAt - at < memory);
    if (seeking || pauses.length < enough.pauses || heardAt - since < enough.milliseconds) return mostPatience;
    // Of ten the longest counts for nothing: an interruption is no habit, and what is over does not make one wait longer for the next.
    const habit = pauses.map(({ lasted }) => lasted).sort((a, b) => b - a)[Math.floor(pauses.length / 10)] ?? 0;
    return Math.min(mostPatience, Math.max(leastPatience, habit * 2));
  }

  return {
    /**
     * What the way has brought until now, in milliseconds of a clock that nobody sets. `weak`: the network carries little, and falls silent for a while; another way would be no better. That
     * counts with what comes in: where nothing does, every network looks weak.
     */
    next(sum: number, now: number, weak = false): Hearing {
      const before = brought;
      const slept = now - lookedAt > sleep;
      brought = sum;
      lookedAt = now;
      if (before === null || slept) {
        begin(now);
        return 'waiting';
      }
      if (sum > before) {
        if (weak) begin(now);
        else pauses.push({ at: now, lasted: now - heardAt });
        seeking = false;
        wait(now);
        return 'heard';
      }
      looks += 1;
      const quiet = now - heardAt;
      const limit = patience();
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
    /** Another way is looked for: it takes its time, and will sound as this one did. */
    seek(now: number) {
      seeking = true;
      wait(now);
    },
    /** Something else is to be expected from now on: a camera was turned off. */
    forget() {
      brought = null;
    },
  };
}
