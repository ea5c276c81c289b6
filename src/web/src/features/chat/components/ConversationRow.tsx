import { Paperclip, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { inOneLine } from '../../../parts/conversation/model/words';
import { otherPeople, participantName, subjectName } from '../../../parts/conversation/people';
import { Avatar } from '../../../primitives/Avatar';
import type { Conversation } from '../../../realtime/events';
import { shortWhen } from '../model/when';

/** One conversation: with whom, what was said last and when, and what of it is new. */
export function ConversationRow({ conversation, to, me }: { conversation: Conversation; to: string; me: string }) {
  const { t } = useTranslation();
  const { name, plain } = otherPeople(conversation, me);
  const { lastMessage, lastMessageAt, createdAt, unreadCount, kind } = conversation;
  const isUrgent = lastMessage?.urgent && !lastMessage.acknowledgedAt && !lastMessage.deletedAt;
  const isNew = unreadCount > 0;
  return (
    <NavLink
      to={to}
      className="flex min-h-18 items-center gap-3 px-3 py-3 hover:bg-well border-transparent border-l-3 aria-[current=page]:border-brand aria-[current=page]:bg-sheet max-tablet:-mx-3"
    >
      <Avatar name={plain} />
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="flex items-baseline gap-2">
          <span className={`min-w-0 flex-1 truncate ${isNew ? 'font-bold' : 'font-semibold'}`}>{name}</span>
          <time dateTime={lastMessageAt ?? createdAt} className="shrink-0 text-ink-soft text-small">
            {shortWhen(lastMessageAt ?? createdAt)}
          </time>
        </span>
        {(kind !== 'direct' || isUrgent) && (
          <span className="flex gap-2 text-small">
            {isUrgent && (
              <span className="flex items-center gap-1 font-semibold text-urgent">
                <TriangleAlert aria-hidden="true" className="size-4" />
                {t('message.urgent')}
              </span>
            )}
            {kind !== 'direct' && <span className="text-info">{t(`chat.kind.${kind}`)}</span>}
          </span>
        )}
        <span className="flex items-center gap-2">
          <span className={`min-w-0 flex-1 truncate text-small ${isNew ? 'text-ink' : 'text-ink-soft'}`}>
            {lastMessage?.kind === 'file' && !lastMessage.deletedAt && (
              <Paperclip aria-hidden="true" className="mr-1 inline size-3.5" />
            )}
            {lastWords()}
          </span>
          {isNew && (
            <span className="grid min-w-5 shrink-0 place-items-center rounded-full bg-brand px-1.5 font-semibold text-on-brand text-small leading-5">
              <span aria-hidden="true">{unreadCount > 99 ? '99+' : unreadCount}</span>
              <span className="sr-only">{t('chat.new', { count: unreadCount })}</span>
            </span>
          )}
        </span>
      </span>
    </NavLink>
  );

  function lastWords() {
    if (!lastMessage) return t('chat.nothingSaid');
    const own = lastMessage.senderId === me;
    const sender = own ? t('room.you') : (participantName(conversation, lastMessage.senderId) ?? t('guest.someone'));
    const words = inOneLine(t, lastMessage, sender, subjectName(conversation, lastMessage));
    return own && lastMessage.kind !== 'system' ? t('chat.you', { text: words }) : words;
  }
}
