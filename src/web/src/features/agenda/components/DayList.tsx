import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { clock } from '../../../i18n/time';
import type { Slot } from '../../../parts/slots/useSlots';
import { minutesInWords } from '../../../parts/time';
import { formatKey } from '../../../parts/visit';
import type { Visit } from '../api/visits';
import { toneOf } from '../model/tone';
import { rowsOf } from '../model/visits';
import { VisitStatus } from './VisitStatus';

interface DayListProps {
  visits: readonly Visit[];
  slots: readonly Slot[];
  zone: string;
  now: number;
}

/** A day on a phone: what comes, in order, and what is free between. */
export function DayList({ visits, slots, zone, now }: DayListProps) {
  const { t } = useTranslation();
  const rows = rowsOf(visits, slots);
  if (rows.length === 0) return <p className="py-6 text-ink-soft text-large">{t('agenda.emptyDay')}</p>;
  return (
    <ol className="border-line border-t">
      {rows.map(({ at, visit, free }) => (
        <li key={at + (visit?.id ?? '')} className="border-line border-b">
          {visit ? (
            <Link
              to={`/professional/consultations/${visit.id}`}
              className={`-mx-2 grid min-h-16 grid-cols-[3.5rem_1fr] items-baseline rounded-outer px-2 py-2.5 hover:bg-well ${toneOf(visit, now) === 'past' ? 'text-ink-soft' : ''}`}
            >
              <span className="font-semibold text-large">{clock(at, zone)}</span>
              <span className="flex min-w-0 flex-col gap-0.5">
                <span className="font-semibold text-large leading-snug">{visit.patient.name}</span>
                <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-ink-soft">
                  {minutesInWords(visit.duration)} · {t(formatKey(visit.format))}
                  <VisitStatus visit={visit} />
                </span>
              </span>
            </Link>
          ) : (
            <p className="grid min-h-11 grid-cols-[3.5rem_1fr] items-center text-ink-soft">
              <span>{clock(at, zone)}</span>
              <span>
                {t('agenda.free', { count: free.length })}
                {free.length > 1 && `, ${t('agenda.until', { time: clock(free.at(-1)?.endsAt ?? at, zone) })}`}
              </span>
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}
