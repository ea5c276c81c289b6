import { lazy, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, Route, Routes } from 'react-router';
import type { User } from '../../api/session';
import { withWords } from '../../i18n';
import { AdminPage, ProblemPage } from '../shell';
import { AuditPage } from './audit/AuditPage';
import { BackupsPage } from './operator/BackupsPage';
import { HealthPage } from './operator/HealthPage';
import { OrganizationPage } from './organization/OrganizationPage';
import { ImportPage } from './people/ImportPage';
import { PeoplePage } from './people/PeoplePage';
import { type Place, placesOf } from './places';
import { FiguresPage } from './platform/FiguresPage';
import { OrganizationsPage } from './platform/OrganizationsPage';
import { PractitionersPage } from './platform/PractitionersPage';
import { UsagePage } from './usage/UsagePage';

const RetentionPage = lazy(() => withWords('keeping', () => import('./retention/RetentionPage')));

/** What administrators do here; of care itself they see nothing. */
export function AdminPages({ user }: { user: User }) {
  const { t } = useTranslation();
  const pages: Record<Place, ReactNode> = {
    people: <PeoplePage />,
    usage: <UsagePage />,
    organization: <OrganizationPage />,
    audit: <AuditPage user={user} />,
    organizations: <OrganizationsPage user={user} />,
    practitioners: <PractitionersPage />,
    figures: <FiguresPage />,
    health: <HealthPage />,
    backups: <BackupsPage />,
    retention: <RetentionPage user={user} />,
  };
  const places = placesOf(user);
  return (
    <div className="flex flex-col gap-8">
      <nav aria-label={t('admin.places')} className="flex gap-6 overflow-x-auto border-line border-b tablet:-mt-4">
        {places.map((place) => (
          <NavLink
            key={place}
            to={`/${place}`}
            className="-mb-px inline-flex min-h-11 items-center whitespace-nowrap border-transparent border-b-2 font-semibold text-ink-soft hover:text-ink aria-[current=page]:border-brand aria-[current=page]:text-ink"
          >
            {t(`admin.place.${place}`)}
          </NavLink>
        ))}
      </nav>
      <Routes>
        <Route index element={<Arrival user={user} places={places} />} />
        {/* Whoever follows a link to a visit is told why there is nothing to see. */}
        <Route path="consultations/*" element={<Arrival user={user} places={places} />} />
        {places.map((place) => (
          <Route key={place} path={place} element={pages[place]} />
        ))}
        {user.role === 'ADMIN_RH' && <Route path="people/import" element={<ImportPage />} />}
        <Route path="*" element={<ProblemPage category="missing" />} />
      </Routes>
    </div>
  );
}

function Arrival({ user, places }: { user: User; places: readonly Place[] }) {
  const { t } = useTranslation();
  return (
    <div className="flex flex-col gap-8">
      <AdminPage user={user} />
      <ul className="border-line border-t">
        {places.map((place) => (
          <li key={place} className="border-line border-b">
            <Link to={`/${place}`} className="flex min-h-16 flex-col justify-center px-2 py-3 hover:bg-well">
              <span className="font-semibold text-brand">{t(`admin.place.${place}`)}</span>
              <span className="text-ink-soft">{t(`admin.about.${place}`)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
