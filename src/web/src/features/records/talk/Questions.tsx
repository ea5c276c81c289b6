import { Maximize2, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { User } from '../../../api/session';
import { useWide } from '../../../hooks/useWide';
import { LinkWords } from '../../../parts/conversation/components/LinkWords';
import { Talking } from '../../../parts/conversation/components/Talking';
import { TalkMissing } from '../../../parts/conversation/components/TalkMissing';
import { useTalk } from '../../../parts/conversation/hooks/useTalk';
import { otherPeople } from '../../../parts/conversation/people';
import { IconButton } from '../../../primitives/Button';
import type { ClinicalRecord } from '../api/records';
import { isPractitioner, talkOf } from '../places';

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
  const [room, state] = useTalk(record.id, user);
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
        <Talking
          room={room}
          state={state}
          conversation={conversation}
          other={other}
          emptyWords={t(isPractitioner(user) ? 'record.asksTextPractitioner' : 'record.asksText', {
            name: other.name,
          })}
          focusFirst
        />
      ) : (
        <div className="p-5">
          <TalkMissing room={room} state={state} lines={shape} />
        </div>
      )}
    </>
  );
}
