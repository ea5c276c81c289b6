import type { Slot } from '../../../parts/slots/useSlots';
import { isAhead } from '../../../parts/visit';
import type { Visit } from '../api/visits';
import { wallOf } from './wall';

const minuteMs = 60_000;
export const endOf = ({ scheduledAt, duration }: Visit) => Date.parse(scheduledAt) + duration * minuteMs;

/** What a practitioner may do with a visit, the one thing that matters now first. */
export type VisitAct = 'confirm' | 'enter' | 'read' | 'move' | 'cancel' | 'noShow' | 'end' | 'followUp';

/** Milliseconds before the planned start from which the room is the thing to do. */
const nearness = 15 * minuteMs;

export function actsOf(visit: Visit, now: number): VisitAct[] {
  if (visit.status === 'IN_PROGRESS') return ['enter', 'end'];
  if (!isAhead(visit)) return ['read', 'followUp'];
  const start = Date.parse(visit.scheduledAt);
  const near = visit.waiting || start - now <= nearness;
  const acts: VisitAct[] = visit.status === 'SCHEDULED' && !near ? ['confirm', 'enter'] : ['enter'];
  if (visit.status === 'SCHEDULED' && near) acts.push('confirm');
  acts.push('move');
  if (now >= start) acts.push('noShow');
  acts.push('cancel');
  return acts;
}

const soonestFirst = (a: Visit, b: Visit) => a.scheduledAt.localeCompare(b.scheduledAt) || a.id.localeCompare(b.id);

/** What a calendar shows of a day: no visit that was called off, as its time is free again. */
export const visitsOf = (visits: readonly Visit[], date: string, zone: string): Visit[] =>
  visits
    .filter((visit) => visit.status !== 'CANCELLED' && wallOf(visit.scheduledAt, zone).date === date)
    .sort(soonestFirst);

export const slotsOf = (slots: readonly Slot[], date: string, zone: string): Slot[] =>
  slots.filter((slot) => slot.available && wallOf(slot.startsAt, zone).date === date);

interface DayRow {
  at: string;
  visit: Visit | null;
  /** Free times that follow each other without a visit between. */
  free: Slot[];
}

/** A day read from its beginning: visits, and between them what is free, in one line each. */
export function rowsOf(visits: readonly Visit[], slots: readonly Slot[]): DayRow[] {
  const rows: DayRow[] = [];
  const all: DayRow[] = [
    ...visits.map((visit) => ({ at: visit.scheduledAt, visit, free: [] })),
    ...slots.map((slot) => ({ at: slot.startsAt, visit: null, free: [slot] })),
  ];
  for (const row of all.sort((a, b) => a.at.localeCompare(b.at))) {
    const before = rows.at(-1);
    if (before && !before.visit && !row.visit) before.free.push(...row.free);
    else rows.push(row);
  }
  return rows;
}
