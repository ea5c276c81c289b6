import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, Route, Routes, useLocation } from 'react-router';
import type { User } from '../../api/session';
import { ProblemPage } from '../shell';
import { AccessLog } from './access-log/AccessLog';
import { CalendarPage } from './calendar/CalendarPage';
import { NoticesPage } from './notices/NoticesPage';
import { PracticePage } from './practice/PracticePage';
import { Profile } from './profile/Profile';
import { AuthenticatorPage } from './security/AuthenticatorPage';
import { Security } from './security/Security';

const giveCare: readonly User['role'][] = ['PRACTITIONER'];
/** Administrators have no visits to be told of. */
const haveVisits: readonly User['role'][] = ['EMPLOYEE', 'PRACTITIONER'];

const places = [
  { to: '/account', key: 'account.profile', only: null },
  { to: '/account/practice', key: 'account.practice', only: giveCare },
  { to: '/account/notices', key: 'account.notices', only: haveVisits },
  { to: '/account/calendar', key: 'account.calendar', only: haveVisits },
  { to: '/account/security', key: 'account.security', only: null },
  { to: '/account/access', key: 'account.access', only: null },
] as const;

/** Who one is here, the lock on it, and who looked. */
export function AccountPages({ user }: { user: User }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const nav = useRef<HTMLElement>(null);
  // On a phone the places are wider than the screen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page, another place.
  useEffect(() => {
    nav.current?.querySelector('[aria-current=page]')?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
  }, [pathname]);
  return (
    <div className="flex flex-col gap-8">
      <nav
        ref={nav}
        aria-label={t('account.title')}
        className="flex gap-4 overflow-x-auto border-line border-b max-tablet:text-small tablet:-mt-4 tablet:gap-6"
      >
        {places
          .filter(({ only }) => only?.includes(user.role) ?? true)
          .map(({ to, key }) => (
            <NavLink
              key={to}
              to={to}
              end={to === '/account'}
              className="-mb-px inline-flex min-h-11 items-center whitespace-nowrap border-transparent border-b-2 font-semibold text-ink-soft hover:text-ink aria-[current=page]:border-brand aria-[current=page]:text-ink"
            >
              {t(key)}
            </NavLink>
          ))}
      </nav>
      <Routes>
        <Route index element={<Profile user={user} />} />
        {giveCare.includes(user.role) && <Route path="practice" element={<PracticePage />} />}
        {haveVisits.includes(user.role) && <Route path="notices" element={<NoticesPage user={user} />} />}
        {haveVisits.includes(user.role) && <Route path="calendar" element={<CalendarPage />} />}
        <Route path="security" element={<Security user={user} />} />
        <Route path="security/authenticator" element={<AuthenticatorPage user={user} />} />
        <Route path="access" element={<AccessLog />} />
        <Route path="*" element={<ProblemPage category="missing" />} />
      </Routes>
    </div>
  );
}
