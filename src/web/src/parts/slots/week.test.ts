import { expect, test } from 'vitest';
import type { Slot } from './useSlots';
import { byPart, daysFrom, dayToShow, openingDay } from './week';

const paris = 'Europe/Paris';
const slot = (startsAt: string): Slot => ({ startsAt, endsAt: startsAt, duration: 30, available: true });

test('a week has seven days on the clock of the reader, also those on which nothing is free', () => {
  const late = slot('2026-11-22T23:30:00Z');
  const days = daysFrom('2026-11-21', [late], paris);
  expect(days.map(({ day }) => day)).toHaveLength(7);
  expect(days.find(({ slots }) => slots.length > 0)).toEqual({ day: '2026-11-23', slots: [late] });
  expect(daysFrom('2026-11-21', [late], 'America/New_York')[1]?.slots).toEqual([late]);
});

test('the day that was chosen stays; without one it is the first with something free', () => {
  const days = daysFrom('2026-11-21', [slot('2026-11-24T09:00:00Z')], paris);
  expect(dayToShow(days, null)).toBe('2026-11-24');
  expect(dayToShow(days, '2026-11-22')).toBe('2026-11-22');
  expect(dayToShow(days, '2026-12-22')).toBe('2026-11-24');
  expect(dayToShow(daysFrom('2026-11-21', [], paris), null)).toBe('2026-11-21');
});

test('times are grouped by the part of the day where the reader is', () => {
  const groups = byPart(
    [slot('2026-11-24T10:30:00Z'), slot('2026-11-24T11:00:00Z'), slot('2026-11-24T17:00:00Z')],
    paris,
  );
  expect(groups.map(({ part, slots }) => [part, slots.length])).toEqual([
    ['morning', 1],
    ['afternoon', 1],
    ['evening', 1],
  ]);
});

test('the calendar opens today, or where the next free time is when that is far', () => {
  expect(openingDay('2026-11-21', '2026-11-24T09:00:00Z', paris)).toBe('2026-11-21');
  expect(openingDay('2026-11-21', '2026-12-24T09:00:00Z', paris)).toBe('2026-12-24');
  expect(openingDay('2026-11-21', null, paris)).toBe('2026-11-21');
});
