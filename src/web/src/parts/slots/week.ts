import { dayIn } from '../../i18n/time';
import { addDays, byDay, type Day } from '../time';
import type { Slot } from './useSlots';

/** How many days are shown at once. */
export const shownDays = 7;

export interface ShownDay {
  day: Day;
  slots: Slot[];
}

/** The days from `first` on with what is free on each, on the calendar of `zone`. */
export function daysFrom(first: Day, slots: readonly Slot[], zone: string): ShownDay[] {
  const known = byDay(slots, ({ startsAt }) => startsAt, zone);
  return Array.from({ length: shownDays }, (_, index) => {
    const day = addDays(first, index);
    return { day, slots: known.get(day) ?? [] };
  });
}

/** The day to look at: the one that was chosen while it is shown, else the first with something free, else the first. */
export function dayToShow(days: readonly ShownDay[], chosen: Day | null): Day {
  const still = days.find(({ day }) => day === chosen);
  return (still ?? days.find(({ slots }) => slots.length > 0) ?? days[0])?.day ?? '';
}

const partsOfDay = ['morning', 'afternoon', 'evening'] as const;
export type PartOfDay = (typeof partsOfDay)[number];

function partOf(startsAt: string, zone: string): PartOfDay {
  const hour = Number(
    new Intl.DateTimeFormat('en', { hour: '2-digit', hourCycle: 'h23', timeZone: zone }).format(new Date(startsAt)),
  );
  if (hour < 12) return 'morning';
  return hour < 18 ? 'afternoon' : 'evening';
}

/** A day's times by part of the day; parts with nothing are left out. */
export const byPart = (slots: readonly Slot[], zone: string): { part: PartOfDay; slots: Slot[] }[] =>
  partsOfDay
    .map((part) => ({ part, slots: slots.filter(({ startsAt }) => partOf(startsAt, zone) === part) }))
    .filter((group) => group.slots.length > 0);

/** Where the calendar opens: today, or the day of the next free time when that is further than one look. */
export function openingDay(today: Day, nextFree: string | null, zone: string): Day {
  const next = nextFree ? dayIn(nextFree, zone) : today;
  return next >= addDays(today, shownDays) ? next : today;
}
