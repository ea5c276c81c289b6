import { expect, test } from 'vitest';
import { message } from '../../../testing/messages';
import { conversationLog, emptyLog } from './conversationLog';
import { closedRoom, type RoomState } from './roomState';
import { threadRows } from './threadRows';

const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute).toISOString();
const room = (messages: ReturnType<typeof message>[], differently: Partial<RoomState> = {}): RoomState => ({
  ...closedRoom,
  log: conversationLog(emptyLog, { type: 'page', messages }),
  ...differently,
});
const kinds = (state: RoomState) => threadRows(state, 'nadia').map((row) => row.kind);

test('a day is named once, before its first message', () => {
  const state = room([
    message(1, { createdAt: at(20, 9) }),
    message(2, { createdAt: at(20, 10) }),
    message(3, { createdAt: at(21, 9) }),
  ]);
  expect(kinds(state)).toEqual(['start', 'day', 'message', 'message', 'day', 'message']);
});

test('nothing is drawn above the oldest that is loaded, so that nothing moves when what is older comes in', () => {
  const older = { cursor: 51, loading: false, failed: false };
  const loaded = [message(51, { createdAt: at(20, 9) }), message(52, { createdAt: at(20, 10) })];
  const before = threadRows(room(loaded, { older }), 'nadia').map(({ key }) => key);
  const after = threadRows(room([message(50, { createdAt: at(20, 8) }), ...loaded], { older }), 'nadia');
  expect(before).toHaveLength(2);
  expect(after.slice(1).map(({ key }) => key)).toEqual(before);
});

test('a sender is named once a run', () => {
  const state = room([
    message(1, { createdAt: at(20, 9, 0) }),
    message(2, { createdAt: at(20, 9, 1) }),
    message(3, { createdAt: at(20, 9, 2), senderId: 'amina' }),
    message(4, { createdAt: at(20, 9, 30), senderId: 'amina' }),
  ]);
  const runs = threadRows(state, 'nadia').filter((row) => row.kind === 'message');
  expect(runs.map((row) => row.firstOfRun)).toEqual([true, false, true, true]);
});

test('how far messages have come is said once for each, at the last that came so far', () => {
  const state = room([
    message(1, { readAt: at(20, 9), deliveredAt: at(20, 9) }),
    message(2, { readAt: at(20, 9), deliveredAt: at(20, 9) }),
    message(3, { senderId: 'amina' }),
    message(4, { deliveredAt: at(20, 9) }),
    message(5),
    message(6),
  ]);
  const said = threadRows(state, 'nadia').flatMap((row) =>
    row.kind === 'message' && row.showsReceipt ? [row.message.seq] : [],
  );
  expect(said).toEqual([2, 4, 6]);
});

test('the unread line stands before the first message of the other side that was not read', () => {
  const state = room([message(1), message(2), message(3, { senderId: 'amina' }), message(4, { senderId: 'amina' })], {
    unreadAfter: 1,
  });
  expect(kinds(state)).toEqual(['start', 'day', 'message', 'message', 'unread', 'message', 'message']);
});

test("one's own messages are never unread", () => {
  expect(kinds(room([message(1)], { unreadAfter: 0 }))).not.toContain('unread');
});

test('the beginning is claimed only when nothing older is left to load', () => {
  expect(kinds(room([message(51)], { older: { cursor: 'x', loading: false, failed: false } }))).not.toContain('start');
});

test('a sent message keeps the place and key that it had while it waited', () => {
  const entry = {
    clientMsgId: 'k1',
    userId: 'nadia',
    consultationId: 'c1',
    text: 'x',
    createdAt: 0,
    afterSeq: 1,
    state: 'waiting',
    code: null,
  } as const;
  const before = threadRows(room([message(1)], { outbox: [entry] }), 'nadia').at(-1)?.key;
  const after = threadRows(room([message(1), message(2, { clientMsgId: 'k1' })]), 'nadia').at(-1)?.key;
  expect(after).toBe(before);
});

test('a refused message stays where it was written, though later ones were sent', () => {
  const entry = {
    clientMsgId: 'k1',
    userId: 'nadia',
    consultationId: 'c1',
    text: 'x',
    createdAt: 0,
    afterSeq: 1,
    code: 'invalid',
  };
  const state = room([message(1), message(2)], { outbox: [{ ...entry, state: 'failed' }] });
  expect(kinds(state)).toEqual(['start', 'day', 'message', 'pending', 'message']);
});
