import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryKeys } from '../../../api/queryKeys';
import { useAct } from '../../../hooks/useAct';
import { useTitle } from '../../../hooks/useTitle';
import { shortDate } from '../../../i18n/time';
import { Loaded } from '../../../parts/Loaded';
import { Refused } from '../../../parts/Refused';
import { Button } from '../../../primitives/Button';
import { Question } from '../../../primitives/Question';
import { dropCalendarFeed, renewCalendarFeed, useCalendarFeed } from '../api/calendar';
import { NewAddress } from './NewAddress';

/** One's visits in the calendar that one uses anyway. */
export function CalendarPage() {
  const { t } = useTranslation();
  const feed = useCalendarFeed();
  useTitle(t('feed.title'));
  return (
    <div className="flex flex-col gap-8">
      <div className="measure flex flex-col gap-2">
        <h1 className="font-bold text-lead">{t('feed.title')}</h1>
        <p className="text-ink-soft text-large">{t('feed.lead')}</p>
      </div>
      <ul className="measure flex list-disc flex-col gap-2 pl-5 marker:text-brand">
        {(['feed.what', 'feed.whatNot', 'feed.secret'] as const).map((key) => (
          <li key={key}>{t(key)}</li>
        ))}
      </ul>
      <Loaded query={feed} lines={['h-6 w-2/3', 'h-11 w-56']}>
        {({ active, createdAt }) => <Address since={active ? createdAt : null} />}
      </Loaded>
    </div>
  );
}

function Address({ since }: { since: string | null }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { busy, problem, run } = useAct();
  const [made, setMade] = useState<string | null>(null);
  const [asked, setAsked] = useState<'renew' | 'drop' | null>(null);
  const [dropped, setDropped] = useState(false);

  async function renew() {
    const { url, ...feed } = await renewCalendarFeed();
    // The address itself is in this page alone, until one leaves it.
    queries.setQueryData(queryKeys.calendarFeed, feed);
    setDropped(false);
    setMade(url);
  }

  async function drop() {
    await dropCalendarFeed();
    setMade(null);
    setDropped(true);
    await queries.invalidateQueries({ queryKey: queryKeys.calendarFeed });
  }

  return (
    <section className="flex flex-col items-start gap-7 border-line border-t pt-6">
      {made && <NewAddress url={made} />}
      {!made && since && <p className="measure">{t('feed.since', { date: shortDate(since) })}</p>}
      <p role="status" className="text-done empty:hidden">
        {dropped && t('feed.dropped')}
      </p>
      <Refused problem={problem} />
      {since ? (
        <div className="flex flex-wrap gap-x-5 gap-y-2">
          <Button look="quiet" onPress={() => setAsked('renew')}>
            {t('feed.renew')}
          </Button>
          <Button look="plain" onPress={() => setAsked('drop')}>
            {t('feed.drop')}
          </Button>
        </div>
      ) : (
        <Button busy={busy && t('feed.making')} onPress={() => void run(renew)}>
          {t('feed.make')}
        </Button>
      )}
      {asked === 'renew' && (
        <Question
          title={t('feed.renewTitle')}
          text={t('feed.renewText')}
          confirm={t('feed.renew')}
          busy={t('feed.making')}
          failed={t('feed.failed')}
          act={renew}
          onClose={() => setAsked(null)}
        />
      )}
      {asked === 'drop' && (
        <Question
          title={t('feed.dropTitle')}
          text={t('feed.dropText')}
          confirm={t('feed.drop')}
          busy={t('feed.dropping')}
          failed={t('feed.failed')}
          act={drop}
          onClose={() => setAsked(null)}
        />
      )}
    </section>
  );
}
