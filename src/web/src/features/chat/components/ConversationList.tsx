import { Search } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../../../api/problem';
import type { User } from '../../../api/session';
import { Button, IconButton } from '../../../primitives/Button';
import { Notice } from '../../../primitives/Notice';
import { Segments } from '../../../primitives/Segments';
import { Skeleton } from '../../../primitives/Skeleton';
import { TextLink } from '../../../primitives/TextLink';
import { ProblemPage } from '../../shell';
import { useConversations } from '../api/conversations';
import { ConversationRow } from './ConversationRow';

const shape = ['h-14 w-full', 'h-14 w-11/12', 'h-14 w-full', 'h-14 w-10/12'];

interface ConversationListProps {
  user: User;
  base: string;
  /** A conversation is open beside it, and is what the page is about. */
  beside: boolean;
  onSearch(): void;
}

/** All conversations, the one with the newest message first. */
export function ConversationList({ user, base, beside, onSearch }: ConversationListProps) {
  const { t } = useTranslation();
  const Title = beside ? 'h2' : 'h1';
  const [which, setWhich] = useState<'active' | 'archived'>('active');
  return (
    <>
      <div className="flex flex-col gap-2 pt-5 pb-3 tablet:px-3">
        <div className="flex items-center justify-between">
          <Title className="font-bold text-lead">{t('chat.title')}</Title>
          <IconButton label={t('chat.searchAll')} onPress={onSearch}>
            <Search aria-hidden="true" className="size-5" />
          </IconButton>
        </div>
        <TextLink to={user.role === 'PRACTITIONER' ? '/professional/records' : '/patient/records'}>
          {t('place.records')}
        </TextLink>
        <Segments<'active' | 'archived'>
          quiet
          label={t('chat.which')}
          value={which}
          options={[
            { value: 'active', label: t('chat.active') },
            { value: 'archived', label: t('chat.archived') },
          ]}
          onChange={setWhich}
        />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain pb-4">
        <Items user={user} base={base} archived={which === 'archived'} />
      </div>
    </>
  );
}

function Items({ user, base, archived }: { user: User; base: string; archived: boolean }) {
  const { t } = useTranslation();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage, isPlaceholderData } =
    useConversations(archived);
  if (!data && error)
    return <ProblemPage category={Problem.from(error).category} onRetry={() => void refetch()} home={false} />;
  if (!data || isPlaceholderData)
    return (
      <div className="tablet:px-3">
        <Skeleton label={t('chat.loading')} lines={shape} />
      </div>
    );
  const items = data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <Nothing archived={archived} isPractitioner={user.role === 'PRACTITIONER'} />;
  return (
    <>
      {error && (
        <div className="pb-2 tablet:px-3">
          <Notice tone="waiting">{t('chat.stale')}</Notice>
        </div>
      )}
      <ul aria-label={t('chat.list')} className="border-line border-t">
        {items.map((conversation) => (
          <li key={conversation.id} className="border-line border-b">
            <ConversationRow conversation={conversation} to={`${base}/${conversation.id}`} me={user.id} />
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <div className="py-3 tablet:px-3">
          <Button look="quiet" busy={isFetchingNextPage && t('list.loading')} onPress={() => void fetchNextPage()}>
            {t('list.more')}
          </Button>
        </div>
      )}
    </>
  );
}

function Nothing({ archived, isPractitioner }: { archived: boolean; isPractitioner: boolean }) {
  const { t } = useTranslation();
  if (archived) return <p className="text-ink-soft tablet:px-3">{t('chat.noneArchived')}</p>;
  return (
    <div className="flex flex-col gap-1 tablet:px-3">
      <p className="font-semibold text-large">{t('chat.none')}</p>
      <p className="text-ink-soft">{t(isPractitioner ? 'chat.nonePractitioner' : 'chat.nonePatient')}</p>
      <TextLink to={isPractitioner ? '/agenda' : '/patient/visits'}>
        {t(isPractitioner ? 'chat.toAgenda' : 'chat.toVisits')}
      </TextLink>
    </div>
  );
}
