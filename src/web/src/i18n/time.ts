import { currentLanguage } from '.';

const day = 24 * 60 * 60_000;

/** The calendar day of an instant where the clock is that of `zone` (an IANA name; this device's when absent), as "2026-11-21". */
export function dayIn(time: string | number | Date, zone?: string): string {
  const parts = new Intl.DateTimeFormat('en', {
    calendar: 'gregory',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    timeZone: zone,
  }).formatToParts(new Date(time));
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('year').padStart(4, '0')}-${of('month')}-${of('day')}`;
}

/** Calendar days from `from` to `to`, both as {@link dayIn} writes them. */
export const daysBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / day;

/** "14:30", on this device's clock or on that of `zone`. */
export function clock(time: string | number, zone?: string): string {
  return new Intl.DateTimeFormat(currentLanguage(), {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
  }).format(new Date(time));
}

/** "today", "tomorrow", "Tuesday 24 November", with the year when it is another; by this device's calendar or that of `zone`. */
export function dayName(time: string | number, now = new Date(), zone?: string): string {
  const [today, then] = [dayIn(now, zone), dayIn(time, zone)];
  const distance = daysBetween(today, then);
  if (Math.abs(distance) <= 1)
    return new Intl.RelativeTimeFormat(currentLanguage(), { numeric: 'auto' }).format(distance, 'day');
  const year = today.slice(0, 4) === then.slice(0, 4) ? {} : ({ year: 'numeric' } as const);
  return new Intl.DateTimeFormat(currentLanguage(), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: zone,
    ...year,
  }).format(new Date(time));
}

/** "12 Nov 2026", by this device's calendar or that of `zone`. */
export function shortDate(time: string, zone?: string): string {
  return new Intl.DateTimeFormat(currentLanguage(), {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: zone,
  }).format(new Date(time));
}

export const capitalized = (text: string) => text.charAt(0).toLocaleUpperCase(currentLanguage()) + text.slice(1);

/** "1.4 MB". */
export function fileSize(bytes: number): string {
  const [unit, divisor] = bytes >= 1_000_000 ? (['megabyte', 1_000_000] as const) : (['kilobyte', 1_000] as const);
  const digits = { maximumFractionDigits: unit === 'megabyte' ? 1 : 0 };
  return new Intl.NumberFormat(currentLanguage(), { style: 'unit', unit, ...digits }).format(
    Math.max(bytes / divisor, 1 / (unit === 'kilobyte' ? 1 : 10)),
  );
}
