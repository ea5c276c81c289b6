import { useTranslation } from 'react-i18next';
import { Problem } from '../../api/problem';
import type { User } from '../../api/session';
import { usePracticeZone } from '../../hooks/usePracticeZone';
import { useTitle } from '../../hooks/useTitle';
import { deviceZone, sameClock, zoneCity } from '../../parts/time';
import { Button } from '../../primitives/Button';
import { Notice } from '../../primitives/Notice';
import { Skeleton } from '../../primitives/Skeleton';
import { ButtonLink, TextLink } from '../../primitives/TextLink';
import { ProblemPage } from '../shell';
import { useMyConsultations } from './api/listMyConsultations';
import { NextVisit } from './components/NextVisit';
import { VisitList } from './components/VisitList';
import { agenda } from './model/agenda';

const shape = ['h-10 w-3/4', 'h-6 w-1/2', 'h-12 w-52', 'mt-10 h-px w-full', 'h-6 w-full', 'h-px w-full', 'h-6 w-11/12'];

/** Answers one question: when is my visit (patient), who waits for me (practitioner). */
export function Home({ user }: { user: User }) {
  const { t } = useTranslation();
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useMyConsultations();
  const isPractitioner = user.role === 'PRACTITIONER';
  const practice = usePracticeZone(isPractitioner);
  const zone = practice.data?.timeZone;
  const title = t(isPractitioner ? 'home.titlePractitioner' : 'home.title');
  useTitle(title);

  // A time that changes under the eye would be read wrong.
  if (isPending || practice.isLoading) return <Skeleton label={t('home.loading')} lines={shape} />;
  if (!data) return <ProblemPage category={Problem.from(error).category} onRetry={() => void refetch()} home={false} />;

  const items = data.pages.flatMap((page) => page.items);
  const { focus, waiting, inProgress, upcoming, past } = agenda(items, isPractitioner);
  return (
    <div className="flex flex-col gap-12">
      <h1 className="sr-only">{title}</h1>
      {error && <Notice tone="waiting">{t('home.stale')}</Notice>}
      {focus && <NextVisit item={focus} isPractitioner={isPractitioner} zone={zone} />}
      {zone && items.length > 0 && !sameClock(zone, deviceZone(), Date.now()) && (
        <p className="-mt-6 text-ink-soft text-small">{t('home.zone', { city: zoneCity(zone) })}</p>
      )}
      {!focus && <NothingAhead hasPast={past.length > 0} isPractitioner={isPractitioner} />}
      <VisitList title={t('home.section.waiting')} items={waiting} isPractitioner={isPractitioner} zone={zone} />
      <VisitList title={t('home.section.inProgress')} items={inProgress} isPractitioner={isPractitioner} zone={zone} />
      <VisitList title={t('home.section.upcoming')} items={upcoming} isPractitioner={isPractitioner} zone={zone} />
      <VisitList title={t('home.section.past')} items={past} isPractitioner={isPractitioner} zone={zone} past />
      {hasNextPage && (
        <div>
          <Button look="quiet" busy={isFetchingNextPage && t('home.loading')} onPress={() => void fetchNextPage()}>
            {t('home.more')}
          </Button>
        </div>
      )}
      {isPractitioner && (
        // The bar at the foot of a phone has no room for it.
        <div className="tablet:hidden">
          <TextLink to="/stats">{t('home.figures')}</TextLink>
        </div>
      )}
    </div>
  );
}

function NothingAhead({ hasPast, isPractitioner }: { hasPast: boolean; isPractitioner: boolean }) {
  const { t } = useTranslation();
  return (
    <section className="measure flex flex-col gap-2">
      <h2 className="font-bold text-display tracking-tight">{t(hasPast ? 'home.noneAhead' : 'home.empty.title')}</h2>
      <p className="text-ink-soft text-large">
        {t(hasPast ? 'home.noneAheadText' : isPractitioner ? 'home.empty.practitioner' : 'home.empty.patient')}
      </p>
      {!isPractitioner && (
        <div className="mt-3">
          <ButtonLink to="/patient/practitioners">{t('place.book')}</ButtonLink>
        </div>
      )}
      {isPractitioner && !hasPast && (
        <div>
          <TextLink to="/account/practice">{t('home.empty.practice')}</TextLink>
        </div>
      )}
    </section>
  );
}
