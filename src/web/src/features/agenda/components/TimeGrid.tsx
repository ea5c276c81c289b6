import { type KeyboardEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Slot } from '../../../parts/slots/useSlots';
import type { Day } from '../../../parts/time';
import { isAhead } from '../../../parts/visit';
import type { Visit } from '../api/visits';
import type { Moving } from '../hooks/useMoving';
import { hourRem, hoursOf, spans } from '../model/grid';
import { slotsOf, visitsOf } from '../model/visits';
import { DayColumn } from './DayColumn';

interface TimeGridProps {
  days: readonly Day[];
  visits: readonly Visit[];
  slots: readonly Slot[];
  zone: string;
  now: number;
  selected: string | null;
  moving: Moving;
  onSelect(visit: Visit): void;
  onOpenDay(day: Day): void;
  /** A key that means the calendar as a whole; true when it did. */
  onKey(key: string): boolean;
}

/** Days beside each other on one clock. Keys count only while the focus is on a visit, so they are in nobody's way. */
export function TimeGrid({ days, visits, slots, zone, now, moving, onOpenDay, onKey, ...rest }: TimeGridProps) {
  const { t } = useTranslation();
  const grid = useRef<HTMLDivElement>(null);
  const columns = days.map((day) => ({
    day,
    visits: visitsOf(visits, day, zone),
    slots: slotsOf(slots, day, zone),
  }));

  const shown = columns.flatMap((column) => spans(column.visits, column.slots));
  const hours = hoursOf(shown, zone);

  /** Takes the focus to the visit above or below, or to one of the day beside that has any. */
  function walk(id: string, key: string): boolean {
    const at = columns.findIndex((column) => column.visits.some((visit) => visit.id === id));
    const index = columns[at]?.visits.findIndex((visit) => visit.id === id) ?? -1;
    const beside = key === 'ArrowLeft' ? columns.slice(0, at).reverse() : columns.slice(at + 1);
    const next =
      key === 'ArrowUp'
        ? columns[at]?.visits[index - 1]
        : key === 'ArrowDown'
          ? columns[at]?.visits[index + 1]
          : beside.find((column) => column.visits.length > 0)?.visits[0];
    if (next) grid.current?.querySelector<HTMLElement>(`[data-visit="${next.id}"]`)?.focus();
    return true;
  }

  function onKeyDown(event: KeyboardEvent) {
    const id = (event.target as HTMLElement).dataset.visit;
    if (!id || event.ctrlKey || event.metaKey || event.altKey) return;
    if (take(id, event.key)) event.preventDefault();
  }

  function take(id: string, key: string): boolean {
    if (moving.key(key)) return true;
    if (key.startsWith('Arrow')) return walk(id, key);
    if (key.toLowerCase() !== 'm') return onKey(key);
    const visit = visits.find((one) => one.id === id);
    if (visit && isAhead(visit)) moving.take(visit);
    return true;
  }

  const every = Array.from({ length: hours.end - hours.start }, (_, index) => hours.start + index);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the visits inside, heard where they bubble to.
    <div
      ref={grid}
      onKeyDown={onKeyDown}
      // Whoever goes elsewhere has let go.
      onBlur={() => moving.byKeys && moving.letGo()}
      className="grid min-w-0 select-none border-line border-r border-b"
      style={{
        gridTemplateColumns: `3.25rem repeat(${days.length}, minmax(0, 1fr))`,
        backgroundImage: 'linear-gradient(to bottom, var(--line) 1px, transparent 1px)',
        backgroundSize: `100% ${hourRem}rem`,
        backgroundPosition: '3.25rem 4rem',
      }}
    >
      <div aria-hidden="true" className="bg-paper pt-16 text-right text-ink-soft text-small">
        {every.map((hour) => (
          <div key={hour} style={{ height: `${hourRem}rem` }} className="pr-2">
            <span className={hour === hours.start ? 'relative top-0.5' : 'relative -top-2.5'}>
              {t('agenda.hour', { hour: String(hour).padStart(2, '0') })}
            </span>
          </div>
        ))}
      </div>
      {columns.map((column) => (
        <DayColumn
          key={column.day}
          {...column}
          {...rest}
          zone={zone}
          hours={hours}
          now={now}
          moving={moving}
          onOpen={days.length > 1 ? onOpenDay : undefined}
        />
      ))}
    </div>
  );
}
