import { expect, test } from 'vitest';
import type { Waiting } from '../api/queue';
import { arrivals, minutesSince, minutesUntil } from './waiting';

const waits = (consultationId: string, shared = false) => ({ consultationId, shared }) as Waiting;

test('the first look at the queue rings for nobody', () => {
  expect(arrivals(null, [waits('a'), waits('b')])).toEqual([]);
});

test('whoever enters rings once, and those of colleagues never', () => {
  expect(arrivals(new Set(['a']), [waits('a'), waits('b'), waits('c', true)])).toEqual([waits('b')]);
  expect(arrivals(new Set(['a', 'b']), [waits('b')])).toEqual([]);
});

test('a wait is counted in whole minutes and never backwards', () => {
  const now = Date.parse('2026-11-21T10:00:00Z');
  expect(minutesSince('2026-11-21T09:47:30Z', now)).toBe(12);
  expect(minutesSince('2026-11-21T10:00:30Z', now)).toBe(0);
  expect(minutesUntil('2026-11-21T10:05:00Z', now)).toBe(5);
  expect(minutesUntil('2026-11-21T09:58:00Z', now)).toBe(0);
  expect(minutesUntil(null, now)).toBeNull();
});
