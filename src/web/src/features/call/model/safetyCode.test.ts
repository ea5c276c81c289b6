import { expect, test } from 'vitest';
import { safetyCode } from './safetyCode';
import { signs } from './signs';

const amina = ['sha-256 aa:01'];
const nadia = ['sha-256 bb:02'];
const between = ['sha-256 cc:03'];

test('both see the same code, whoever looks first', async () => {
  const code = await safetyCode(amina, nadia);
  expect(await safetyCode(nadia, amina)).toEqual(code);
  // As Python's hashlib.pbkdf2_hmac derives it.
  expect(code).toEqual(['hat', 'train', 'whale', 'clock', 'whale', 'plane', 'chicken', 'glasses']);
});

test('with somebody in the middle, or one certificate more, the codes differ', async () => {
  const code = await safetyCode(amina, nadia);
  expect(await safetyCode(amina, between)).not.toEqual(code);
  expect(await safetyCode(between, nadia)).not.toEqual(code);
  expect(await safetyCode([...amina, ...between], nadia)).not.toEqual(code);
  expect(await safetyCode(amina, [...nadia, ...between])).not.toEqual(await safetyCode([...amina, ...between], nadia));
});

test('each sign is there once', () => {
  expect(signs).toHaveLength(64);
  expect(new Set(signs.flat()).size).toBe(128);
});
