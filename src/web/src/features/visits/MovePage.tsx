import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { queryKeys } from '../../api/queryKeys';
import { useAct } from '../../hooks/useAct';
import { useTitle } from '../../hooks/useTitle';
import { capitalized, clock, dayName } from '../../i18n/time';
import { BackTo } from '../../parts/BackTo';
import { Loaded } from '../../parts/Loaded';
import { Refused } from '../../parts/Refused';
import { SlotWeek } from '../../parts/slots/SlotWeek';
import type { Slot } from '../../parts/slots/useSlots';
import { deviceZone } from '../../parts/time';
import { useVisit } from '../../parts/useVisit';
import { addressOf, mayChange, type Visit } from '../../parts/visit';
import { FormDialog } from '../../primitives/FormDialog';
import { Notice } from '../../primitives/Notice';
import { usePractitioner } from '../booking';
import { moveVisit } from './api/visits';

const shape = ['h-10 w-3/4', 'h-6 w-1/2', 'mt-6 h-16 w-full', 'h-12 w-11/12'];

/** Another time for a visit that stays the same otherwise. */
export function MovePage() {
  const { id = '' } = useParams();
  const query = useVisit(id);
  return (
    <Loaded query={query} lines={shape}>
      {(visit) => <Move visit={visit} />}
    </Loaded>
  );
}

function Move({ visit }: { visit: Visit }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { busy, problem, run, forget } = useAct();
  const [chosen, setChosen] = useState<Slot | null>(null);
  const { data: practitioner, isPending } = usePractitioner(visit.practitioner.id);
  const name = addressOf(visit.practitioner);
  const when = (at: string) => t('when.at', { day: dayName(at), time: clock(at) });
  useTitle(t('move.title'));

  async function submit() {
    if (!chosen) return;
    const moved = await run(() => moveVisit(visit.id, chosen.startsAt));
    // Whatever was answered: what is free is not what was shown.
    void queries.invalidateQueries({ queryKey: queryKeys.patient });
    if (moved) void navigate(`/patient/visits/${visit.id}`, { replace: true });
  }

  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-col gap-1">
        <BackTo to={`/patient/visits/${visit.id}`}>{t('move.back')}</BackTo>
        <h1 className="font-bold text-lead tablet:text-display tablet:tracking-tight">{t('move.title')}</h1>
        <p className="text-ink-soft text-title">{t('move.text', { when: when(visit.scheduledAt), name })}</p>
      </div>
      {!mayChange(visit, Date.now()) && <Notice tone="waiting">{t('visit.tooLate', { name })}</Notice>}
      {mayChange(visit, Date.now()) && !isPending && (
        <section aria-label={t('slots.title')}>
          <h2 className="sr-only">{t('slots.title')}</h2>
          <SlotWeek
            practitionerId={visit.practitioner.id}
            practitionerName={name}
            zone={deviceZone()}
            nextFree={practitioner?.nextAvailableAt ?? null}
            onChoose={setChosen}
          />
        </section>
      )}
      {chosen && (
        <FormDialog
          title={t('move.question', { when: when(chosen.startsAt) })}
          text={t('move.questionText', { when: capitalized(when(visit.scheduledAt)), name })}
          submit={t('move.submit')}
          busy={busy && t('move.busy')}
          onSubmit={submit}
          onClose={() => {
            forget();
            setChosen(null);
          }}
        >
          <Refused problem={problem} words={problem?.code === 'slot_taken' ? t('book.lost') : undefined} />
        </FormDialog>
      )}
    </div>
  );
}
