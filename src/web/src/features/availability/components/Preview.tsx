import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { capitalized, clock, dayIn } from '../../../i18n/time';
import { Loaded } from '../../../parts/Loaded';
import { addDays, byDay, longDay } from '../../../parts/time';
import { useFreeTimes } from '../api/freeTimes';

/** Days that are looked ahead, and how many with free times are shown. */
const ahead = 14;
const shownDays = 5;
const shownTimes = 6;

/** The next times that patients can book, as they follow from everything beside it. */
export function Preview({ zone }: { zone: string }) {
  const { t } = useTranslation();
  const [today] = useState(() => dayIn(Date.now(), zone));
  const free = useFreeTimes(today, addDays(today, ahead));
  return (
    <section className="flex flex-col gap-3">
      <h2 className="font-semibold text-ink-soft">{t('hours.preview')}</h2>
      <Loaded query={free} lines={['h-5 w-2/3', 'h-8 w-full', 'h-5 w-1/2', 'h-8 w-11/12']}>
        {(slots) => {
          if (slots.length === 0) return <p className="text-ink-soft">{t('hours.noneFree', { count: ahead })}</p>;
          const days = [...byDay(slots, ({ startsAt }) => startsAt, zone)];
          return (
            <>
              <p className="font-semibold text-large">{t('hours.freeCount', { count: slots.length, days: ahead })}</p>
              <ol className="flex flex-col gap-4">
                {days.slice(0, shownDays).map(([day, list]) => (
                  <li key={day} className="flex flex-col gap-1.5">
                    <h3 className="text-small">{capitalized(longDay(day))}</h3>
                    <p className="flex flex-wrap gap-1.5">
                      {list.slice(0, shownTimes).map(({ startsAt }) => (
                        <span key={startsAt} className="rounded-inner border border-line bg-sheet px-2 py-0.5">
                          {clock(startsAt, zone)}
                        </span>
                      ))}
                      {list.length > shownTimes && (
                        <span className="px-1 py-0.5 text-ink-soft">
                          {t('hours.moreTimes', { count: list.length - shownTimes })}
                        </span>
                      )}
                    </p>
                  </li>
                ))}
              </ol>
            </>
          );
        }}
      </Loaded>
    </section>
  );
}
