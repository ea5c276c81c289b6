import { useTranslation } from 'react-i18next';
import { capitalized, clock } from '../../../i18n/time';
import type { Slot } from '../../../parts/slots/useSlots';
import { type Day, longDay, weekday } from '../../../parts/time';
import type { Visit } from '../api/visits';
import type { Moving } from '../hooks/useMoving';
import { type Hours, hourRem, place } from '../model/grid';
import { wallOf } from '../model/wall';
import { VisitBlock } from './VisitBlock';

interface DayColumnProps {
  day: Day;
  visits: readonly Visit[];
  slots: readonly Slot[];
  zone: string;
  hours: Hours;
  now: number;
  selected: string | null;
  moving: Moving;
  onSelect(visit: Visit): void;
  /** Opens the day alone; absent where it already is. */
  onOpen?: ((day: Day) => void) | undefined;
}

const rem = (minutes: number) => `${(minutes / 60) * hourRem}rem`;

/** One day as a column of time: visits, what is free between them, and now as a line. */
export function DayColumn({
  day,
  visits,
  slots,
  hours,
  zone,
  now,
  selected,
  moving,
  onSelect,
  onOpen,
}: DayColumnProps) {
  const { t } = useTranslation();
  const today = wallOf(now, zone);
  const isToday = today.date === day;
  const title = capitalized(longDay(day));
  const sum = [
    visits.length > 0 ? t('agenda.visits', { count: visits.length }) : t('agenda.noVisits'),
    slots.length > 0 && t('agenda.free', { count: slots.length }),
  ]
    .filter(Boolean)
    .join(', ');
  const minuteNow = today.minute - hours.start * 60;
  return (
    <section aria-label={`${title}: ${sum}`} className="min-w-0 border-line border-l">
      <h2 className="grid h-16 place-items-center border-line border-b">
        {onOpen ? (
          <button
            type="button"
            onClick={() => onOpen(day)}
            className="flex min-h-14 w-full cursor-pointer flex-col items-center justify-center rounded-outer leading-tight hover:bg-well"
          >
            <span aria-hidden="true" className={`text-small ${isToday ? 'font-semibold text-brand' : 'text-ink-soft'}`}>
              {weekday(day)}
            </span>
            <span
              aria-hidden="true"
              className={`grid min-w-8 place-items-center rounded-full px-1 text-large leading-8 ${isToday ? 'bg-brand font-semibold text-on-brand' : ''}`}
            >
              {Number(day.slice(8))}
            </span>
            <span className="sr-only">{t('agenda.openDay', { day: title })}</span>
          </button>
        ) : (
          <span className="font-semibold text-ink-soft text-small">{capitalized(sum)}</span>
        )}
      </h2>
      <div data-day={day} className="relative" style={{ height: rem((hours.end - hours.start) * 60) }}>
        {slots.map((slot) => (
          <FreeTime key={slot.startsAt} slot={slot} zone={zone} hours={hours} moving={moving} />
        ))}
        <ol>
          {place(visits).map((placed) => (
            <li key={placed.visit.id}>
              <VisitBlock
                placed={placed}
                zone={zone}
                hours={hours}
                now={now}
                selected={selected === placed.visit.id}
                moving={moving}
                onSelect={onSelect}
              />
            </li>
          ))}
        </ol>
        {isToday && minuteNow >= 0 && today.minute <= hours.end * 60 && (
          <div aria-hidden="true" className="pointer-events-none absolute inset-x-0" style={{ top: rem(minuteNow) }}>
            {/* Behind the visits, whose words it would strike out; its beginning before them. */}
            <div className="absolute inset-x-0 border-urgent border-t-2" />
            <div className="absolute -top-1 -left-1.5 z-3 size-2.5 rounded-full bg-urgent" />
          </div>
        )}
      </div>
    </section>
  );
}

/** A time that somebody could book. Only for the eye: the day says how many there are, and visits are moved by keys or from a list. */
function FreeTime({ slot, zone, hours, moving }: { slot: Slot; zone: string; hours: Hours; moving: Moving }) {
  const { minute } = wallOf(slot.startsAt, zone);
  const target = moving.held?.target?.startsAt === slot.startsAt;
  const look = target
    ? 'border-brand border-solid bg-brand-soft text-ink font-semibold'
    : moving.held
      ? 'border-brand text-ink-soft'
      : 'border-line text-ink-soft';
  return (
    <div
      aria-hidden="true"
      className={`absolute inset-x-[3px] rounded-inner border border-dashed px-2 py-1 text-small leading-tight ${look}`}
      style={{ top: rem(minute - hours.start * 60), height: `calc(${rem(slot.duration)} - 3px)` }}
    >
      {clock(slot.startsAt, zone)}
      {target && <span className="block truncate">{moving.held?.visit.patient.name}</span>}
    </div>
  );
}
