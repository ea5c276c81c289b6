// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { type JoinLink, stateOf } from './links';

const now = Date.parse('2026-11-21T10:00:00Z');
const link = (part: Partial<JoinLink> = {}): JoinLink => ({
  id: 'l1',
  role: 'RELATIVE',
  name: null,
  email: null,
  url: 'https://care.example/join/x',
  createdBy: 'amina',
  expiresAt: '2026-11-22T10:00:00Z',
  revokedAt: null,
  guest: null,
  ...part,
});
const guest = (leftAt: string | null) => ({
  id: 'g1',
  name: 'Yasmine',
  role: 'RELATIVE' as const,
  enteredAt: '2026-11-21T09:00:00Z',
  leftAt,
});

test('a link says whether somebody came by it, and whether anybody still can', () => {
  expect(stateOf(link(), false, now)).toBe('waiting');
  expect(stateOf(link({ guest: guest(null) }), false, now)).toBe('here');
  expect(stateOf(link({ guest: guest('2026-11-21T09:30:00Z') }), false, now)).toBe('gone');
  expect(stateOf(link({ revokedAt: '2026-11-21T09:30:00Z', guest: guest(null) }), false, now)).toBe('revoked');
  expect(stateOf(link({ expiresAt: '2026-11-21T10:00:00Z' }), false, now)).toBe('expired');
});

test('with the visit every link has ended, whatever its own time', () => {
  expect(stateOf(link(), true, now)).toBe('expired');
  expect(stateOf(link({ guest: guest(null) }), true, now)).toBe('expired');
});
