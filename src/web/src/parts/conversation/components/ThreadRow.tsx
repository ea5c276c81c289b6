import { useTranslation } from 'react-i18next';
import { capitalized, clock, dayName } from '../../../i18n/time';
import type { Message } from '../../../realtime/events';
import type { Room } from '../model/room';
import type { Row } from '../model/threadRows';
import { systemText } from '../model/words';
import { MessageLine } from './MessageLine';
import { PendingLine } from './PendingLine';

export interface ThreadRowProps {
  row: Row;
  room: Room;
  otherName: string;
  nameOf(message: Message): string;
  /** Of whom a message of the product's own speaks. */
  subjectName(message: Message): string | null;
  active: boolean;
  marked: boolean;
  writable: boolean;
  online: boolean;
  /** What a thread without a message says to whoever may write in it. */
  emptyWords: string | null;
  onEdit(message: Message): void;
  onReply(message: Message): void;
}

export function ThreadRow({ row, online, emptyWords, otherName, ...rest }: ThreadRowProps) {
  const { t } = useTranslation();
  const { room, nameOf, subjectName, writable } = rest;
  switch (row.kind) {
    case 'start':
      return (
        <div className="measure mx-auto py-6 text-center text-ink-soft text-small">
          <p>{room.me.role === 'GUEST' ? t('guest.start') : t('room.start', { name: otherName })}</p>
          {emptyWords && writable && <p className="pt-4 text-base">{emptyWords}</p>}
        </div>
      );
    case 'day':
      return <Line words={capitalized(dayName(row.at))} tone="border-line text-ink-soft" />;
    case 'unread':
      return <Line words={t('room.unread')} tone="border-waiting text-waiting font-semibold" />;
    case 'message':
      return row.message.kind === 'system' ? (
        <p className="py-3 text-center text-ink-soft text-small">
          {systemText(t, row.message, row.own ? t('room.you') : nameOf(row.message), subjectName(row.message))}
          {` · ${clock(row.message.createdAt)}`}
        </p>
      ) : (
        <MessageLine {...rest} row={row} senderName={nameOf(row.message)} />
      );
    case 'pending':
      return <PendingLine room={room} entry={row.entry} firstOfRun={row.firstOfRun} online={online} />;
  }
}

function Line({ words, tone }: { words: string; tone: string }) {
  return (
    <p
      className={`flex items-center gap-3 pt-6 pb-1 text-small before:flex-1 before:border-t before:border-inherit after:flex-1 after:border-t after:border-inherit ${tone}`}
    >
      {words}
    </p>
  );
}
