import { currentLanguage } from '.';

const day = 24 * 60 * 60_000;
const atMidnight = (time: Date) => new Date(time.getFullYear(), time.getMonth(), time.getDate());

/** Calendar days from `now` to `time`, by this device's clock: 0 is today, 1 tomorrow. */
function daysUntil(time: Date, now: Date): number {
  // Rounded, because a day at a change of clocks has 23 or 25 hours.
  return Math.round((atMidnight(time).getTime() - atMidnight(now).getTime()) / day);
}

/** "14:30". */
export function clock(time: string | number): string {
  return new Intl.DateTimeFormat(currentLanguage(), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    new Date(time),
  );
}

/** "today", "tomorrow", "Tuesday 24 November", with the year when it is another. */
export function dayName(time: string | number, now = new Date()): string {
  const date = new Date(time);
  const distance = daysUntil(date, now);
  if (Math.abs(distance) <= 1)
    return new Intl.RelativeTimeFormat(currentLanguage(), { numeric: 'auto' }).format(distance, 'day');
  const year = date.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const);
  return new Intl.DateTimeFormat(currentLanguage(), { weekday: 'long', day: 'numeric', month: 'long', ...year }).format(
    date,
  );
}

/** "12 Nov 2026". */
export function shortDate(time: string): string {
  return new Intl.DateTimeFormat(currentLanguage(), { day: 'numeric', month: 'short', year: 'numeric' }).format(
    new Date(time),
  );
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
