import { expect, test } from 'vitest';
import { loudness, speech } from './loudness';

test('silence is no speech, and speech is', () => {
  expect(loudness(new Float32Array(64))).toBe(0);
  expect(loudness(new Float32Array())).toBe(0);
  expect(loudness(Float32Array.from({ length: 64 }, (_, index) => (index % 2 ? 0.1 : -0.1)))).toBeGreaterThan(speech);
});
