import { expect, test } from 'vitest';
import { minutesUntil } from './words';

test('a turn is so many whole minutes away, and unknown once it has passed', () => {
  const now = Date.parse('2026-11-21T09:00:00Z');
  expect(minutesUntil('2026-11-21T09:05:00Z', now)).toBe(5);
  expect(minutesUntil('2026-11-21T09:00:10Z', now)).toBe(1);
  expect(minutesUntil('2026-11-21T08:59:00Z', now)).toBeNull();
  expect(minutesUntil(null, now)).toBeNull();
});
