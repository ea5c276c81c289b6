import type { Slot } from '../../../parts/slots/useSlots';
import type { Visit } from '../api/visits';
import { wallOf } from './wall';

/** The hours that a column of time shows: whole ones, from `start` up to `end`. */
export interface Hours {
  start: number;
  end: number;
}

/** Rem that an hour is high. */
export const hourRem = 4.5;

const usual: Hours = { start: 9, end: 17 };

/** The usual working day, stretched to whatever lies outside it. */
export function hoursOf(items: readonly { startsAt: string | number; minutes: number }[], zone: string): Hours {
  const hours = { ...usual };
  for (const { startsAt, minutes } of items) {
    const from = wallOf(startsAt, zone).minute;
    hours.start = Math.min(hours.start, Math.floor(from / 60));
    hours.end = Math.min(24, Math.max(hours.end, Math.ceil((from + minutes) / 60)));
  }
  return hours;
}

export const spans = (visits: readonly Visit[], slots: readonly Slot[]) => [
  ...visits.map(({ scheduledAt, duration }) => ({ startsAt: scheduledAt, minutes: duration })),
  ...slots.map(({ startsAt, duration }) => ({ startsAt, minutes: duration })),
];

export interface Placed {
  visit: Visit;
  /** From the left, beginning with 0, of `lanes` beside each other. */
  lane: number;
  lanes: number;
}

/** Visits at one time, which only older records have, stand beside each other. */
export function place(visits: readonly Visit[]): Placed[] {
  const placed: Placed[] = [];
  let cluster: { visit: Visit; lane: number }[] = [];
  let clusterEnd = Number.NEGATIVE_INFINITY;
  let ends: number[] = [];
  const close = () => {
    placed.push(...cluster.map((one) => ({ ...one, lanes: ends.length })));
    cluster = [];
    ends = [];
  };
  for (const visit of visits) {
    const start = Date.parse(visit.scheduledAt);
    const end = start + visit.duration * 60_000;
    if (start >= clusterEnd) close();
    const free = ends.findIndex((taken) => taken <= start);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = end;
    cluster.push({ visit, lane });
    clusterEnd = Math.max(cluster.length === 1 ? end : clusterEnd, end);
  }
  close();
  return placed;
}
