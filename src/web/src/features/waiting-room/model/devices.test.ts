import { expect, test } from 'vitest';
import { faultOf, loudness, speech } from './devices';

test('a camera that is shut, gone or taken is said apart', () => {
  const faults = ['NotAllowedError', 'NotFoundError', 'NotReadableError'].map((name) =>
    faultOf(new DOMException('', name)),
  );
  expect(faults).toEqual(['refused', 'missing', 'busy']);
  expect(faultOf(new Error('anything'))).toBe('unsupported');
});

test('silence is no speech, and speech is', () => {
  expect(loudness(new Float32Array(64))).toBe(0);
  expect(loudness(new Float32Array())).toBe(0);
  expect(loudness(Float32Array.from({ length: 64 }, (_, index) => (index % 2 ? 0.1 : -0.1)))).toBeGreaterThan(speech);
});
