import type { TFunction } from 'i18next';
import { clock, dayName } from '../../i18n/time';

/** "tomorrow at 14:30", by the calendar of the practice. */
export const whenOf = (t: TFunction, time: string, zone: string) =>
  t('when.at', { day: dayName(time, new Date(), zone), time: clock(time, zone) });
