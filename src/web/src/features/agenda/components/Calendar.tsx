import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { Problem } from '../../../api/problem';
import { useNow } from '../../../hooks/useNow';
import { useWide } from '../../../hooks/useWide';
import { dayIn } from '../../../i18n/time';
import type { Slot } from '../../../parts/slots/useSlots';
import { deviceZone, sameClock, weekOf, zoneCity } from '../../../parts/time';
import { Notice } from '../../../primitives/Notice';
import { Quiet } from '../../../primitives/Quiet';
import { WaitingList } from '../../queue';
import { ProblemPage } from '../../shell';
import { useSlots, useVisits, type Visit } from '../api/visits';
import { useMoving } from '../hooks/useMoving';
import { addressOf, daysOf, type Place, placeFrom, turn } from '../model/agendaAddress';
import { slotsOf, visitsOf } from '../model/visits';
import { spanOf } from '../model/wall';
import { AgendaHeader } from './AgendaHeader';
import { DayList } from './DayList';
import { KeysDialog } from './KeysDialog';
import { MoveQuestion } from './MoveQuestion';
import { TimeGrid } from './TimeGrid';
import { VisitPanel } from './VisitPanel';
import { WeekStrip } from './WeekStrip';

/** Milliseconds: the line of now creeps on. */
const tick = 30_000;

export function Calendar({ zone }: { zone: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const now = useNow(tick);
  const [roomy, desk] = [useWide(44), useWide(64)];
  const [address, setAddress] = useSearchParams();
  const today = dayIn(now, zone);
  const chosen = placeFrom(address, today, desk ? 'week' : 'day');
  const place: Place = roomy ? chosen : { ...chosen, view: 'day' };
  const days = daysOf(place);
  // The whole week also for one of its days: the next one is there at once.
  const week = weekOf(place.day);
  const span = spanOf(week, zone);
  const visits = useVisits(span, keepPreviousData);
  const slots = useSlots(span, keepPreviousData);
  const [selected, setSelected] = useState<string | null>(null);
  const [move, setMove] = useState<{ visit: Visit; to: Slot } | null>(null);
  const [help, setHelp] = useState(false);
  const free = (slots.data ?? []).filter(({ available }) => available);
  const moving = useMoving(free, zone, (visit, to) => setMove({ visit, to }));

  const go = (next: Place) => setAddress(addressOf(next), { replace: true });
  const select = ({ id }: Visit) => (desk ? setSelected(id) : void navigate(`/professional/consultations/${id}`));
  const keys: Partial<Record<string, () => void>> = {
    t: () => go({ ...place, day: today }),
    d: () => go({ ...place, view: 'day' }),
    w: () => go({ ...place, view: 'week' }),
    pageup: () => go(turn(place, -1)),
    pagedown: () => go(turn(place, 1)),
    escape: () => setSelected(null),
    '?': () => setHelp(true),
  };
  const onKey = (key: string) => {
    const act = keys[key.toLowerCase()];
    act?.();
    return act !== undefined;
  };

  const failed = visits.error ?? slots.error;
  const known = visits.data;
  if (!known && failed)
    return <ProblemPage category={Problem.from(failed).category} onRetry={() => void visits.refetch()} home={false} />;
  if (!known) return <Quiet words={t('list.loading')} />;
  const open = known.find(({ id }) => id === selected);

  return (
    <div className="flex flex-col gap-5 tablet:-mt-4">
      <AgendaHeader
        place={place}
        roomy={roomy}
        onGo={go}
        onToday={() => go({ ...place, day: today })}
        onKeys={() => setHelp(true)}
      />
      {failed && <Notice tone="waiting">{t('home.stale')}</Notice>}
      {!sameClock(zone, deviceZone(), now) && (
        <p className="text-ink-soft text-small">{t('agenda.zone', { city: zoneCity(zone) })}</p>
      )}
      <div className="grid items-start gap-8 desk:grid-cols-[minmax(0,1fr)_19rem]">
        {roomy ? (
          <TimeGrid
            days={days}
            visits={known}
            slots={free}
            zone={zone}
            now={now}
            selected={selected}
            moving={moving}
            onSelect={select}
            onOpenDay={(day) => go({ view: 'day', day })}
            onKey={onKey}
          />
        ) : (
          <div className="flex flex-col gap-5">
            <WeekStrip
              days={week}
              chosen={place.day}
              today={today}
              countOf={(day) => visitsOf(known, day, zone).length}
              onChoose={(day) => go({ ...place, day })}
            />
            <DayList
              visits={visitsOf(known, place.day, zone)}
              slots={slotsOf(free, place.day, zone)}
              zone={zone}
              now={now}
            />
          </div>
        )}
        {desk && (
          <aside aria-label={t('agenda.beside')} className="sticky top-6 flex flex-col gap-8">
            {open && <VisitPanel visit={open} zone={zone} now={now} onClose={() => setSelected(null)} />}
            <section className="flex flex-col gap-3">
              <h2 className="font-semibold text-ink-soft">{t('queue.title')}</h2>
              <WaitingList compact />
            </section>
          </aside>
        )}
      </div>
      <p role="status" className="sr-only">
        {moving.said}
      </p>
      {moving.byKeys && (
        <p
          aria-hidden="true"
          className="fade-in fixed inset-x-0 bottom-6 z-10 mx-auto w-fit max-w-md rounded-outer bg-ink px-5 py-3 text-center text-paper shadow-float"
        >
          {t('agenda.moving.how')}
        </p>
      )}
      {move && (
        <MoveQuestion
          {...move}
          zone={zone}
          onClose={() => {
            setMove(null);
            focusVisit(move.visit);
          }}
        />
      )}
      {help && <KeysDialog onClose={() => setHelp(false)} />}
    </div>
  );
}

/** Back to the visit, wherever it stands now, once the question before it is gone. */
function focusVisit({ id }: Visit) {
  setTimeout(() => document.querySelector<HTMLElement>(`[data-visit="${id}"]`)?.focus(), 50);
}
