import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import type { User } from '../../../api/session';
import { useTitle } from '../../../hooks/useTitle';
import { Announcements } from '../../../parts/conversation/components/Announcements';
import { Conversing } from '../../../parts/conversation/components/Conversing';
import { otherPeople } from '../../../parts/conversation/people';
import { Segments } from '../../../primitives/Segments';
import { Skeleton } from '../../../primitives/Skeleton';
import { ProblemPage } from '../../shell';
import { useHours } from '../api/hours';
import { useTalk } from '../useTalk';
import { OutOfHours } from './OutOfHours';
import { TalkHeader } from './TalkHeader';

const shape = ['h-12 w-full', 'mt-8 h-5 w-2/3', 'h-5 w-1/2', 'ml-auto h-5 w-1/2', 'h-5 w-3/5', 'ml-auto h-5 w-2/5'];
/** What a message about a prescription or a result may be for. */
const intentsOf = {
  prescription: ['question', 'clarification', 'side_effects'],
  exam: ['explanation', 'interpretation', 'next_steps'],
} as const;
type Intent = (typeof intentsOf)['prescription' | 'exam'][number];

/** Characters a message may have that is about a prescription or a result. */
const recordLength = 1_000;

interface TalkProps {
  id: string;
  user: User;
  base: string;
  onSearch(): void;
}

/** One conversation: who, what was said, and a place to write. */
export function Talk({ id, user, base, onSearch }: TalkProps) {
  const { t } = useTranslation();
  const [room, state] = useTalk(id, user);
  const { key, state: asked } = useLocation();
  const seq = (asked as { seq?: number } | null)?.seq;
  const [intent, setIntent] = useState<Intent | null>(null);
  const isReady = room !== null && state.phase === 'ready';

  // biome-ignore lint/correctness/useExhaustiveDependencies: the same message may be asked for again.
  useEffect(() => {
    if (isReady && seq) void room.goTo(seq).catch(() => undefined);
  }, [isReady, seq, key]);

  const { conversation } = state;
  const hours = useHours(id, user.role === 'EMPLOYEE' && conversation?.status === 'active').data;
  const away = hours?.isOpen === false ? hours : null;
  const other = conversation ? otherPeople(conversation, user.id) : { id: '', name: '', plain: '' };
  useTitle(other.name || t('chat.title'));
  if (!room || !conversation)
    return (
      <div className="mx-auto w-full max-w-3xl px-5 py-12">
        {state.problem ? (
          <ProblemPage
            category={state.problem.category}
            onRetry={state.problem.category === 'unreachable' ? room?.retry : undefined}
            home={false}
          />
        ) : (
          <Skeleton label={t('room.loading')} lines={shape} />
        )}
      </div>
    );

  const { status, kind } = conversation;
  const intents: readonly Intent[] | null = kind === 'prescription' || kind === 'exam' ? intentsOf[kind] : null;
  const purpose = intent ?? intents?.[0] ?? null;
  const words = { active: null, archived: t('chat.isArchived'), closed: t('chat.closed') };
  return (
    <section aria-label={other.name} className="flex min-h-0 flex-1 flex-col">
      <TalkHeader room={room} state={state} conversation={conversation} other={other} base={base} onSearch={onSearch} />
      <Conversing
        room={room}
        state={state}
        otherName={other.name}
        writable={status === 'active'}
        emptyWords={t(user.role === 'PRACTITIONER' ? 'chat.emptyPractitioner' : 'chat.empty', { name: other.name })}
        shut={words[status]}
        notice={away && <OutOfHours hours={away} name={other.name} />}
        {...(away && { urgentHelp: t('away.urgent', { name: other.name }) })}
        marks
        {...(intents &&
          purpose && {
            maxLength: recordLength,
            intent: purpose,
            aboveComposer: (
              <Segments<Intent>
                quiet
                label={t('intent.label')}
                value={purpose}
                options={intents.map((value) => ({ value, label: t(`intent.${value}`) }))}
                onChange={setIntent}
              />
            ),
          })}
      />
      <Announcements room={room} state={state} other={other} />
    </section>
  );
}
