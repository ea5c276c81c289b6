import { useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../../api/problem';
import type { User } from '../../api/session';
import { useAct } from '../../hooks/useAct';
import { usePracticeZone } from '../../hooks/usePracticeZone';
import { useTitle } from '../../hooks/useTitle';
import { capitalized, dayName } from '../../i18n/time';
import { deviceZone, sameClock, zoneCity } from '../../parts/time';
import { Button } from '../../primitives/Button';
import { Notice as Words } from '../../primitives/Notice';
import { Skeleton } from '../../primitives/Skeleton';
import { TextLink } from '../../primitives/TextLink';
import { ProblemPage } from '../shell';
import { markAllRead, type Notice, useNewestNotice, useNotices } from './api/notices';
import { NoticeRow } from './components/NoticeRow';
import { sections } from './model/sections';

const shape = ['h-16 w-full', 'h-16 w-11/12', 'mt-0 h-16 w-full', 'h-16 w-5/6'];

/** What happened with one's visits while one was elsewhere, newest first. */
export function NoticesPage({ user }: { user: User }) {
  const { t } = useTranslation();
  const notices = useNotices();
  const practice = usePracticeZone(user.role === 'PRACTITIONER');
  const zone = practice.data?.timeZone;
  useTitle(t('notices.title'));
  const items = notices.data?.pages.flatMap((page) => page.items);
  return (
    <div className="flex flex-col gap-6">
      <Head any={Boolean(items?.length)} />
      {items && !practice.isLoading ? (
        <>
          {notices.error && <Words tone="waiting">{t('home.stale')}</Words>}
          {items.length === 0 && <Nothing isPractitioner={user.role === 'PRACTITIONER'} />}
          {zone && !sameClock(zone, deviceZone(), Date.now()) && (
            <p className="text-ink-soft">{t('notices.zone', { city: zoneCity(zone) })}</p>
          )}
          {sections(items, zone).map(({ day, items: ofDay }) => (
            <Day key={day} items={ofDay} zone={zone} />
          ))}
          {notices.hasNextPage && (
            <div>
              <Button
                look="quiet"
                busy={notices.isFetchingNextPage && t('list.loading')}
                onPress={() => void notices.fetchNextPage()}
              >
                {t('list.more')}
              </Button>
            </div>
          )}
        </>
      ) : notices.error ? (
        <ProblemPage
          category={Problem.from(notices.error).category}
          onRetry={() => void notices.refetch()}
          home={false}
        />
      ) : (
        <Skeleton label={t('list.loading')} lines={shape} />
      )}
      <div className="-mt-3">
        <TextLink to="/account/notices">{t('notices.settings')}</TextLink>
      </div>
    </div>
  );
}

function Head({ any }: { any: boolean }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data } = useNewestNotice();
  const { busy, problem, run } = useAct();
  const count = data?.unreadCount ?? 0;
  return (
    <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
      <div className="flex flex-col gap-1">
        <h1 className="font-bold text-lead">{t('notices.title')}</h1>
        <p role="status" className="text-ink-soft empty:hidden">
          {any && (count > 0 ? t('notices.unread', { count }) : t('notices.allRead'))}
        </p>
      </div>
      {count > 0 && (
        <Button
          look="quiet"
          busy={busy && t('notices.reading')}
          onPress={() => void run(() => markAllRead(queries)).then((done) => done && focusContent())}
        >
          {t('notices.readAll')}
        </Button>
      )}
      {problem && (
        <div className="w-full">
          <Words tone="urgent" alert>
            {t('notices.readFailed')}
          </Words>
        </div>
      )}
    </div>
  );
}

/** The button that had the focus is gone. */
const focusContent = () => document.getElementById('content')?.focus({ preventScroll: true });

function Day({ items, zone }: { items: readonly Notice[]; zone: string | undefined }) {
  const id = useId();
  const [first] = items;
  if (!first) return null;
  return (
    <section aria-labelledby={id} className="flex flex-col gap-1">
      <h2 id={id} className="font-semibold text-ink-soft">
        {capitalized(dayName(first.createdAt, new Date(), zone))}
      </h2>
      <ul className="border-line border-t">
        {items.map((notice) => (
          <li key={notice.id} className="border-line border-b">
            <NoticeRow notice={notice} zone={zone} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Nothing({ isPractitioner }: { isPractitioner: boolean }) {
  const { t } = useTranslation();
  return (
    <section className="measure flex flex-col gap-2">
      <h2 className="font-bold text-title">{t('notices.emptyTitle')}</h2>
      <p className="text-ink-soft text-large">
        {t(isPractitioner ? 'notices.emptyPractitioner' : 'notices.emptyPatient')}
      </p>
    </section>
  );
}
