import { expect, test } from 'vitest';
import { anyone, filterOf, narrowedBy } from './finding';
import { countdown, endOfHold } from './hold';
import { languagesInWords, nameOf } from './words';

const now = Date.parse('2026-11-21T09:00:00Z');

test('a hold ends when the server says', () => {
  expect(endOfHold('2026-11-21T09:04:30Z', now)).toBe(now + 270_000);
});

test('on a device whose clock is wrong a hold counts from when it was told', () => {
  expect(endOfHold('2026-11-21T08:50:00Z', now)).toBe(now + 300_000);
  expect(endOfHold('2026-11-21T11:00:00Z', now)).toBe(now + 300_000);
});

test('the countdown says whole seconds, and stops at none', () => {
  expect([300_000, 61_001, 60_000, 900, 0, -5_000].map(countdown)).toEqual([
    '5:00',
    '1:02',
    '1:00',
    '0:01',
    '0:00',
    '0:00',
  ]);
});

test('"today" ends with today where the reader is', () => {
  expect(filterOf({ ...anyone, soon: 'today' }, '2026-11-21', 'Europe/Paris').availableBefore).toBe(
    '2026-11-21T23:00:00.000Z',
  );
  expect(filterOf(anyone, '2026-11-21', 'Europe/Paris').availableBefore).toBe('');
  expect(narrowedBy({ ...anyone, q: 'sleep', soon: 'week', language: 'fr' })).toBe(2);
});

test('a practitioner is addressed with the title, and their languages are a sentence', () => {
  expect(nameOf({ title: 'Dr', firstName: 'Amina', lastName: 'Rahal' })).toBe('Dr Amina Rahal');
  expect(nameOf({ title: null, firstName: 'Tomás', lastName: 'Herrera' })).toBe('Tomás Herrera');
  expect(languagesInWords(['fr', 'ar', 'en'], 'en')).toBe('French, Arabic, and English');
});
