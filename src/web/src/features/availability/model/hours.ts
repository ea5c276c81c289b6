import { addDays, type Day } from '../../../parts/time';
import type { Rule } from '../api/availability';

/** Monday first, as a week is worked; 0 is Sunday, as the server counts. */
export const weekdays = [1, 2, 3, 4, 5, 6, 0] as const;

/** "09:30" as minutes since midnight; "24:00" is the end of the day. Null where it is no time. */
export function minutesOf(time: string): number | null {
  const found = /^(\d{2}):(\d{2})$/.exec(time);
  if (!found) return null;
  const minutes = Number(found[1]) * 60 + Number(found[2]);
  return Number(found[2]) < 60 && minutes <= 24 * 60 ? minutes : null;
}

/** What a time field gives for the end of a day: midnight is its last moment, not its first. */
export const endTimeOf = (time: string) => (time === '00:00' ? '24:00' : time);
export const fieldTimeOf = (time: string) => (time === '24:00' ? '00:00' : time);

export type HoursFault = 'missing' | 'order' | 'short' | null;

/** Why hours from `start` to `end` cannot be. `length` is of one visit, in minutes. */
export function hoursFault(start: string, end: string, length: number | null): HoursFault {
  const [from, to] = [minutesOf(start), minutesOf(endTimeOf(end))];
  if (from === null || to === null) return 'missing';
  if (to <= from) return 'order';
  return length !== null && to - from < length ? 'short' : null;
}

/** How many visits fit, as the slots are cut: a pause after each. */
export const fitting = (start: string, end: string, length: number, pause: number) => {
  const [from, to] = [minutesOf(start), minutesOf(endTimeOf(end))];
  if (from === null || to === null || to <= from || length <= 0) return 0;
  return Math.floor((to - from + pause) / (length + pause));
};

export const ofWeekday = (rules: readonly Rule[], weekday: number): Rule[] =>
  rules
    .filter((rule) => !rule.isException && rule.dayOfWeek === weekday)
    .sort((a, b) => (a.startTime ?? '').localeCompare(b.startTime ?? ''));

/** What is different on dates that are still to come, the next first. */
export const exceptionsFrom = (rules: readonly Rule[], today: Day): Rule[] =>
  rules
    .filter((rule) => rule.isException && (rule.exceptionDate ?? '') >= today)
    .sort((a, b) => `${a.exceptionDate}${a.startTime ?? ''}`.localeCompare(`${b.exceptionDate}${b.startTime ?? ''}`));

/** Days of a closing: the most that one form makes. */
export const longestClosing = 62;

/** Every date from the first to the last; null where that is backwards or too long. */
export function datesBetween(first: Day, last: Day): Day[] | null {
  if (!first) return null;
  const dates: Day[] = [];
  for (let day = first; day <= (last || first); day = addDays(day, 1)) {
    dates.push(day);
    if (dates.length > longestClosing) return null;
  }
  return dates.length > 0 ? dates : null;
}
