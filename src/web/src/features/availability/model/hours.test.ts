import { expect, test } from 'vitest';
import type { Rule } from '../api/availability';
import { datesBetween, exceptionsFrom, fitting, hoursFault, minutesOf, ofWeekday } from './hours';

const rule = (differently: Partial<Rule>): Rule => ({
  id: 'r',
  dayOfWeek: 1,
  startTime: '09:00',
  endTime: '12:00',
  slotDuration: null,
  isException: false,
  exceptionDate: null,
  isAvailable: true,
  isActive: true,
  ...differently,
});

test('the end of a day is a time, and no day is longer', () => {
  expect(minutesOf('24:00')).toBe(1440);
  expect(minutesOf('24:10')).toBeNull();
  expect(minutesOf('12:60')).toBeNull();
  expect(minutesOf('9:00')).toBeNull();
});

test('hours that end before they begin, or hold no visit, are refused beside the field', () => {
  expect(hoursFault('09:00', '12:00', 50)).toBeNull();
  expect(hoursFault('22:00', '00:00', 50)).toBeNull();
  expect(hoursFault('12:00', '09:00', 50)).toBe('order');
  expect(hoursFault('09:00', '09:30', 50)).toBe('short');
  expect(hoursFault('', '09:30', 50)).toBe('missing');
});

test('the pause stands between visits, not after the last', () => {
  expect(fitting('09:00', '12:00', 50, 0)).toBe(3);
  expect(fitting('09:00', '12:00', 50, 15)).toBe(3);
  expect(fitting('09:00', '12:00', 50, 20)).toBe(2);
});

test('a weekday has its own hours in order, and none of a date', () => {
  const rules = [
    rule({ id: 'b', startTime: '14:00' }),
    rule({ id: 'a' }),
    rule({ id: 'c', isException: true }),
    rule({ id: 'd', dayOfWeek: 2 }),
  ];
  expect(ofWeekday(rules, 1).map(({ id }) => id)).toEqual(['a', 'b']);
});

test('dates that have passed are gone from the list', () => {
  const on = (id: string, exceptionDate: string) => rule({ id, exceptionDate, isException: true });
  const rules = [on('c', '2026-12-25'), on('a', '2026-11-20'), on('b', '2026-11-21')];
  expect(exceptionsFrom(rules, '2026-11-21').map(({ id }) => id)).toEqual(['b', 'c']);
});

test('a closing covers its last day too, and no more than two months', () => {
  expect(datesBetween('2026-12-24', '2026-12-26')).toEqual(['2026-12-24', '2026-12-25', '2026-12-26']);
  expect(datesBetween('2026-12-24', '')).toEqual(['2026-12-24']);
  expect(datesBetween('2026-12-24', '2026-12-20')).toBeNull();
  expect(datesBetween('2026-01-01', '2027-01-01')).toBeNull();
});
