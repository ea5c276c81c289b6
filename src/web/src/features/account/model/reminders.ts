import { currentLanguage } from '../../../i18n';

/** Minutes before a visit that are offered. */
const usual = [7 * 1440, 2 * 1440, 1440, 120, 60, 30, 15];

/** What can be chosen, the farthest first: the usual times, and whatever this person has besides. */
export const reminderChoices = (own: readonly number[]): number[] =>
  [...new Set([...usual, ...own])].sort((a, b) => b - a);

/** "1 day", "2 hours", "90 minutes". */
export function leadInWords(minutes: number): string {
  const [value, unit] =
    minutes % 1440 === 0
      ? ([minutes / 1440, 'day'] as const)
      : minutes % 60 === 0
        ? ([minutes / 60, 'hour'] as const)
        : ([minutes, 'minute'] as const);
  return new Intl.NumberFormat(currentLanguage(), { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}
