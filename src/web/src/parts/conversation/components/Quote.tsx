import { useTranslation } from 'react-i18next';
import type { Message } from '../../../realtime/events';
import { useQuoted } from '../hooks/useQuoted';
import type { Room } from '../model/room';
import { inOneLine } from '../model/words';

interface QuoteProps {
  room: Room;
  message: Message;
  nameOf(message: Message): string;
  tabbable: boolean;
}

/** What a message answers, and the way to it. */
export function Quote({ room, message, nameOf, tabbable }: QuoteProps) {
  const { t } = useTranslation();
  const quoted = useQuoted(room, message.replyTo);
  if (!message.replyTo) return null;
  const name = quoted && (quoted.senderId === room.me.id ? t('room.you') : nameOf(quoted));
  return (
    <button
      type="button"
      tabIndex={tabbable ? 0 : -1}
      disabled={!quoted}
      aria-label={quoted ? t('message.toQuoted', { name, text: inOneLine(t, quoted, name ?? '') }) : undefined}
      onClick={() => quoted && void room.goTo(quoted.seq).catch(() => undefined)}
      className="mb-1 flex min-h-11 w-full max-w-full cursor-pointer flex-col justify-center rounded-inner border-line border-l-3 bg-well px-2.5 py-1 text-left text-small hover:border-brand disabled:cursor-default"
    >
      {quoted ? (
        <>
          <span className="font-semibold">{name}</span>
          <span className="line-clamp-2 text-ink-soft">{inOneLine(t, quoted, name ?? '')}</span>
        </>
      ) : (
        <span className="text-ink-soft">{t('message.quoted')}</span>
      )}
    </button>
  );
}
