import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { capitalized, clock, dayName } from '../../../i18n/time';
import { sameClock, zoneCity } from '../../../parts/time';

interface WhenProps {
  at: string;
  zone: string;
  /** The practitioner's zone. */
  other: string;
  heading: RefObject<HTMLHeadingElement | null>;
  children: string;
}

/** The visit as a sentence: the time first, then with whom. */
export function When({ at, zone, other, heading, children }: WhenProps) {
  const { t } = useTranslation();
  const when = t('when.at', { day: dayName(at, new Date(), zone), time: clock(at, zone) });
  return (
    <div className="flex flex-col gap-1.5">
      <h1
        ref={heading}
        tabIndex={-1}
        className="font-bold text-lead outline-none tablet:text-display tablet:tracking-tight"
      >
        {capitalized(when)}
      </h1>
      <p className="text-ink-soft text-title">{children}</p>
      {!sameClock(zone, other, at) && (
        <p className="text-ink-soft">{t('book.theirTime', { time: clock(at, other), city: zoneCity(other) })}</p>
      )}
    </div>
  );
}
