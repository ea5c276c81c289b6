import { shortDate } from '../../../i18n/time';

/** "1 Mar 2026": a day is the same one wherever it is read. */
export const dayText = (day: string) => shortDate(day, 'UTC');
