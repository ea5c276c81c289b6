import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { User } from '../../api/session';
import { useTitle } from '../../hooks/useTitle';
import { ConversationList } from './components/ConversationList';
import { SearchPanel } from './components/SearchPanel';
import { Talk } from './components/Talk';
import { chatBase } from './places';

/** Conversations of every kind: the list, and beside it (on a phone in its place) the one that is open. */
export function ChatPage({ user }: { user: User }) {
  const { id } = useParams();
  const base = chatBase(user.role);
  // On a phone the search, too, is a page: in front until a hit is looked at.
  const [search, setSearch] = useState<{ within: string | null; inFront: boolean } | null>(null);
  const listFirst = !id || search?.inFront;
  return (
    <div className="flex h-full min-h-0 bg-paper">
      <div
        className={`flex min-h-0 w-full flex-col border-line tablet:w-72 tablet:shrink-0 tablet:border-r desk:w-96 ${listFirst ? id && 'max-tablet:px-5' : 'max-tablet:hidden'}`}
      >
        {search ? (
          <SearchPanel
            key={search.within}
            user={user}
            base={base}
            within={search.within}
            onShown={() => setSearch({ ...search, inFront: false })}
            onClose={() => setSearch(null)}
          />
        ) : (
          <ConversationList
            user={user}
            base={base}
            beside={id !== undefined}
            onSearch={() => setSearch({ within: null, inFront: true })}
          />
        )}
      </div>
      <div className={`flex min-h-0 min-w-0 flex-1 flex-col ${listFirst ? 'max-tablet:hidden' : ''}`}>
        {id ? (
          <Talk key={id} id={id} user={user} base={base} onSearch={() => setSearch({ within: id, inFront: true })} />
        ) : (
          <Unchosen />
        )}
      </div>
    </div>
  );
}

function Unchosen() {
  const { t } = useTranslation();
  useTitle(t('chat.title'));
  return (
    <div className="m-auto flex flex-col gap-1 px-8 text-center">
      <p className="font-semibold text-large">{t('chat.choose')}</p>
      <p className="text-ink-soft">{t('chat.chooseText')}</p>
    </div>
  );
}
