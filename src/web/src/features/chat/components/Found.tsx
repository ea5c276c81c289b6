import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { filesOf } from '../../../parts/conversation/model/words';
import { otherPeople, participantName } from '../../../parts/conversation/people';
import { Button } from '../../../primitives/Button';
import type { Conversation } from '../../../realtime/events';
import { excerpt, type Hit, type Search } from '../model/search';
import { shortWhen } from '../model/when';

interface FoundProps {
  search: Search;
  base: string;
  me: string;
  conversations: ReadonlyMap<string, Conversation>;
  onShown(): void;
  onMore(): void;
}

/** What a search has found so far, each with the way to it, and how far the search is. */
export function Found({ search, base, me, conversations, onShown, onMore }: FoundProps) {
  const { t } = useTranslation();
  const { status, hits, scanned, next } = search;
  const count = hits.length;
  if (status === 'idle') return null;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain border-line border-t">
      <p
        role="status"
        className={`py-2 text-small tablet:px-3 ${status === 'failed' ? 'text-urgent' : 'text-ink-soft'}`}
      >
        {words()}
      </p>
      <ul aria-label={t('search.results')}>
        {hits.map((hit) => (
          <li key={hit.message.id} className="border-line border-t">
            <HitRow
              hit={hit}
              base={base}
              me={me}
              conversation={conversations.get(hit.message.consultationId)}
              onShown={onShown}
            />
          </li>
        ))}
      </ul>
      {status === 'done' && next && (
        <div className="py-3 tablet:px-3">
          <Button look="quiet" onPress={onMore}>
            {t('search.more')}
          </Button>
        </div>
      )}
    </div>
  );

  function words() {
    if (status === 'running') return t('search.running', { scanned });
    if (status === 'failed') return t('search.failed');
    const found = count > 0 ? t('search.found', { count }) : t('search.none');
    return status === 'stopped' ? `${t('search.stopped')} ${count > 0 ? found : ''}` : found;
  }
}

interface HitRowProps {
  hit: Hit;
  base: string;
  me: string;
  conversation: Conversation | undefined;
  onShown(): void;
}

function HitRow({ hit: { message, places }, base, me, conversation, onShown }: HitRowProps) {
  const { t } = useTranslation();
  const other = conversation ? otherPeople(conversation, me).name : t('search.elsewhere');
  const sender =
    message.senderId === me
      ? t('room.you')
      : ((conversation && participantName(conversation, message.senderId)) ?? t('guest.someone'));
  const files = filesOf(message).map(({ name }) => name);
  let at = 0;
  return (
    <Link
      to={`${base}/${message.consultationId}`}
      state={{ seq: message.seq }}
      onClick={onShown}
      className="flex flex-col py-2.5 hover:bg-well max-tablet:-mx-3 max-tablet:px-3 tablet:px-3"
    >
      <span className="flex items-baseline gap-2">
        <span className="min-w-0 flex-1 truncate font-semibold">{other}</span>
        <time dateTime={message.createdAt} className="shrink-0 text-ink-soft text-small">
          {shortWhen(message.createdAt)}
        </time>
      </span>
      <span className="line-clamp-3 text-small">
        <span className="text-ink-soft">{t('room.said', { name: sender, text: '' })}</span>
        {excerpt(message.text ?? '', places).map(({ text, hit }) => {
          const key = at;
          at += text.length;
          return hit ? (
            <mark key={key} className="rounded-inner bg-waiting-soft font-semibold text-ink">
              {text}
            </mark>
          ) : (
            <span key={key}>{text}</span>
          );
        })}
      </span>
      {files.length > 0 && <span className="truncate text-ink-soft text-small">{files.join(', ')}</span>}
    </Link>
  );
}
