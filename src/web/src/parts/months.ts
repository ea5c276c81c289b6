import { currentLanguage } from '../i18n';

/** A month of a calendar, "2026-11": as reports count. */
export type Month = string;

export function addMonths(month: Month, count: number): Month {
  const [year = 0, index = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, index - 1 + count, 1)).toISOString().slice(0, 7);
}

export const monthOf = (time: number): Month => {
  const date = new Date(time);
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}`;
};

/** So many months up to this one, the earliest first. */
export const monthsUpTo = (last: Month, count: number): Month[] =>
  Array.from({ length: count }, (_, index) => addMonths(last, index + 1 - count));

const inWords = (month: Month, shape: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(currentLanguage(), { ...shape, timeZone: 'UTC' }).format(new Date(`${month}-01T00:00:00Z`));

/** "November 2026". */
export const monthName = (month: Month) => inWords(month, { month: 'long', year: 'numeric' });

/** "Nov", for the foot of a chart. */
export const shortMonth = (month: Month) => inWords(month, { month: 'short' });
