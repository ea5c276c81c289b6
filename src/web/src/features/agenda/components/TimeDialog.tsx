import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { capitalized, clock, dayIn } from '../../../i18n/time';
import { Loaded } from '../../../parts/Loaded';
import { Refused } from '../../../parts/Refused';
import type { Slot } from '../../../parts/slots/useSlots';
import { addDays, daySpan, longDay, weekOf } from '../../../parts/time';
import { IconButton } from '../../../primitives/Button';
import { FormDialog } from '../../../primitives/FormDialog';
import { bookFollowUp, moveVisit, useSlots, type Visit } from '../api/visits';
import { useVisitActs } from '../hooks/useVisitActs';
import { slotsOf } from '../model/visits';
import { spanOf } from '../model/wall';
import { whenOf } from '../when';

interface TimeDialogProps {
  visit: Visit;
  zone: string;
  /** Whether this visit goes there, or another one is made. */
  purpose: 'move' | 'followUp';
  onClose(): void;
}

/** Chooses a free time of one's own, week by week. */
export function TimeDialog({ visit, zone, purpose, onClose }: TimeDialogProps) {
  const { t } = useTranslation();
  const { busy, problem, act } = useVisitActs();
  const today = dayIn(Date.now(), zone);
  const own = dayIn(visit.scheduledAt, zone);
  const [days, setDays] = useState(() => weekOf([own, today].sort()[1] ?? today));
  const [chosen, setChosen] = useState<Slot | null>(null);
  const [asked, setAsked] = useState(false);
  const slots = useSlots(spanOf(days, zone));
  const [first = today, last = today] = [days[0], days.at(-1)];
  const { name } = visit.patient;

  async function submit() {
    setAsked(true);
    if (!chosen) return;
    if (await act(() => (purpose === 'move' ? moveVisit(visit.id, chosen) : bookFollowUp(visit, chosen)))) onClose();
    else setChosen(null);
  }

  const turn = (by: number) => setDays(days.map((day) => addDays(day, by)));
  return (
    <FormDialog
      title={t(`care.${purpose}Title`, { name })}
      text={
        purpose === 'move'
          ? t('care.moveText', { name, when: whenOf(t, visit.scheduledAt, zone) })
          : t('care.followUpText', { name })
      }
      submit={chosen ? t('care.chooseWhen', { when: whenOf(t, chosen.startsAt, zone) }) : t('care.choose')}
      busy={busy && t('practice.working')}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className="flex items-center justify-between gap-2">
        <IconButton label={t('agenda.previous.week')} isDisabled={first <= today} onPress={() => turn(-7)}>
          <ChevronLeft aria-hidden="true" className="size-5" />
        </IconButton>
        <p className="text-center font-semibold" aria-live="polite">
          {daySpan(first, last)}
        </p>
        <IconButton label={t('agenda.next.week')} onPress={() => turn(7)}>
          <ChevronRight aria-hidden="true" className="size-5" />
        </IconButton>
      </div>
      <Loaded query={slots} lines={['h-6 w-1/3', 'h-11 w-full', 'h-11 w-5/6']}>
        {(free) => {
          const open = days.filter((day) => slotsOf(free, day, zone).length > 0);
          if (open.length === 0) return <p className="py-4 text-ink-soft">{t('care.noTimes')}</p>;
          return (
            <div className="-mx-2 flex max-h-72 flex-col gap-4 overflow-y-auto px-2 py-1">
              {open.map((day) => (
                <fieldset key={day}>
                  <legend className="mb-1.5 font-semibold text-ink-soft text-small">{capitalized(longDay(day))}</legend>
                  <div className="flex flex-wrap gap-2">
                    {slotsOf(free, day, zone).map((slot) => (
                      <label
                        key={slot.startsAt}
                        className="grid min-h-11 min-w-18 cursor-pointer place-items-center rounded-outer border border-ink-faint px-3 hover:bg-well has-checked:border-brand has-checked:bg-brand has-checked:text-on-brand has-focus-visible:outline-3 has-focus-visible:outline-brand has-focus-visible:outline-offset-2"
                      >
                        <input
                          type="radio"
                          name="time"
                          className="sr-only"
                          checked={chosen?.startsAt === slot.startsAt}
                          onChange={() => setChosen(slot)}
                        />
                        {clock(slot.startsAt, zone)}
                      </label>
                    ))}
                  </div>
                </fieldset>
              ))}
            </div>
          );
        }}
      </Loaded>
      {asked && !chosen && !problem && (
        <p role="alert" className="text-small text-urgent">
          {t('care.chooseFault')}
        </p>
      )}
      <Refused problem={problem} />
    </FormDialog>
  );
}
