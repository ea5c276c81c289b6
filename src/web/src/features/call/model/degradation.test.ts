import { expect, test } from 'vitest';
import { createDegradation, hasPicture, type NetworkSample, pictureLimits, type Step, steps } from './degradation';

const good: NetworkSample = { kilobits: 2_000, loss: 0, roundTrip: 40 };
const weak: NetworkSample = { kilobits: 70, loss: 0.02, roundTrip: 300 };

/** What a trace leads to: each step with the second at which it began. */
function trace(...parts: [seconds: number, sample: NetworkSample][]) {
  const degradation = createDegradation();
  const seen: [second: number, step: Step][] = [];
  let second = 0;
  for (const [seconds, sample] of parts)
    for (let i = 0; i < seconds; i++) {
      const before = degradation.step;
      second += 1;
      const step = degradation.next(sample);
      if (step !== before) seen.push([second, step]);
    }
  return seen;
}

test('a good network changes nothing, and neither does the first guess of a browser', () => {
  expect(trace([60, good])).toEqual([]);
  expect(trace([5, { ...good, kilobits: 200 }], [60, good])).toEqual([]);
  expect(trace([60, { kilobits: null, loss: null, roundTrip: null }])).toEqual([]);
});

test('one bad second is a hiccup, two are a reason', () => {
  expect(trace([10, good], [1, weak], [10, good], [1, weak], [10, good])).toEqual([]);
  expect(trace([10, good], [2, weak], [1, good])).toEqual([[12, 'paused']]);
});

test('at 80 kbit/s the picture is paused within five seconds, also from the first second on', () => {
  expect(trace([10, good], [5, weak])).toEqual([[12, 'paused']]);
  expect(trace([5, weak])).toEqual([[2, 'paused']]);
});

test('the sharpness goes first, then the smoothness, and both come back one by one', () => {
  const steady = trace(
    [10, good],
    [4, { ...good, kilobits: 220 }],
    [4, { ...good, kilobits: 130 }],
    [30, { ...good, kilobits: 1_000 }],
  );
  expect(steady).toEqual([
    [12, 'resolution'],
    [16, 'frames'],
    [23, 'resolution'],
    [28, 'good'],
  ]);
});

test('a line at the limit does not swing', () => {
  const degradation = createDegradation();
  let changes = 0;
  for (let second = 0; second < 600; second++) {
    const before = degradation.step;
    if (degradation.next({ ...good, kilobits: second % 2 ? 250 : 275 }) !== before) changes += 1;
  }
  expect(changes).toBeLessThanOrEqual(1);
});

test('loss and delay count as much as the estimate', () => {
  expect(trace([10, good], [2, { ...good, loss: 0.1 }])).toEqual([[12, 'resolution']]);
  expect(trace([10, good], [2, { ...good, loss: 0.15 }])).toEqual([[12, 'frames']]);
  expect(trace([10, good], [2, { ...good, loss: 0.3 }])).toEqual([[12, 'paused']]);
  expect(trace([10, good], [2, { ...good, roundTrip: 2_000 }])).toEqual([[12, 'paused']]);
});

test('a paused picture is tried again when the line is calm, and stays when it holds', () => {
  expect(trace([10, good], [5, weak], [40, good])).toEqual([
    [12, 'paused'],
    [18, 'frames'],
    [27, 'resolution'],
    [32, 'good'],
  ]);
});

test('tries in vain come ever more rarely', () => {
  const tries = trace([10, good], [300, weak]).filter(([, step]) => step === 'frames');
  expect(tries.length).toBeGreaterThan(2);
  const gaps = tries.slice(1).map(([second], index) => second - (tries[index]?.[0] ?? 0));
  expect(gaps).toEqual([...gaps].sort((a, b) => a - b));
  expect(gaps.at(-1)).toBeGreaterThan(40);
});

test('a picture away for long is called a call by sound; a sound that fails asks to write, and recovers', () => {
  const noisy: NetworkSample = { kilobits: 30, loss: 0.1, roundTrip: 900 };
  const lost: NetworkSample = { kilobits: 10, loss: 0.5, roundTrip: 900 };
  const seen = trace([10, good], [30, noisy], [10, lost], [60, good]);
  expect(seen.map(([, step]) => step)).toEqual(['paused', 'audio', 'text', 'audio', 'frames', 'resolution', 'good']);
});

test('another network begins anew', () => {
  const degradation = createDegradation();
  for (let i = 0; i < 10; i++) degradation.next(good);
  degradation.begin();
  expect(degradation.next({ ...good, kilobits: 200 })).toBe('good');
  expect(degradation.next({ ...good, kilobits: 200 })).toBe('good');
});

test('each step sends less than the one before, and none sends a picture without having one', () => {
  for (const isScreen of [false, true]) {
    const bits = steps
      .map((step) => pictureLimits(step, 1, isScreen))
      .map(({ active, maxBitrate }) => (active ? maxBitrate : 0));
    expect(bits).toEqual([...bits].sort((a, b) => b - a));
  }
  expect(steps.filter((step) => pictureLimits(step, 1, false).active)).toEqual(steps.filter(hasPicture));
  expect(pictureLimits('good', 3, false).maxBitrate).toBe(500_000);
});
