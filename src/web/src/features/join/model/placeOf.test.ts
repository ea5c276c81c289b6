import { expect, test } from 'vitest';
import { placeOf } from './placeOf';

const joinedAt = '2026-11-24T13:10:00Z';
const asked = { position: 3, joinedAt, expectedAt: '2026-11-24T13:35:00Z', delayMinutes: 5, practitionerPresent: true };

test('what the line tells of a place is believed before what was asked', () => {
  const told = { position: 1, joinedAt, expectedAt: '2026-11-24T13:20:00Z', delayMinutes: 0 };
  expect(placeOf(told, asked)).toEqual({ ...told, practitionerPresent: true });
  expect(placeOf(told, null)).toEqual({ ...told, practitionerPresent: false });
});

test('what the line leaves out is as it was answered', () => {
  expect(placeOf({ position: 2, joinedAt }, asked)).toEqual({ ...asked, position: 2 });
  expect(placeOf({ position: 2, joinedAt }, null)).toMatchObject({ expectedAt: null, delayMinutes: 0 });
});

test('a place that was given up is none, whatever was answered before', () => {
  expect(placeOf(null, asked)).toBeNull();
});
