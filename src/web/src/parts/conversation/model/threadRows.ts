import type { Message } from '../../../realtime/events';
import type { OutboxEntry } from '../../../storage/device';
import { type RoomState, shown } from './roomState';

/** One line of the thread, in the order of reading. */
export type Row =
  | { kind: 'start'; key: string }
  | { kind: 'day'; key: string; at: string }
  | { kind: 'unread'; key: string }
  | { kind: 'message'; key: string; message: Message; own: boolean; firstOfRun: boolean; showsReceipt: boolean }
  | { kind: 'pending'; key: string; entry: OutboxEntry; firstOfRun: boolean };
/** Milliseconds of silence that end a run of one sender. */
const runPause = 5 * 60_000;

const dayOf = (at: string | number) => new Date(at).toDateString();

function continuesRun(before: Message | undefined, message: Message): boolean {
  return (
    before !== undefined &&
    before.kind !== 'system' &&
    message.kind !== 'system' &&
    before.senderId === message.senderId &&
    dayOf(before.createdAt) === dayOf(message.createdAt) &&
    Date.parse(message.createdAt) - Date.parse(before.createdAt) < runPause
  );
}

const receiptOf = ({ readAt, deliveredAt }: Message) => (readAt ? 'read' : deliveredAt ? 'delivered' : 'sent');

const counts = ({ senderId, deletedAt, kind }: Message, me: string) =>
  senderId === me && !deletedAt && kind !== 'system';

/** Receipts are watermarks: only the last of one's own messages that got so far says it. */
function showsReceipt(messages: readonly Message[], index: number, me: string): boolean {
  const message = messages[index];
  if (!message || !counts(message, me)) return false;
  let next: Message | undefined;
  for (let at = index + 1; at < messages.length && !next; at++) {
    const later = messages[at];
    if (later && counts(later, me)) next = later;
  }
  return !next || receiptOf(next) !== receiptOf(message);
}

function pending(entry: OutboxEntry, firstOfRun: boolean): Row {
  return { kind: 'pending', key: entry.clientMsgId, entry, firstOfRun };
}

/** The thread as rows: days, runs, the unread line, then what is still on its way. */
export function threadRows(state: RoomState, me: string): Row[] {
  const { log, older } = shown(state);
  // Somewhere back, neither what is new nor what is on its way has its place.
  const outbox = state.past ? [] : state.outbox;
  // Nor is the line above what is new drawn where what is new does not begin.
  const begins = log.messages[0]?.seq ?? 1;
  const unreadAfter = state.past && begins > (state.unreadAfter ?? 0) + 1 ? null : state.unreadAfter;
  const rows: Row[] = older.cursor ? [] : [{ kind: 'start', key: 'start' }];
  const { messages } = log;
  const failed = outbox.filter((entry) => entry.state === 'failed' && entry.afterSeq < (messages.at(-1)?.seq ?? 0));
  const firstUnread =
    unreadAfter === null ? undefined : messages.find(({ seq, senderId }) => seq > unreadAfter && senderId !== me);
  messages.forEach((message, index) => {
    const before = messages[index - 1];
    // What stands above the oldest that is loaded is not known yet: nothing is drawn there that would move when it comes.
    const begins = before ? dayOf(before.createdAt) !== dayOf(message.createdAt) : !older.cursor;
    if (begins) {
      rows.push({ kind: 'day', key: `day-${dayOf(message.createdAt)}`, at: message.createdAt });
    }
    if (message === firstUnread) rows.push({ kind: 'unread', key: 'unread' });
    rows.push({
      kind: 'message',
      // The same key while it waits and once it is sent, so that the line does not blink.
      key: message.senderId === me ? (message.clientMsgId ?? message.id) : message.id,
      message,
      own: message.senderId === me,
      firstOfRun: message === firstUnread || !continuesRun(before, message),
      showsReceipt: showsReceipt(messages, index, me),
    });
    for (const entry of failed.filter(({ afterSeq }) => afterSeq === message.seq)) rows.push(pending(entry, true));
  });
  const last = outbox.filter((entry) => !failed.includes(entry));
  for (const [index, entry] of last.entries()) {
    rows.push(pending(entry, index === 0 && messages.at(-1)?.senderId !== me));
  }
  return rows;
}
