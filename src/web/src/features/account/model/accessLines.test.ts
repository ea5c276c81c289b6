import { expect, test } from 'vitest';
import type { AccessLine } from '../api/accessLog';
import { byDay, told } from './accessLines';

const line = (differently: Partial<AccessLine> = {}): AccessLine => ({
  id: 'l1',
  at: '2026-11-21T10:00:00Z',
  actor: { id: 'amina', name: 'Amina Rahal', role: 'PRACTITIONER' },
  self: false,
  action: 'READ',
  attempted: null,
  resource: 'consultation',
  why: 'care',
  outcome: 'ok',
  ...differently,
});

test('another person who opened my consultation is named', () => {
  expect(told(line())).toEqual({ deed: 'READ', thing: 'consultation', who: 'named', refused: false });
});

test('what I did myself is told as mine', () => {
  expect(told(line({ self: true })).who).toBe('you');
});

test('what was tried and refused is told with what was tried', () => {
  const refusal = line({ action: 'REFUSED', attempted: 'UPDATE', outcome: 'refused' });
  expect(told(refusal)).toMatchObject({ deed: 'UPDATE', refused: true });
});

test('nobody is made up for a line without a name', () => {
  expect(told(line({ actor: null })).who).toBe('nobody');
});

test('a word that is new to this page is told as something, not left out', () => {
  expect(told(line({ action: 'ARCHIVE', resource: 'something-new' }))).toMatchObject({
    deed: 'OTHER',
    thing: 'other',
  });
});

test('lines stand under their day, in their order', () => {
  const noon = new Date(2026, 10, 21, 12).toISOString();
  const morning = new Date(2026, 10, 21, 8).toISOString();
  const dayBefore = new Date(2026, 10, 20, 23).toISOString();
  const days = byDay([{ at: noon }, { at: morning }, { at: dayBefore }]);
  expect(days.map(({ lines }) => lines.length)).toEqual([2, 1]);
});

test('a sign-in with my address that was refused may have been anyone', () => {
  const attempt = line({
    self: true,
    action: 'REFUSED',
    attempted: 'LOGIN',
    resource: 'authentication',
    outcome: 'refused',
  });
  expect(told(attempt)).toMatchObject({ deed: 'LOGIN', who: 'nobody', refused: true });
});

test('a passkey that came or went is a change of the locks', () => {
  expect(told(line({ self: true, action: 'CREATE', resource: 'passkeys' }))).toMatchObject({
    deed: 'UPDATE',
    thing: 'lock',
  });
  expect(told(line({ self: true, action: 'DELETE', resource: 'passkeys' }))).toMatchObject({
    deed: 'UPDATE',
    thing: 'lock',
  });
});
