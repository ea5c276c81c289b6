import { useTranslation } from 'react-i18next';
import { capitalized, clock, dayName } from '../../../i18n/time';
import { deviceZone, sameClock, zoneCity } from '../../../parts/time';
import { mayChange, type Visit } from '../../../parts/visit';

/** What else there is to know, for those who look for it. */
export function Facts({ visit, now }: { visit: Visit; now: number }) {
  const { t } = useTranslation();
  const when = (at: string) => capitalized(t('when.at', { day: dayName(at), time: clock(at) }));
  const facts = [
    { label: t('book.reason'), text: visit.reason },
    { label: t('visit.cancelReason'), text: visit.cancelReason },
    {
      label: t('visit.changeUntil'),
      text: mayChange(visit, now) && visit.cancellableUntil && when(visit.cancellableUntil),
    },
    {
      label: t('visit.there', { city: zoneCity(visit.timeZone) }),
      text: !sameClock(visit.timeZone, deviceZone(), visit.scheduledAt) && clock(visit.scheduledAt, visit.timeZone),
    },
  ].filter(({ text }) => text);
  if (facts.length === 0) return null;
  return (
    <dl className="grid gap-x-8 gap-y-2 border-line border-t pt-6 tablet:grid-cols-[auto_1fr]">
      {facts.map(({ label, text }) => (
        <div key={label} className="contents">
          <dt className="text-ink-soft max-tablet:text-small">{label}</dt>
          <dd className="measure whitespace-pre-line max-tablet:mb-2">{text}</dd>
        </div>
      ))}
    </dl>
  );
}
