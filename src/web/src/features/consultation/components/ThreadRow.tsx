import { useTranslation } from 'react-i18next';
import { capitalized, dayName } from '../../../i18n/time';
import type { Message } from '../../../realtime/events';
import type { Room } from '../model/room';
import type { Row } from '../model/threadRows';
import { MessageLine } from './MessageLine';
import { PendingLine } from './PendingLine';
import { UploadLine } from './UploadLine';

interface ThreadRowProps {
  row: Row;
  room: Room;
  otherName: string;
  nameOf(message: Message): string;
  active: boolean;
  writable: boolean;
  online: boolean;
  isEmpty: boolean;
  onEdit(message: Message): void;
}

export function ThreadRow({ row, room, otherName, nameOf, active, writable, online, isEmpty, onEdit }: ThreadRowProps) {
  const { t } = useTranslation();
  switch (row.kind) {
    case 'start':
      return (
        <div className="measure mx-auto py-6 text-center text-ink-soft text-small">
          <p>{room.me.role === 'GUEST' ? t('guest.start') : t('room.start', { name: otherName })}</p>
          {isEmpty && writable && room.me.role !== 'GUEST' && (
            <p className="pt-4 text-base">
              {room.me.role === 'PRACTITIONER'
                ? t('room.emptyPractitioner')
                : t('room.emptyPatient', { name: otherName })}
            </p>
          )}
        </div>
      );
    case 'day':
      return <Line words={capitalized(dayName(row.at))} tone="border-line text-ink-soft" />;
    case 'unread':
      return <Line words={t('room.unread')} tone="border-waiting text-waiting font-semibold" />;
    case 'message':
      return (
        <MessageLine
          room={room}
          row={row}
          senderName={nameOf(row.message)}
          active={active}
          writable={writable}
          onEdit={onEdit}
        />
      );
    case 'pending':
      return <PendingLine room={room} entry={row.entry} firstOfRun={row.firstOfRun} online={online} />;
    case 'upload':
      return <UploadLine room={room} upload={row.upload} />;
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
