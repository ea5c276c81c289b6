import { expect, test } from 'vitest';
import type { AccessLine } from '../api/accessLog';
import { byDay, told } from './accessLines';

const line = (differently: Partial<AccessLine> = {}): AccessLine => ({
  id: 'l1',
  at: '2026-11-21T10:00:00Z',
  actorId: 'amina',
  actorName: 'Amina Rahal',
  actorRole: 'PRACTITIONER',
  action: 'READ',
  resource: 'consultation',
  outcome: 'ok',
  ...differently,
});

test('another person who opened my consultation is named', () => {
  expect(told(line(), 'nadia')).toEqual({ deed: 'READ', thing: 'consultation', who: 'named', refused: false });
});

test('what I did myself is told as mine', () => {
  expect(told(line({ actorId: 'nadia' }), 'nadia').who).toBe('you');
});

test('what was tried and refused is told with what was tried', () => {
  const refusal = line({ action: 'REFUSED', attempted: 'UPDATE', outcome: 'refused' });
  expect(told(refusal, 'nadia')).toMatchObject({ deed: 'UPDATE', refused: true });
});

test('nobody is made up for a line without a name', () => {
  expect(told(line({ actorId: null, actorName: null }), 'nadia').who).toBe('nobody');
});

test('a word that is new to this page is told as something, not left out', () => {
  expect(told(line({ action: 'ARCHIVE', resource: 'something-new' }), 'nadia')).toMatchObject({
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
