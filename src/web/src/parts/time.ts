import { currentLanguage } from '../i18n';
import { dayIn } from '../i18n/time';

/** A day of a calendar, "2026-11-21": no instant, and of no zone by itself. */
export type Day = string;

/** Where this device's clock is: an IANA name. */
export const deviceZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The day so many days later, or earlier when negative. */
export function addDays(day: Day, count: number): Day {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}

/** The seven days of its week, Monday first. */
export function weekOf(day: Day): Day[] {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  const monday = addDays(day, -((weekday + 6) % 7));
  return Array.from({ length: 7 }, (_, index) => addDays(monday, index));
}

/** Milliseconds by which the clock of `zone` is ahead of UTC at an instant. */
function ahead(time: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en', {
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    timeZone: zone,
  }).formatToParts(time);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const shown = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return shown - Math.floor(time / 1_000) * 1_000;
}

/** The instant at which a day begins where `zone` is, in ISO 8601. */
export function startOfDay(day: Day, zone: string): string {
  const midnight = Date.parse(day);
  // Once with the difference of about then, once with that of just then: between the two clocks may have changed.
  const guess = midnight - ahead(midnight, zone);
  return new Date(midnight - ahead(guess, zone)).toISOString();
}

const ofDay = (day: Day, shape: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(currentLanguage(), { ...shape, timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));

/** "Tuesday 24 November". */
export const longDay = (day: Day) => ofDay(day, { weekday: 'long', day: 'numeric', month: 'long' });

/** "Tue", or "Tuesday". */
export const weekday = (day: Day, width: 'short' | 'long' = 'short') => ofDay(day, { weekday: width });

/** "24 Nov". */
export const dayAndMonth = (day: Day) => ofDay(day, { day: 'numeric', month: 'short' });

/** "23 – 29 November 2026". */
export function daySpan(from: Day, to: Day): string {
  const shape = new Intl.DateTimeFormat(currentLanguage(), {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return shape.formatRange(new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`));
}

/** What people call the clock of a zone at that time of the year: "Central European Standard Time". */
export function zoneName(zone: string, at: string | number | Date): string {
  const parts = new Intl.DateTimeFormat(currentLanguage(), { timeZone: zone, timeZoneName: 'long' }).formatToParts(
    new Date(at),
  );
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone;
}

/** The city that names a zone: "New York" of America/New_York. */
export const zoneCity = (zone: string) => zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');

const wall = (time: Date, zone: string) =>
  `${dayIn(time, zone)} ${new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone }).format(time)}`;

/** Whether clocks of both zones show the same at that instant: then naming the zone would only puzzle. */
export const sameClock = (zone: string, other: string, at: string | number | Date) =>
  zone === other || wall(new Date(at), zone) === wall(new Date(at), other);

/** A length in minutes as one says it: "50 min", "1 h 30 min". */
export function minutesInWords(minutes: number): string {
  const language = currentLanguage();
  const of = (value: number, unit: 'hour' | 'minute') =>
    new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(value);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return of(rest, 'minute');
  return rest === 0 ? of(hours, 'hour') : `${of(hours, 'hour')} ${of(rest, 'minute')}`;
}

/** What `list` holds, by the calendar day on which each begins where `zone` is, the earliest day first. */
export function byDay<T>(list: readonly T[], startOf: (one: T) => string, zone: string): Map<Day, T[]> {
  const days = new Map<Day, T[]>();
  for (const one of [...list].sort((a, b) => Date.parse(startOf(a)) - Date.parse(startOf(b)))) {
    const day = dayIn(startOf(one), zone);
    const known = days.get(day);
    if (known) known.push(one);
    else days.set(day, [one]);
  }
  return days;
}
