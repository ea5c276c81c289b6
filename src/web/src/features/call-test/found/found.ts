import { limits, type NetworkOutcome, type TestOutcome, type Verdict } from '../model/results';
import { type Line, linesOf } from '../model/words';

/** What somebody's test found, as the server kept it. */
export interface TestFound extends TestOutcome {
  userId: string;
  /** `patient`, `practitioner` or a guest's. */
  role: string;
  at: string;
  verdict: Verdict;
}

/** The parts as one reads them about somebody else. */
export const foundLines = (found: TestFound, wantsCamera: boolean): Line[] =>
  linesOf(found, false, wantsCamera).map((line) =>
    line.part === 'speaker' && found.speaker !== 'skipped'
      ? { ...line, said: `test.found.speaker.${found.speaker}` }
      : line,
  );

export interface Measure {
  what: 'rate' | 'trip' | 'loss';
  unit: 'megabits' | 'kilobits' | 'milliseconds' | 'percent';
  value: number;
  /** 0 to 1; full is as good as it gets. */
  part: number;
  tone: 'done' | 'waiting' | 'urgent';
}

/** From where a measure is full to where it is empty. */
const scales = {
  rate: { full: 2_500, empty: 0 },
  trip: { full: 0, empty: limits.trip.bad },
  loss: { full: 0, empty: limits.loss.bad },
} as const;

/** The three figures of a network as meters; none where nothing was measured. */
export function measuresOf({ kilobitsPerSecond, roundTripMs, lossPercent }: NetworkOutcome): Measure[] {
  if (kilobitsPerSecond === null || roundTripMs === null || lossPercent === null) return [];
  const measure = (what: Measure['what'], raw: number, unit: Measure['unit'], value = raw): Measure => {
    const { full, empty } = scales[what];
    const { weak, bad } = limits[what];
    const isWorse = (limit: number) => (full > empty ? raw < limit : raw > limit);
    return {
      what,
      unit,
      value,
      part: Math.min(1, Math.max(0, (raw - empty) / (full - empty))),
      tone: isWorse(bad) ? 'urgent' : isWorse(weak) ? 'waiting' : 'done',
    };
  };
  return [
    kilobitsPerSecond < 1_000
      ? measure('rate', kilobitsPerSecond, 'kilobits')
      : measure('rate', kilobitsPerSecond, 'megabits', kilobitsPerSecond / 1_000),
    measure('trip', roundTripMs, 'milliseconds'),
    measure('loss', lossPercent, 'percent'),
  ];
}
