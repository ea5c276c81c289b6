import { Maximize2, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { User } from '../../../api/session';
import { useWide } from '../../../hooks/useWide';
import { conversationApi } from '../../../parts/conversation/api/roomApi';
import { Announcements } from '../../../parts/conversation/components/Announcements';
import { Conversing } from '../../../parts/conversation/components/Conversing';
import { LinkWords } from '../../../parts/conversation/components/LinkWords';
import { useRoom } from '../../../parts/conversation/hooks/useRoom';
import { otherPeople } from '../../../parts/conversation/people';
import { IconButton } from '../../../primitives/Button';
import { Segments } from '../../../primitives/Segments';
import { Skeleton } from '../../../primitives/Skeleton';
import { shareLine } from '../../../realtime/line';
import { session } from '../../../session';
import { ProblemPage } from '../../shell';
import type { ClinicalRecord } from '../api/records';
import { isPractitioner, talkOf } from '../places';

/** What a message about a prescription or a result may be for; the server takes no other. */
const intentsOf = {
  prescription: ['question', 'clarification', 'side_effects'],
  exam: ['explanation', 'interpretation', 'next_steps'],
} as const;
type Intent = (typeof intentsOf)['prescription' | 'exam'][number];

/** Characters that a message about a record may have. */
const recordLength = 1_000;
const shape = ['h-5 w-2/3', 'h-5 w-1/2', 'ml-auto h-5 w-1/2'];

interface QuestionsProps {
  record: ClinicalRecord;
  user: User;
  onClose(): void;
}

/** The conversation about a record: at a desk beside it, so that one reads and writes; on a phone over it. */
export default function Questions({ record, user, onClose }: QuestionsProps) {
  const wide = useWide(64);
  const id = useId();
  if (!wide)
    return (
      <ModalOverlay isOpen onOpenChange={(open) => !open && onClose()} className="fixed inset-0 z-20 bg-veil">
        <Modal className="fade-in h-full w-full bg-paper text-ink outline-none">
          <Dialog aria-labelledby={id} className="flex h-full flex-col outline-none">
            <Inside record={record} user={user} titleId={id} onClose={onClose} />
          </Dialog>
        </Modal>
      </ModalOverlay>
    );
  return <Aside record={record} user={user} titleId={id} onClose={onClose} />;
}

/** A dialog that leaves the record in reach: it takes the focus, and Escape closes it, from wherever the focus is in it. */
function Aside(props: QuestionsProps & { titleId: string }) {
  const dialog = useRef<HTMLDivElement>(null);
  useEffect(() => dialog.current?.focus({ preventScroll: true }), []);
  const onKeyDown = (event: KeyboardEvent) => {
    // A menu or a picture that it opened closes itself first.
    if (event.key === 'Escape' && !event.defaultPrevented && dialog.current?.contains(event.target as Node))
      props.onClose();
  };
  return (
    <div
      ref={dialog}
      role="dialog"
      aria-labelledby={props.titleId}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      className="fade-in sticky top-4 flex h-[calc(100dvh-2rem)] max-h-180 min-h-96 flex-col overflow-hidden rounded-outer border border-line bg-paper outline-none"
    >
      <Inside {...props} />
    </div>
  );
}

function Inside({ record, user, titleId, onClose }: QuestionsProps & { titleId: string }) {
  const { t } = useTranslation();
  const [room, state] = useRoom({ id: record.id, place: 'talk', userId: user.id, role: user.role, connect });
  const [intent, setIntent] = useState<Intent | null>(null);
  const intents: readonly Intent[] = intentsOf[record.exam ? 'exam' : 'prescription'];
  const purpose = intent ?? intents[0] ?? 'question';
  const { conversation } = state;
  const other = conversation ? otherPeople(conversation, user.id) : null;
  return (
    <>
      <header className="flex items-start gap-1 border-line border-b py-2 pr-1.5 pl-4">
        <div className="min-w-0 flex-1 py-1.5">
          <h2 id={titleId} className="font-bold text-large leading-tight">
            {t(record.exam ? 'record.askExam' : 'record.askPrescription')}
          </h2>
          <p className="text-ink-soft text-small">
            {other && `${other.name} · `}
            <LinkWords status={state.link} />
          </p>
        </div>
        <Link
          to={talkOf(user, record.id)}
          aria-label={t('record.asksPage')}
          title={t('record.asksPage')}
          className="grid size-11 shrink-0 place-items-center rounded-outer text-ink-soft hover:bg-well hover:text-ink"
        >
          <Maximize2 aria-hidden="true" className="size-5" />
        </Link>
        <IconButton label={t('record.asksClose')} onPress={onClose}>
          <X aria-hidden="true" className="size-5" />
        </IconButton>
      </header>
      {room && conversation && other ? (
        <>
          <Conversing
            room={room}
            state={state}
            otherName={other.name}
            writable={conversation.status === 'active'}
            emptyWords={t(isPractitioner(user) ? 'record.asksTextPractitioner' : 'record.asksText', {
              name: other.name,
            })}
            shut={
              conversation.status === 'active'
                ? null
                : t(conversation.status === 'closed' ? 'chat.closed' : 'chat.isArchived')
            }
            focusFirst
            marks
            maxLength={recordLength}
            intent={purpose}
            aboveComposer={
              <Segments<Intent>
                quiet
                label={t('intent.label')}
                value={purpose}
                options={intents.map((value) => ({ value, label: t(`intent.${value}`) }))}
                onChange={setIntent}
              />
            }
          />
          <Announcements room={room} state={state} other={other} />
        </>
      ) : (
        <div className="p-5">
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
      )}
    </>
  );
}

/** By the line that the tab has already. */
function connect(id: string) {
  const { live, release } = shareLine(session);
  return { api: conversationApi(session, id), live: { ...live, close: release } };
}
