import { expect, test } from 'vitest';
import { barsOf, loudness, minutes, squeezed } from './levels';

test('silence has no height, and a whisper in silence does not fill it', () => {
  expect(loudness(new Float32Array(100))).toBe(0);
  expect(Math.max(...squeezed([0, 0.02, 0]))).toBeCloseTo(0.1);
});

test('any number of levels becomes the same number of bars, the loudest full', () => {
  expect(squeezed([], 4)).toEqual([0, 0, 0, 0]);
  expect(squeezed([0.3], 4)).toEqual([1, 1, 1, 1]);
  const bars = squeezed(
    [...Array(1_000).keys()].map((index) => index / 1_000),
    10,
  );
  expect(bars).toHaveLength(10);
  expect(bars.at(-1)).toBe(1);
  expect(bars).toEqual(bars.toSorted((a, b) => a - b));
});

test('a sound that begins loud and ends still is drawn so', () => {
  const samples = new Float32Array(8_000);
  for (let at = 0; at < 4_000; at++) samples[at] = Math.sin(at);
  const bars = barsOf(samples, 8);
  expect(bars.slice(0, 4).every((bar) => bar > 0.9)).toBe(true);
  expect(bars.slice(4)).toEqual([0, 0, 0, 0]);
});

test('time is said in minutes and seconds', () => {
  expect([0, 9.9, 60, 299.99].map(minutes)).toEqual(['0:00', '0:09', '1:00', '4:59']);
});
