import { expect, test } from 'vitest';
import { message } from '../../../testing/messages';
import { type ConversationLog, conversationLog, emptyLog, head, type LogEvent } from './conversationLog';

const after = (...events: LogEvent[]): ConversationLog => events.reduce(conversationLog, emptyLog);
const created = (seq: number): LogEvent => ({ type: 'created', message: message(seq) });
const seqs = (log: ConversationLog) => log.messages.map((m) => m.seq);

test('messages are ordered by seq, whatever order they arrive in', () => {
  expect(seqs(after(created(1), created(3), created(2)))).toEqual([1, 2, 3]);
});

test('a message that arrives twice is shown once', () => {
  expect(seqs(after(created(1), created(1), { type: 'page', messages: [message(1), message(2)] }))).toEqual([1, 2]);
});

test('a gap says that the log is behind, and asks after the last message before it', () => {
  const log = after({ type: 'page', messages: [message(4), message(5)] }, created(8));
  expect(log.behind).toBe(true);
  expect(head(log)).toBe(5);
});

test('a filled gap is forgotten once the server says that all was replayed', () => {
  const log = after(created(1), created(3), created(2), { type: 'caughtUp', change: 0 });
  expect(log.behind).toBe(false);
  expect(head(log)).toBe(3);
});

test('the first message of a conversation may be missed too', () => {
  const log = after({ type: 'restarted', messages: [], change: 0 }, created(2));
  expect(log.behind).toBe(true);
  expect(head(log)).toBe(0);
});

test('a gap that the replay did not fill keeps the log behind', () => {
  expect(after(created(1), created(3), { type: 'caughtUp', change: 0 }).behind).toBe(true);
});

test('a ping that names a newer message tells that one was missed', () => {
  expect(after(created(1), { type: 'heard', seq: 2, change: 0 }).behind).toBe(true);
  expect(after(created(1), { type: 'heard', seq: 1, change: 1 }).behind).toBe(true);
  expect(after(created(1), { type: 'heard', seq: 1, change: 0 }).behind).toBe(false);
});

test('an older page joins on without making the log behind', () => {
  const log = after(
    { type: 'page', messages: [message(51), message(52)] },
    { type: 'page', messages: [message(49), message(50)] },
  );
  expect(seqs(log)).toEqual([49, 50, 51, 52]);
  expect(log.behind).toBe(false);
});

test('an edit that arrives late does not overwrite a newer one', () => {
  const log = after(
    created(1),
    { type: 'updated', message: message(1, { change: 2, text: 'second' }) },
    { type: 'updated', message: message(1, { change: 1, text: 'first' }) },
  );
  expect(log.messages[0]?.text).toBe('second');
});

test('a change out of turn says that one was missed', () => {
  const next = after(created(1), { type: 'updated', message: message(1, { change: 1 }) });
  expect(next).toMatchObject({ change: 1, behind: false });
  expect(conversationLog(next, { type: 'updated', message: message(1, { change: 3 }) })).toMatchObject({
    change: 1,
    behind: true,
  });
});

test('a change of a message that is not loaded counts all the same', () => {
  const log = after({ type: 'page', messages: [message(9)] }, { type: 'updated', message: message(2, { change: 1 }) });
  expect(seqs(log)).toEqual([9]);
  expect(log.change).toBe(1);
});

test('reading covers every earlier message of the other side and means delivered', () => {
  const log = after(created(1), created(2), created(3), { type: 'read', seq: 2, by: 'doctor', at: 'T1' });
  expect(log.messages.map((m) => [m.deliveredAt, m.readAt])).toEqual([
    ['T1', 'T1'],
    ['T1', 'T1'],
    [null, null],
  ]);
});

test("a reader's own messages are not marked by their own reading", () => {
  const log = after(
    { type: 'created', message: message(1, { senderId: 'doctor' }) },
    { type: 'read', seq: 1, by: 'doctor', at: 'T1' },
  );
  expect(log.messages[0]?.readAt).toBeNull();
});

test('the first time of a receipt stays', () => {
  const log = after(
    created(1),
    { type: 'delivered', seq: 1, by: 'doctor', at: 'T1' },
    { type: 'read', seq: 1, by: 'doctor', at: 'T2' },
  );
  expect(log.messages[0]).toMatchObject({ deliveredAt: 'T1', readAt: 'T2' });
});

test('a page loaded before a receipt does not take it back', () => {
  const log = after(
    created(1),
    { type: 'read', seq: 1, by: 'doctor', at: 'T1' },
    { type: 'page', messages: [message(1)] },
  );
  expect(log.messages[0]?.readAt).toBe('T1');
});

test('what was announced while the newest page travelled is not lost with the old log', () => {
  const log = after(created(1), created(2), { type: 'restarted', messages: [message(1)], change: 0 });
  expect(seqs(log)).toEqual([1, 2]);
});

test('a log that missed too much starts again from the newest page', () => {
  const log = after(created(1), { type: 'restarted', messages: [message(900), message(901)], change: 7 });
  expect(seqs(log)).toEqual([900, 901]);
  expect(log).toMatchObject({ change: 7, behind: false });
});
