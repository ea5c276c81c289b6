import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { clock } from '../../../i18n/time';
import type { Message } from '../../../realtime/events';
import type { Room } from '../model/room';
import type { Row } from '../model/threadRows';
import { filesOf } from '../model/words';
import { FileCard } from './FileCard';
import { Flags, SeenTo } from './Flags';
import { MessageActions } from './MessageActions';
import { Quote } from './Quote';
import { Receipt, receiptKey } from './Receipt';

interface MessageLineProps {
  room: Room;
  row: Row & { kind: 'message' };
  senderName: string;
  nameOf(message: Message): string;
  /** Only one message at a time is in the order of Tab; the arrows move it. */
  active: boolean;
  /** Somebody asked to see this one. */
  marked: boolean;
  writable: boolean;
  onEdit(message: Message): void;
  onReply(message: Message): void;
}

export const MessageLine = memo(function MessageLine(props: MessageLineProps) {
  const { room, row, senderName, nameOf, active, marked, writable, onEdit, onReply } = props;
  const { t } = useTranslation();
  const { message, own, firstOfRun, showsReceipt } = row;
  const time = clock(message.createdAt);
  const said = [
    own ? t('room.you') : senderName,
    time,
    message.urgent && t('message.urgent'),
    own && !message.deletedAt && t(receiptKey(message)),
  ];
  return (
    <article
      data-row={row.key}
      tabIndex={active ? 0 : -1}
      aria-label={said.filter(Boolean).join(', ')}
      className={`group relative flex flex-col rounded-inner ${marked ? 'flash' : ''} ${own ? 'items-end' : 'items-start'} ${firstOfRun ? 'pt-4' : 'pt-1'}`}
    >
      {firstOfRun && (
        <p className="flex gap-2 pb-0.5 text-small">
          <span className={own ? 'sr-only' : 'font-semibold'}>{own ? t('room.you') : senderName}</span>
          <time dateTime={message.createdAt} className="text-ink-soft">
            {time}
          </time>
        </p>
      )}
      <div className={`flex max-w-full items-start gap-1 ${own ? 'flex-row-reverse' : ''}`}>
        <div className={`measure min-w-0 ${edgeOf(message, own)}`}>
          {!message.deletedAt && <Flags message={message} own={own} />}
          {!message.deletedAt && <Quote room={room} message={message} nameOf={nameOf} tabbable={active} />}
          <Content room={room} message={message} tabbable={active} />
          {!message.deletedAt && <SeenTo room={room} message={message} own={own} />}
        </div>
        {!message.deletedAt && (
          <MessageActions
            room={room}
            message={message}
            own={own}
            writable={writable}
            tabbable={active}
            onEdit={onEdit}
            onReply={onReply}
            time={firstOfRun ? null : time}
          />
        )}
      </div>
      <Reactions room={room} message={message} writable={writable} tabbable={active} />
      {showsReceipt && <Receipt message={message} />}
    </article>
  );
});

/** One's own at the right with an edge in the brand's colour; what is urgent has an edge that says so, beside its words. */
function edgeOf({ urgent, deletedAt }: Message, own: boolean): string {
  const isUrgent = urgent && !deletedAt;
  if (own) return `border-r-3 pr-3 ${isUrgent ? 'border-urgent' : 'border-brand'}`;
  return isUrgent ? 'border-urgent border-l-3 pl-3' : '';
}

function Content({ room, message, tabbable }: { room: Room; message: Message; tabbable: boolean }) {
  const { t } = useTranslation();
  if (message.deletedAt) return <p className="text-ink-soft italic">{t('message.deleted')}</p>;
  return (
    <>
      {filesOf(message).map((file) => (
        <FileCard key={file.id} room={room} file={file} tabbable={tabbable} />
      ))}
      {message.text && (
        <p className="whitespace-pre-wrap">
          {message.text}
          {message.editedAt && <span className="text-ink-soft text-small">{` (${t('message.edited')})`}</span>}
        </p>
      )}
    </>
  );
}

interface ReactionsProps {
  room: Room;
  message: Message;
  writable: boolean;
  tabbable: boolean;
}

function Reactions({ room, message, writable, tabbable }: ReactionsProps) {
  const { t } = useTranslation();
  if (message.reactions.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-1.5 py-1">
      {message.reactions.map(({ emoji, userIds }) => {
        const mine = userIds.includes(room.me.id);
        return (
          <li key={emoji}>
            <button
              type="button"
              tabIndex={tabbable ? 0 : -1}
              disabled={!writable}
              aria-pressed={mine}
              aria-label={t('message.reactions', { emoji, count: userIds.length })}
              onClick={() => void room.react(message, emoji, !mine).catch(() => undefined)}
              className={`min-h-8 rounded-full border px-2.5 text-small ${mine ? 'border-brand bg-brand-soft' : 'border-line bg-sheet'}`}
            >
              {emoji} {userIds.length > 1 && userIds.length}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
