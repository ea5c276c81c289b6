import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import type { User } from '../../../api/session';
import { useTitle } from '../../../hooks/useTitle';
import { Talking } from '../../../parts/conversation/components/Talking';
import { TalkMissing } from '../../../parts/conversation/components/TalkMissing';
import { useTalk } from '../../../parts/conversation/hooks/useTalk';
import { otherPeople } from '../../../parts/conversation/people';
import { useHours } from '../api/hours';
import { OutOfHours } from './OutOfHours';
import { TalkHeader } from './TalkHeader';

const shape = ['h-12 w-full', 'mt-8 h-5 w-2/3', 'h-5 w-1/2', 'ml-auto h-5 w-1/2', 'h-5 w-3/5', 'ml-auto h-5 w-2/5'];

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
        <TalkMissing room={room} state={state} lines={shape} />
      </div>
    );

  return (
    <section aria-label={other.name} className="flex min-h-0 flex-1 flex-col">
      <TalkHeader room={room} state={state} conversation={conversation} other={other} base={base} onSearch={onSearch} />
      <Talking
        room={room}
        state={state}
        conversation={conversation}
        other={other}
        emptyWords={t(user.role === 'PRACTITIONER' ? 'chat.emptyPractitioner' : 'chat.empty', { name: other.name })}
        notice={away && <OutOfHours hours={away} name={other.name} />}
        {...(away && { urgentHelp: t('away.urgent', { name: other.name }) })}
      />
    </section>
  );
}
