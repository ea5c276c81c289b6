import type { Message } from '../../../realtime/events';
import type { OutboxEntry } from '../../../storage/device';
import type { RoomState, UploadState } from './roomState';

/** One line of the thread, in the order of reading. */
export type Row =
  | { kind: 'start'; key: string }
  | { kind: 'day'; key: string; at: string }
  | { kind: 'unread'; key: string }
  | { kind: 'message'; key: string; message: Message; own: boolean; firstOfRun: boolean; lastOfRun: boolean }
  | { kind: 'pending'; key: string; entry: OutboxEntry; firstOfRun: boolean }
  | { kind: 'upload'; key: string; upload: UploadState };

/** Milliseconds of silence that end a run of one sender. */
const runPause = 5 * 60_000;

const dayOf = (at: string | number) => new Date(at).toDateString();

function continuesRun(before: Message | undefined, message: Message): boolean {
  return (
    before !== undefined &&
    before.senderId === message.senderId &&
    dayOf(before.createdAt) === dayOf(message.createdAt) &&
    Date.parse(message.createdAt) - Date.parse(before.createdAt) < runPause
  );
}

/** The thread as rows: days, runs, the unread line, then what is still on its way. */
export function threadRows({ log, older, outbox, uploads, unreadAfter }: RoomState, me: string): Row[] {
  const rows: Row[] = older.cursor ? [] : [{ kind: 'start', key: 'start' }];
  const { messages } = log;
  const firstUnread =
    unreadAfter === null ? undefined : messages.find(({ seq, senderId }) => seq > unreadAfter && senderId !== me);
  messages.forEach((message, index) => {
    const before = messages[index - 1];
    const after = messages[index + 1];
    if (!before || dayOf(before.createdAt) !== dayOf(message.createdAt)) {
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
      lastOfRun: !after || after === firstUnread || !continuesRun(message, after),
    });
  });
  for (const [index, entry] of outbox.entries()) {
    rows.push({
      kind: 'pending',
      key: entry.clientMsgId,
      entry,
      firstOfRun: index === 0 && messages.at(-1)?.senderId !== me,
    });
  }
  for (const upload of uploads) rows.push({ kind: 'upload', key: upload.id, upload });
  return rows;
}
