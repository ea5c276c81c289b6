import { expect, test } from 'vitest';
import { slot, visit } from '../../../testing/practice';
import { hoursOf, place } from './grid';
import { firstTarget, nearest, stepTo } from './moving';
import { actsOf, rowsOf, visitsOf } from './visits';

const zone = 'Europe/Paris';
const monday = [slot('2026-11-23T08:00:00Z'), slot('2026-11-23T09:00:00Z')] as const;
const wednesday = [slot('2026-11-25T07:00:00Z'), slot('2026-11-25T10:00:00Z')] as const;
const free = [...monday, ...wednesday];

test('a visit that is taken up falls first into the next free time, else into the last', () => {
  expect(firstTarget(free, '2026-11-23T08:30:00Z')).toBe(monday[1]);
  expect(firstTarget(free, '2026-11-28T08:30:00Z')).toBe(wednesday[1]);
  expect(firstTarget([], '2026-11-28T08:30:00Z')).toBeNull();
});

test('arrows go through free times, and over days without any; at the end they stay', () => {
  expect(stepTo(free, monday[0], 'later', zone)).toBe(monday[1]);
  expect(stepTo(free, monday[1], 'dayAfter', zone)).toBe(wednesday[1]);
  expect(stepTo(free, monday[0], 'dayAfter', zone)).toBe(wednesday[0]);
  expect(stepTo(free, monday[0], 'dayBefore', zone)).toBe(monday[0]);
  expect(stepTo(free, wednesday[1], 'later', zone)).toBe(wednesday[1]);
});

test('what is let go near a free time falls into it, elsewhere into none', () => {
  expect(nearest(free, { date: '2026-11-23', minute: 9 * 60 + 20 }, zone, 45)).toBe(monday[0]);
  expect(nearest(free, { date: '2026-11-23', minute: 14 * 60 }, zone, 45)).toBeNull();
  expect(nearest(free, { date: '2026-11-24', minute: 9 * 60 }, zone, 45)).toBeNull();
});

test('a day belongs to the wall calendar of the practice, and shows no visit that was called off', () => {
  const late = visit('2026-11-23T23:30:00Z');
  const off = visit('2026-11-24T09:00:00Z', { status: 'CANCELLED' });
  expect(visitsOf([off, late], '2026-11-24', zone)).toEqual([late]);
  expect(visitsOf([off, late], '2026-11-23', 'Europe/London')).toEqual([late]);
});

test('the column of time covers the working day, and whatever lies outside it', () => {
  expect(hoursOf([], zone)).toEqual({ start: 9, end: 17 });
  expect(hoursOf([{ startsAt: '2026-11-23T06:15:00Z', minutes: 50 }], zone)).toEqual({ start: 7, end: 17 });
  expect(hoursOf([{ startsAt: '2026-11-23T22:30:00Z', minutes: 50 }], zone)).toEqual({ start: 9, end: 24 });
});

test('visits at one time, which old records have, stand beside each other', () => {
  const [a, b, c] = [visit('2026-11-23T08:00:00Z'), visit('2026-11-23T08:20:00Z'), visit('2026-11-23T09:30:00Z')];
  expect(place([a, b, c]).map(({ lane, lanes }) => [lane, lanes])).toEqual([
    [0, 2],
    [1, 2],
    [0, 1],
  ]);
});

test('free times that follow each other are one line of the list', () => {
  const between = visit('2026-11-25T08:00:00Z');
  const rows = rowsOf([between], [...wednesday, slot('2026-11-25T11:00:00Z')]);
  expect(rows.map((row) => row.visit?.id ?? row.free.length)).toEqual([1, between.id, 2]);
});

test('what comes first is what matters now: the question, the room, or reading', () => {
  const now = Date.parse('2026-11-23T08:00:00Z');
  expect(actsOf(visit('2026-11-25T08:00:00Z', { status: 'SCHEDULED' }), now)).toEqual([
    'confirm',
    'enter',
    'move',
    'cancel',
  ]);
  expect(actsOf(visit('2026-11-23T08:10:00Z'), now)[0]).toBe('enter');
  expect(actsOf(visit('2026-11-23T07:50:00Z'), now)).toContain('noShow');
  expect(actsOf(visit('2026-11-23T08:10:00Z'), now)).not.toContain('noShow');
  expect(actsOf(visit('2026-11-20T08:10:00Z', { status: 'COMPLETED' }), now)).toEqual(['read', 'followUp']);
});
