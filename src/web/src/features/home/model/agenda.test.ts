import { expect, test } from 'vitest';
import type { ConsultationItem } from '../api/listMyConsultations';
import { agenda } from './agenda';

const item = (id: string, status: ConsultationItem['status'], hour: number, waiting = false): ConsultationItem => ({
  id,
  status,
  waiting,
  format: 'VIDEO',
  scheduledAt: new Date(Date.UTC(2026, 10, 21, hour)).toISOString(),
  duration: 30,
  startedAt: null,
  endedAt: null,
  practitioner: { id: 'd', name: 'Amina Rahal', title: 'Dr', specialty: null },
  patient: { id: 'p', name: 'Nadia Benali' },
  unreadCount: 0,
  lastMessageAt: null,
  cancellableUntil: null,
});
const ids = (items: ConsultationItem[]) => items.map(({ id }) => id);

test('the visit that is under way comes before the next one', () => {
  const { focus, upcoming } = agenda([item('next', 'SCHEDULED', 9), item('now', 'IN_PROGRESS', 10)], false);
  expect(focus?.id).toBe('now');
  expect(ids(upcoming)).toEqual(['next']);
});

test('a practitioner with nobody in the room sees first who waits', () => {
  const { focus, upcoming } = agenda([item('early', 'CONFIRMED', 8), item('here', 'CONFIRMED', 9, true)], true);
  expect(focus?.id).toBe('here');
  expect(ids(upcoming)).toEqual(['early']);
});

test('others who wait are listed apart, the earliest appointment first', () => {
  const { waiting } = agenda(
    [item('c', 'SCHEDULED', 11, true), item('b', 'SCHEDULED', 10, true), item('a', 'IN_PROGRESS', 9)],
    true,
  );
  expect(ids(waiting)).toEqual(['b', 'c']);
});

test('what is ahead runs forwards, what is past runs backwards', () => {
  const { upcoming, past, focus } = agenda(
    [
      item('u2', 'SCHEDULED', 15),
      item('u1', 'SCHEDULED', 12),
      item('u0', 'CONFIRMED', 11),
      item('p2', 'COMPLETED', 8),
      item('p1', 'CANCELLED', 7),
    ],
    false,
  );
  expect(focus?.id).toBe('u0');
  expect(ids(upcoming)).toEqual(['u1', 'u2']);
  expect(ids(past)).toEqual(['p2', 'p1']);
});

test('with only past visits there is nothing to do now', () => {
  expect(agenda([item('p', 'NO_SHOW', 8)], false).focus).toBeNull();
});
