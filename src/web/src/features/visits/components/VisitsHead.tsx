import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { useTitle } from '../../../hooks/useTitle';

const tabs = [
  { to: '/patient/visits', key: 'visits.upcoming' },
  { to: '/patient/visits/past', key: 'visits.past' },
] as const;

/** The two halves of one's visits. */
export function VisitsHead() {
  const { t } = useTranslation();
  useTitle(t('visits.title'));
  return (
    <>
      <h1 className="font-bold text-lead tablet:text-display tablet:tracking-tight">{t('visits.title')}</h1>
      <nav
        aria-label={t('visits.title')}
        className="flex w-full gap-1 self-start rounded-outer bg-well p-1 tablet:w-auto"
      >
        {tabs.map(({ to, key }) => (
          <NavLink
            key={to}
            to={to}
            end
            className="inline-flex min-h-11 grow items-center justify-center rounded-inner px-5 font-semibold text-ink-soft hover:text-ink aria-[current=page]:bg-sheet aria-[current=page]:text-ink"
          >
            {t(key)}
          </NavLink>
        ))}
      </nav>
    </>
  );
}
