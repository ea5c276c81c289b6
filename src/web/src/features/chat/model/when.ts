import { currentLanguage } from '../../../i18n';
import { clock, dayIn } from '../../../i18n/time';

/** As short as it can be: "14:30" today, else "20 Nov", with the year when it is another. */
export function shortWhen(at: string, now = new Date()): string {
  const [today, then] = [dayIn(now), dayIn(at)];
  if (today === then) return clock(at);
  const year = today.slice(0, 4) === then.slice(0, 4) ? {} : ({ year: '2-digit' } as const);
  return new Intl.DateTimeFormat(currentLanguage(), { day: 'numeric', month: 'short', ...year }).format(new Date(at));
}
