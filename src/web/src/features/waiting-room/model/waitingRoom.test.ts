import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Problem } from '../../../api/problem';
import { FakeServer } from '../../../testing/fakeServer';
import { visit } from '../../../testing/visits';
import type { Place, WaitingRoomApi } from '../api/waitingRoom';
import { openWaitingRoom, type WaitingRoom } from './waitingRoom';

const place = (position: number): Place => ({
  position,
  joinedAt: '2026-11-24T13:10:00Z',
  expectedAt: '2026-11-24T13:35:00Z',
  delayMinutes: 0,
  practitionerPresent: true,
});

/** What the server would answer now; a test changes it as time goes on. */
let now: { visit: ReturnType<typeof visit>; place: Place | Problem };
let entered: number;
let server: FakeServer;
let room: WaitingRoom;

const api: WaitingRoomApi = {
  visit: async () => now.visit,
  enter: async () => {
    entered += 1;
    if (now.place instanceof Problem && now.place.code !== 'not_waiting') throw now.place;
    return now.place instanceof Problem ? place(9) : now.place;
  },
  place: async () => {
    if (now.place instanceof Problem) throw now.place;
    return now.place;
  },
  leave: async () => undefined,
};

const open = () => {
  room = openWaitingRoom({ id: 'v1', api, live: server.live });
};
const phase = (wanted: string) => vi.waitFor(() => expect(room.getState().phase).toBe(wanted));
const hears = (position: number) => vi.waitFor(() => expect(room.getState().place?.position).toBe(position));

beforeEach(() => {
  now = { visit: visit(), place: place(3) };
  entered = 0;
  server = new FakeServer();
});
afterEach(() => room.close());

test('whoever opens the page takes a place, and hears when it moves', async () => {
  open();
  await phase('waiting');
  server.tell('queue.updated', {
    consultationId: 'v1',
    queueItem: { position: 1, joinedAt: '2026-11-24T13:10:00Z', expectedAt: '2026-11-24T13:20:00Z', delayMinutes: 10 },
  });
  expect(room.getState().place).toMatchObject({ position: 1, delayMinutes: 10, practitionerPresent: true });
  expect(room.getState().place?.expectedAt).toBe('2026-11-24T13:20:00Z');
});

test('what is told of another visit changes nothing', async () => {
  open();
  await phase('waiting');
  server.tell('queue.updated', { consultationId: 'other', queueItem: { position: 1, joinedAt: '' } });
  server.tell('consultation.started', { consultationId: 'other', startedAt: '' });
  expect(room.getState()).toMatchObject({ phase: 'waiting', place: { position: 3 } });
});

test('after a lost network the place is the one that was kept, and no second one is taken', async () => {
  open();
  await phase('waiting');
  server.line('offline');
  expect(room.getState()).toMatchObject({ phase: 'waiting', link: 'offline', place: { position: 3 } });
  now.place = place(2);
  server.line('connected');
  await hears(2);
  expect(entered).toBe(1);
});

test('a place that was lost meanwhile is taken anew', async () => {
  open();
  await phase('waiting');
  now.place = new Problem(409, { code: 'not_waiting' });
  server.line('connected');
  await hears(9);
  expect(entered).toBe(2);
});

test('an answer that does not come keeps what is known on the page', async () => {
  open();
  await phase('waiting');
  now.place = Problem.unreachable();
  server.line('connected');
  await vi.waitFor(() => expect(room.getState().problem?.category).toBe('unreachable'));
  expect(room.getState()).toMatchObject({ phase: 'waiting', place: { position: 3 } });
});

test('when the practitioner opens the visit the patient is called', async () => {
  open();
  await phase('waiting');
  now.visit = visit({ status: 'IN_PROGRESS' });
  server.tell('consultation.started', { consultationId: 'v1', startedAt: '' });
  await phase('called');
});

test('a cancelled visit is said at once, and nothing is waited for', async () => {
  open();
  await phase('waiting');
  now.visit = visit({ status: 'CANCELLED' });
  server.tell('consultation.updated', { consultationId: 'v1', status: 'CANCELLED', scheduledAt: '' });
  await phase('over');
});

test('whoever comes too early waits before the doors, and goes in when they open', async () => {
  vi.useFakeTimers({ now: Date.parse('2026-11-24T12:55:00Z') });
  now.place = new Problem(409, { code: 'too_early' });
  open();
  await vi.advanceTimersByTimeAsync(10);
  expect(room.getState().phase).toBe('early');
  now.place = place(1);
  await vi.advanceTimersByTimeAsync(5 * 60_000 + 100);
  expect(room.getState()).toMatchObject({ phase: 'waiting', place: { position: 1 } });
  vi.useRealTimers();
});

test('a visit that begins while one enters is found begun', async () => {
  vi.useFakeTimers();
  now.place = new Problem(409, { code: 'illegal_transition' });
  open();
  await vi.advanceTimersByTimeAsync(10);
  expect(room.getState().phase).toBe('opening');
  now.visit = visit({ status: 'IN_PROGRESS' });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(room.getState().phase).toBe('called');
  vi.useRealTimers();
});

test('who leaves is not brought back by what is told afterwards', async () => {
  open();
  await phase('waiting');
  await room.leave();
  server.tell('consultation.updated', { consultationId: 'v1', status: 'CONFIRMED', scheduledAt: '' });
  server.line('connected');
  expect(room.getState()).toMatchObject({ phase: 'left', place: null });
  room.comeBack();
  await phase('waiting');
  expect(entered).toBe(2);
});
