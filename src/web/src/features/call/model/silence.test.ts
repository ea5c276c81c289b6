import { expect, test } from 'vitest';
import { broughtBy, createSilence, type Hearing } from './silence';

const look = 500;

/** Looks twice a second, from `at` on, at a way that brings something at these times (milliseconds); what is concluded, and when. */
function listen(until: number, arrivals: number[], looks = [...Array(until / look).keys()].map((i) => (i + 1) * look)) {
  const silence = createSilence();
  const concluded: [number, Hearing][] = [];
  for (const now of looks) {
    const hearing = silence.next(arrivals.filter((at) => at <= now).length, now);
    if (hearing === 'doubtful' || hearing === 'silent') concluded.push([now, hearing]);
  }
  return concluded;
}

const every = (interval: number, from: number, to: number) =>
  [...Array(Math.floor((to - from) / interval)).keys()].map((i) => from + i * interval);

test('a way that brought sound and picture is doubted after one second of nothing, and given up after one and a half', () => {
  expect(listen(20_000, every(20, 0, 10_000))).toEqual([
    [11_000, 'doubtful'],
    [11_500, 'silent'],
  ]);
});

test('so is one on which a muted microphone was all that was heard', () => {
  const [doubt, end] = listen(20_000, every(400, 0, 10_000));
  expect([doubt?.[1], end?.[1]]).toEqual(['doubtful', 'silent']);
  expect(end?.[0]).toBeLessThanOrEqual(11_500);
});

test('muted and without a camera for a minute, nothing is doubted', () => {
  expect(listen(60_000, every(400, 0, 60_000))).toEqual([]);
});

test('where nobody sends anything but checks of consent, nothing is doubted, though one of them gets lost', () => {
  const checks = every(2_500, 0, 60_000);
  expect(listen(60_000, checks)).toEqual([]);
  expect(
    listen(
      60_000,
      checks.filter((_, i) => i !== 10),
    ).filter(([, hearing]) => hearing === 'silent'),
  ).toEqual([]);
});

test('and when they stop, the way is given up all the same', () => {
  expect(listen(30_000, every(2_500, 0, 15_000)).map(([, hearing]) => hearing)).toEqual(['doubtful', 'silent']);
});

test('pauses of a bad network lead to no more than doubt once they are known', () => {
  // Every four seconds one second and a half without anything.
  const rough = every(20, 0, 60_000).filter((at) => at % 4_000 < 2_500);
  expect(listen(60_000, rough).filter(([at, hearing]) => at > 8_000 && hearing === 'silent')).toEqual([]);
});

test('a tab that slept, and a page that was busy, conclude nothing from it', () => {
  const looks = [...every(look, 500, 5_000), 65_000, 65_500, ...every(look, 66_000, 70_000)];
  expect(listen(70_000, [...every(20, 0, 5_000), ...every(20, 65_400, 70_000)], looks)).toEqual([]);
});

test('a second change of network soon after the first is noticed as soon', () => {
  const arrivals = [...every(20, 0, 5_000), ...every(20, 8_000, 11_000)];
  expect(listen(20_000, arrivals).filter(([, hearing]) => hearing === 'silent')).toEqual([
    [6_500, 'silent'],
    [12_500, 'silent'],
  ]);
});

test('another way that is looked for is given time, and what it brings is then missed as soon as before', () => {
  const silence = createSilence();
  const hear = (from: number, to: number, sum: (now: number) => number) =>
    every(look, from, to).map((now) => silence.next(sum(now), now));
  hear(500, 6_000, (now) => now);
  expect(hear(6_000, 7_500, () => 5_500)).toContain('silent');
  silence.seek(7_500);
  expect(hear(7_500, 11_000, () => 5_500)).not.toContain('silent');
  expect(hear(11_000, 12_000, (now) => now)).toEqual(['heard', 'heard']);
  expect(hear(12_000, 13_500, () => 11_500)).toEqual(['waiting', 'doubtful', 'silent']);
});

test('that a network looks weak where nothing comes in any more does not keep the way', () => {
  const silence = createSilence();
  for (const now of every(look, 500, 6_000)) silence.next(now, now);
  const after = every(look, 6_000, 8_000).map((now) => silence.next(5_500, now, true));
  expect(after).toContain('silent');
});

test('a weak network may fall silent for seconds', () => {
  const silence = createSilence();
  const brings = every(20, 0, 60_000).filter((at) => at % 5_000 < 2_000);
  const heard = every(look, 500, 60_000).map((now) => silence.next(brings.filter((at) => at <= now).length, now, true));
  expect(heard).not.toContain('silent');
});

test('when something else is to be expected, what was heard before says nothing', () => {
  const silence = createSilence();
  for (const now of every(look, 500, 6_000)) silence.next(now, now);
  silence.forget();
  const after = every(look, 6_000, 11_500).map((now) => silence.next(6_000, now));
  expect(after.filter((hearing) => hearing === 'silent' || hearing === 'heard')).toEqual([]);
});

test('all kinds of packets count, and only what came in', () => {
  const report: [string, { type: string }][] = Object.entries({
    pair: {
      type: 'candidate-pair',
      packetsReceived: 3,
      bytesReceived: 300,
      requestsReceived: 2,
      responsesReceived: 1,
      packetsSent: 99,
    },
    bare: { type: 'candidate-pair' },
    sound: { type: 'inbound-rtp', packetsReceived: 3 },
    told: { type: 'remote-inbound-rtp', packetsReceived: 50 },
  });
  expect(broughtBy(report)).toBe(309);
});
