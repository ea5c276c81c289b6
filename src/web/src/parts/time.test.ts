// @vitest-environment jsdom
import { beforeAll, expect, test } from 'vitest';
import { chooseLanguage, startLanguage } from '../i18n';
import { clock, dayIn, dayName, daysBetween } from '../i18n/time';
import {
  addDays,
  byDay,
  dayAndMonth,
  daySpan,
  deviceZone,
  longDay,
  minutesInWords,
  sameClock,
  startOfDay,
  weekday,
  weekOf,
  zoneCity,
  zoneName,
} from './time';

beforeAll(async () => {
  await startLanguage();
  await chooseLanguage('en');
});

const lateInParis = '2026-11-21T23:30:00Z';

test('an instant has the day and the hour of the place where it is read', () => {
  expect([dayIn(lateInParis, 'Europe/Paris'), clock(lateInParis, 'Europe/Paris')]).toEqual(['2026-11-22', '00:30']);
  expect([dayIn(lateInParis, 'America/New_York'), clock(lateInParis, 'America/New_York')]).toEqual([
    '2026-11-21',
    '18:30',
  ]);
  const noon = new Date('2026-11-21T12:00:00Z');
  expect(dayName(lateInParis, noon, 'Europe/Paris')).toBe('tomorrow');
  expect(dayName(lateInParis, noon, 'America/New_York')).toBe('today');
});

test('days are counted on the calendar, whatever the clocks do', () => {
  expect(addDays('2026-03-28', 2)).toBe('2026-03-30');
  expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
  expect(daysBetween('2026-10-24', '2026-10-26')).toBe(2);
});

test('a day begins at its own midnight, also on the days on which clocks change', () => {
  expect(startOfDay('2026-11-21', 'Europe/Paris')).toBe('2026-11-20T23:00:00.000Z');
  expect(startOfDay('2026-03-29', 'Europe/Paris')).toBe('2026-03-28T23:00:00.000Z');
  expect(startOfDay('2026-03-30', 'Europe/Paris')).toBe('2026-03-29T22:00:00.000Z');
  expect(startOfDay('2026-11-21', 'Pacific/Kiritimati')).toBe('2026-11-20T10:00:00.000Z');
  expect(startOfDay('2026-11-21', 'Asia/Kathmandu')).toBe('2026-11-20T18:15:00.000Z');
});

test('a week begins on Monday, on a Sunday too', () => {
  expect(weekOf('2026-11-22')).toEqual(weekOf('2026-11-16'));
  expect(weekOf('2026-11-22')[0]).toBe('2026-11-16');
  expect(weekOf('2026-11-22')).toHaveLength(7);
});

test('zones are said as people say them, and only where their clocks differ', () => {
  expect(zoneCity('America/Argentina/Buenos_Aires')).toBe('Buenos Aires');
  expect(zoneName('Europe/Paris', lateInParis)).toMatch(/Central European/);
  expect(sameClock('Europe/Paris', 'Europe/Madrid', lateInParis)).toBe(true);
  expect(sameClock('Europe/Paris', 'Europe/London', lateInParis)).toBe(false);
  expect(sameClock(deviceZone(), deviceZone(), lateInParis)).toBe(true);
});

test('days and lengths read as one says them', async () => {
  expect(longDay('2026-11-24')).toBe('Tuesday, November 24');
  expect(weekday('2026-11-24')).toBe('Tue');
  expect(dayAndMonth('2026-11-24')).toBe('Nov 24');
  expect(daySpan('2026-11-23', '2026-11-29')).toMatch(/^November 23.+29, 2026$/);
  expect(minutesInWords(50)).toBe('50 min');
  expect(minutesInWords(90)).toMatch(/^1 hr 30 min$/);
});

test('a list falls into the days of the reader, not of the server', () => {
  const starts = ['2026-11-22T08:00:00Z', lateInParis, '2026-11-21T10:00:00Z'];
  const days = byDay(starts, (one) => one, 'Europe/Paris');
  expect([...days.keys()]).toEqual(['2026-11-21', '2026-11-22']);
  expect(days.get('2026-11-22')).toEqual([lateInParis, '2026-11-22T08:00:00Z']);
});
