import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../../hooks/useNow';
import { clock } from '../../../i18n/time';
import { Button } from '../../../primitives/Button';
import { Notice } from '../../../primitives/Notice';
import { Question } from '../../../primitives/Question';
import type { Place } from '../api/waitingRoom';
import { minutesUntil } from '../model/words';

interface WaitingProps {
  place: Place;
  scheduledAt: string;
  /** The practitioner, as one addresses them. */
  name: string;
  /** Gives the place to others. */
  onLeave(): Promise<void>;
}

/** One's place in line, in words; what changes is said politely. */
export function Waiting({ place, scheduledAt, name, onLeave }: WaitingProps) {
  const { t } = useTranslation();
  const [leaving, setLeaving] = useState(false);
  const now = useNow(15_000);
  const before = place.position - 1;
  const minutes = minutesUntil(place.expectedAt, now);
  return (
    <>
      <div aria-live="polite" className="fade-in flex flex-col gap-3">
        <h1 className="font-bold text-display tracking-tight">
          {before <= 0 ? t('wait.next') : t('wait.before', { count: before })}
        </h1>
        <p className="measure text-title">{expected()}</p>
        <p className="measure text-ink-soft">
          {t(place.practitionerPresent ? 'wait.present' : 'wait.absent', { name })}
        </p>
        {place.delayMinutes > 0 && (
          <Notice tone="waiting">{t('wait.delay', { name, count: place.delayMinutes })}</Notice>
        )}
      </div>
      <Line before={before} />
      <div className="flex flex-wrap items-center gap-x-6 text-ink-soft">
        <span>{t('wait.since', { since: clock(place.joinedAt), time: clock(scheduledAt) })}</span>
        <Button look="plain" onPress={() => setLeaving(true)}>
          {t('wait.leave')}
        </Button>
      </div>
      {leaving && (
        <Question
          title={t('wait.leaveTitle')}
          text={t('wait.leaveText', { name })}
          confirm={t('wait.leave')}
          busy={t('wait.leaving')}
          failed={t('wait.leaveFailed')}
          act={onLeave}
          onClose={() => setLeaving(false)}
        />
      )}
    </>
  );

  function expected() {
    if (minutes === null) return t('wait.soon', { name });
    if (minutes === 1) return t('wait.aMinute', { name });
    return t('wait.minutes', { count: minutes, time: clock(place.expectedAt ?? now) });
  }
}

/** How many people a drawn line shows before it says "more". */
const drawn = 6;

/** The same for the eye: those before, oneself, the door. */
function Line({ before }: { before: number }) {
  const shown = Math.min(before, drawn);
  return (
    <div aria-hidden="true" className="flex items-center gap-2">
      <span className="h-9 w-6 rounded-t-inner border-2 border-ink-faint border-b-0 bg-well" />
      {Array.from({ length: shown }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are nobody in particular.
        <span key={index} className="size-4 rounded-full bg-ink-faint/50" />
      ))}
      {before > drawn && <span className="text-ink-soft">+{before - drawn}</span>}
      <span className="breathing size-6 rounded-full border-4 border-brand-soft bg-brand" />
    </div>
  );
}
