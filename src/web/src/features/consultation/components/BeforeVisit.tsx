import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { clock, dayName } from '../../../i18n/time';
import type { Room } from '../../../parts/conversation/model/room';
import type { RoomState } from '../../../parts/conversation/model/roomState';
import { otherPerson } from '../../../parts/conversation/people';
import { Button } from '../../../primitives/Button';
import type { Consultation } from '../../../realtime/events';

interface BeforeVisitProps {
  room: Room;
  state: RoomState;
  consultation: Consultation;
}

/** What stands above the conversation as long as the visit has not begun. */
export function BeforeVisit(props: BeforeVisitProps) {
  const isPractitioner = props.room.me.role === 'PRACTITIONER';
  return (
    <section className="border-line border-b bg-well py-5 tablet:py-7">
      <div className="fade-in mx-auto w-full max-w-3xl px-5">
        {isPractitioner ? <ReadyToStart {...props} /> : <WaitingRoom {...props} />}
      </div>
    </section>
  );
}

function ReadyToStart({ room, state, consultation }: BeforeVisitProps) {
  const { t } = useTranslation();
  const [starting, setStarting] = useState(false);
  const { name } = otherPerson(consultation, room.me.id);
  const { queueItem, scheduledAt } = consultation;
  const when = t('when.at', { day: dayName(scheduledAt), time: clock(scheduledAt) });
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-4">
      <div className="flex flex-col gap-1">
        <h2 className="font-bold text-lead">{queueItem ? t('ready.waiting', { name }) : t('ready.title', { name })}</h2>
        <p className="measure text-ink-soft">
          {queueItem
            ? t('ready.waitingSince', { time: clock(queueItem.joinedAt), appointment: clock(scheduledAt) })
            : t('ready.text', { when, name })}
        </p>
      </div>
      <Button
        busy={starting && state.link === 'connected' && t('ready.starting')}
        onPress={() => {
          setStarting(true);
          room.enter();
        }}
      >
        {t('ready.start')}
      </Button>
    </div>
  );
}

function WaitingRoom({ room, state, consultation }: BeforeVisitProps) {
  const { t } = useTranslation();
  const [entered, setEntered] = useState(false);
  const { name } = otherPerson(consultation, room.me.id);
  const { queueItem, scheduledAt } = consultation;
  const isIn = state.joined || queueItem !== null;
  const when = t('when.at', { day: dayName(scheduledAt), time: clock(scheduledAt) });
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-4">
        <div className="flex flex-col gap-1">
          <h2 className="font-bold text-lead">{title()}</h2>
          <p className="measure text-ink-soft">{text()}</p>
        </div>
        {!isIn && (
          <Button
            busy={entered && state.link === 'connected' && t('waiting.connecting', { name })}
            onPress={() => {
              setEntered(true);
              room.enter();
            }}
          >
            {t('early.enter')}
          </Button>
        )}
      </div>
      <details className="group">
        <summary className="flex min-h-11 w-fit cursor-pointer items-center rounded-inner font-semibold text-brand underline-offset-4 hover:underline">
          {t('waiting.ready')}
          <ChevronDown aria-hidden="true" className="ml-1 size-4 transition-transform group-open:rotate-180" />
        </summary>
        <ul className="list-disc pl-5 text-ink-soft">
          <li>{t('waiting.ready1')}</li>
          <li>{t('waiting.ready2')}</li>
          <li>{t('waiting.ready3')}</li>
          <li>{t('waiting.ready4')}</li>
        </ul>
      </details>
      <p className="font-semibold text-urgent">{t('waiting.worse')}</p>
    </div>
  );

  function title() {
    if (!isIn) return t('early.title', { when });
    const position = queueItem?.position ?? 1;
    return position <= 1 ? t('waiting.next') : t('waiting.position', { position });
  }

  function text() {
    if (!isIn) return t('early.text', { name });
    const since = queueItem ? ` ${t('waiting.since', { time: clock(queueItem.joinedAt) })}` : '';
    return t('waiting.text', { name }) + since;
  }
}
