import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Problem } from '../../api/problem';
import type { User } from '../../api/session';
import { useNow } from '../../hooks/useNow';
import { useTitle } from '../../hooks/useTitle';
import { withWords } from '../../i18n';
import { capitalized, clock, dayName } from '../../i18n/time';
import { BackTo } from '../../parts/BackTo';
import { OwnLink } from '../../parts/OwnLink';
import { useVisit } from '../../parts/useVisit';
import { addressOf, formatKey, isLive, roomOpensAt, standingOf, type Visit } from '../../parts/visit';
import { Notice } from '../../primitives/Notice';
import { Skeleton } from '../../primitives/Skeleton';
import { ProblemPage } from '../shell';
import { Facts } from './components/Facts';
import { StatusWord } from './components/StatusWord';
import { Story } from './components/Story';
import { VisitActs } from './components/VisitActs';

const GuestLinks = lazy(async () => ({
  default: (await withWords('room', () => import('../../parts/guests'))).GuestLinks,
}));

const VisitRecords = lazy(async () => ({
  default: (await withWords('records', () => import('../records/ways'))).VisitRecords,
}));

const shape = ['h-6 w-40', 'h-10 w-3/4', 'h-6 w-1/2', 'mt-4 h-12 w-52', 'mt-8 h-24 w-full'];

/** One visit: when, with whom, how it stands, and what one can do about it. */
export function VisitPage({ user }: { user: User }) {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { data, error, refetch } = useVisit(id);
  if (data)
    return (
      <div className="flex flex-col gap-8">
        <OwnLink />
        {error && <Notice tone="waiting">{t('home.stale')}</Notice>}
        <Page visit={data} user={user} />
      </div>
    );
  if (error) return <ProblemPage category={Problem.from(error).category} onRetry={() => void refetch()} />;
  return <Skeleton label={t('list.loading')} lines={shape} />;
}

function Page({ visit, user }: { visit: Visit; user: User }) {
  const { t } = useTranslation();
  // Doors open and deadlines pass while one looks.
  const now = useNow(10_000);
  const name = addressOf(visit.practitioner);
  const standing = standingOf(visit, now);
  const when = (at: string | number) => t('when.at', { day: dayName(at), time: clock(at) });
  const minutes = visit.actualDuration ?? visit.duration;
  useTitle(t('book.title', { name }));
  return (
    <>
      <div className="flex flex-col gap-3">
        <BackTo
          to={
            standing === 'done' || standing === 'cancelled' || standing === 'missed'
              ? '/patient/visits/past'
              : '/patient/visits'
          }
        >
          {t('visits.title')}
        </BackTo>
        <div>
          <StatusWord visit={visit} />
        </div>
        <h1 className="font-bold text-lead tablet:text-display tablet:tracking-tight">
          {capitalized(when(visit.scheduledAt))}
        </h1>
        <p className="text-ink-soft text-title">
          {[t('home.with', { name }), t(formatKey(visit.format)), t('home.minutes', { count: minutes })].join(' · ')}
        </p>
        <p role="status" className="measure text-large">
          {words()}
        </p>
      </div>
      <VisitActs visit={visit} standing={standing} name={name} now={now} />
      <Facts visit={visit} now={now} />
      <Suspense fallback={null}>
        <VisitRecords visit={visit} />
      </Suspense>
      {visit.format !== 'IN_PERSON' && (
        <Suspense fallback={null}>
          <GuestLinks visit={visit.id} user={user} isOver={!isLive(visit.status)} />
        </Suspense>
      )}
      <Story id={visit.id} status={visit.status} />
    </>
  );

  function words() {
    const remote = visit.format !== 'IN_PERSON';
    switch (standing) {
      case 'asked':
        return t('visit.now.asked', { name });
      case 'ahead':
        return remote ? t('visit.now.ahead', { when: when(roomOpensAt(visit)) }) : t('visit.now.aheadPlace', { name });
      case 'open':
        return remote ? t('visit.now.open', { name }) : t('visit.now.aheadPlace', { name });
      case 'running':
        return t('visit.now.running', { name });
      case 'done':
        return t('visit.now.done');
      case 'cancelled':
        return t(visit.cancelledBy === 'PATIENT' ? 'visit.now.cancelledByYou' : 'visit.now.cancelled', { name });
      case 'missed':
        return t('visit.now.missed');
    }
  }
}
