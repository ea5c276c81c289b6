import { CalendarPlus, CircleCheck, Clock3 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useTitle } from '../../hooks/useTitle';
import { capitalized, clock, dayName } from '../../i18n/time';
import { CalendarButton } from '../../parts/CalendarButton';
import { Loaded } from '../../parts/Loaded';
import { useVisit } from '../../parts/useVisit';
import { addressOf, formatKey, roomOpensAt, type Visit } from '../../parts/visit';
import { ButtonLink, TextLink } from '../../primitives/TextLink';

const shape = ['size-12', 'h-10 w-3/4', 'h-6 w-1/2', 'mt-6 h-24 w-full'];

/** It is done, and what happens next. */
export function BookedPage() {
  const { id = '' } = useParams();
  const query = useVisit(id);
  return (
    <Loaded query={query} lines={shape}>
      {(visit) => <Booked visit={visit} />}
    </Loaded>
  );
}

function Booked({ visit }: { visit: Visit }) {
  const { t } = useTranslation();
  const name = addressOf(visit.practitioner);
  const when = (at: string | number) => t('when.at', { day: dayName(at), time: clock(at) });
  const asked = visit.status === 'SCHEDULED';
  const title = t(asked ? 'booked.asked' : 'booked.title');
  const Sign = asked ? Clock3 : CircleCheck;
  useTitle(title);
  const next = [
    asked && t('booked.next.asked', { name }),
    visit.format === 'IN_PERSON'
      ? t('booked.next.place', { name })
      : t('booked.next.room', { when: when(roomOpensAt(visit)) }),
    t('booked.next.write', { name }),
    visit.cancellableUntil && t('booked.next.change', { when: when(visit.cancellableUntil) }),
  ].filter(Boolean);
  return (
    <div className="fade-in flex flex-col gap-8">
      <div className="flex flex-col gap-3">
        <p className={`flex items-center gap-2.5 font-semibold text-large ${asked ? 'text-waiting' : 'text-done'}`}>
          <Sign aria-hidden="true" className="size-6" />
          {title}
        </p>
        <h1 className="font-bold text-lead tablet:text-display tablet:tracking-tight">
          {capitalized(when(visit.scheduledAt))}
        </h1>
        <p className="text-ink-soft text-title">
          {[t('home.with', { name }), t(formatKey(visit.format)), t('home.minutes', { count: visit.duration })].join(
            ' · ',
          )}
        </p>
      </div>
      <section aria-labelledby="next-title" className="measure flex flex-col gap-2">
        <h2 id="next-title" className="font-semibold text-title">
          {t('booked.next')}
        </h2>
        <ol className="flex flex-col gap-3 border-line border-l-2 pl-5">
          {next.map((words) => (
            <li key={String(words)}>{words}</li>
          ))}
        </ol>
      </section>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
        <ButtonLink to={`/patient/visits/${visit.id}`}>{t('booked.see')}</ButtonLink>
        <CalendarButton visit={visit}>
          <CalendarPlus aria-hidden="true" className="size-4" />
        </CalendarButton>
        <TextLink to="/">{t('place.home')}</TextLink>
      </div>
    </div>
  );
}
