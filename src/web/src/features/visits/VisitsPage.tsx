import { useTranslation } from 'react-i18next';
import { Rows } from '../../parts/Rows';
import { ButtonLink } from '../../primitives/TextLink';
import { Wishes } from '../booking';
import { useUpcomingVisits } from './api/visits';
import { VisitRow } from './components/VisitRow';
import { VisitsHead } from './components/VisitsHead';

/** What is ahead of me, and for whom I wait. */
export function VisitsPage() {
  const { t } = useTranslation();
  const query = useUpcomingVisits();
  return (
    <div className="flex flex-col gap-7">
      <VisitsHead />
      <Wishes only="offered" />
      <Rows query={query} label={t('visits.upcoming')} empty={t('visits.noneAhead')}>
        {(visit) => <VisitRow visit={visit} />}
      </Rows>
      {query.data?.pages[0]?.items.length === 0 && (
        <div>
          <ButtonLink to="/patient/practitioners">{t('place.book')}</ButtonLink>
        </div>
      )}
      <Wishes only="waiting" />
    </div>
  );
}
