import { expect, test } from 'vitest';
import { visit } from '../testing/visits';
import { calendarFile } from './calendarFile';
import { mayChange, standingOf } from './visit';

const at = (time: string) => Date.parse(`2026-11-24T${time}:00Z`);

test('a visit is ahead until its waiting room opens, half an hour before', () => {
  expect(standingOf(visit(), at('12:59'))).toBe('ahead');
  expect(standingOf(visit(), at('13:00'))).toBe('open');
  expect(standingOf(visit({ status: 'SCHEDULED' }), at('12:59'))).toBe('asked');
});

test('what has begun or ended is what it is at any hour', () => {
  const standings = (['IN_PROGRESS', 'COMPLETED', 'CANCELLED', 'NO_SHOW'] as const).map((status) =>
    standingOf(visit({ status }), at('13:10')),
  );
  expect(standings).toEqual(['running', 'done', 'cancelled', 'missed']);
});

test('a patient may move or cancel until the deadline, and never what has ended', () => {
  expect(mayChange(visit(), at('11:29'))).toBe(true);
  expect(mayChange(visit(), at('11:30'))).toBe(false);
  expect(mayChange(visit({ cancellableUntil: null }), at('09:00'))).toBe(false);
  expect(mayChange(visit({ status: 'CANCELLED' }), at('09:00'))).toBe(false);
});

const file = (title: string) => calendarFile(visit(), title, 'https://care.example/patient/visits/v1', at('09:00'));

test('a calendar gets the visit in UTC, under the same name each time', () => {
  const lines = file('Visit with Dr Amina Rahal').split('\r\n');
  expect(lines).toContain('UID:v1@colloque');
  expect(lines).toContain('DTSTART:20261124T133000Z');
  expect(lines).toContain('DTEND:20261124T142000Z');
  expect(lines).toContain('SUMMARY:Visit with Dr Amina Rahal');
  expect(lines.at(-2)).toBe('END:VCALENDAR');
});

test('no line of a calendar file is longer than 75 octets, and none breaks a letter', () => {
  const title = `Visite avec Pr Hélène; d’${'Été,'.repeat(40)}`;
  const text = file(title);
  for (const line of text.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
  const unfolded = text.replaceAll('\r\n ', '');
  expect(unfolded).toContain(`SUMMARY:${title.replaceAll(';', '\\;').replaceAll(',', '\\,')}`);
});
