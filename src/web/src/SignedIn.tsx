import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Route, Routes, useMatch, useParams } from 'react-router';
import { Problem } from './api/problem';
import type { User } from './api/session';
import { ProblemPage, Shell } from './features/shell';
import { withWords } from './i18n';
import { PlaceNav } from './parts/PlaceNav';
import { Quiet } from './primitives/Quiet';
import { signOut } from './session';

const Home = lazy(() => import('./features/home'));
const ConsultationPage = lazy(() => withWords('room', () => import('./features/consultation')));
const AccountPages = lazy(() => withWords('account', () => import('./features/account')));
const AdminPages = lazy(() => withWords('account', () => withWords('admin', () => import('./features/admin'))));
const practice = () => withWords('practice', () => import('./features/practice'));
const PracticePages = lazy(async () => ({ default: (await practice()).PracticePages }));
const PracticeNav = lazy(async () => ({ default: (await practice()).PracticeNav }));
const notices = () => withWords('notices', () => import('./features/notices'));
const Bell = lazy(async () => ({ default: (await notices()).Bell }));
const NoticesPage = lazy(async () => ({ default: (await notices()).NoticesPage }));
const ChatPage = lazy(() => withWords('room', () => withWords('chat', () => import('./features/chat'))));
const NewestTalk = lazy(async () => ({ default: (await import('./features/chat/ways')).NewestTalk }));
const RecordPages = lazy(() => withWords('records', () => import('./features/records')));
const ChatCount = lazy(async () => ({ default: (await import('./features/chat/ways')).ChatCount }));
const PatientPages = lazy(async () => ({
  default: (await withWords('patient', () => import('./PatientPages'))).PatientPages,
}));
const HoldsPage = lazy(async () => ({
  default: (await withWords('keeping', () => import('./features/keeping'))).HoldsPage,
}));
const Incoming = lazy(async () => ({
  default: (await withWords('call', () => import('./features/call/ringing'))).Incoming,
}));
const ForcedSetUp = lazy(() => withWords('account', () => import('./features/account/second-factor')));

const patientPlaces = [
  { to: '/', key: 'place.home', exactly: true },
  { to: '/patient/chat', key: 'place.chat' },
  { to: '/patient/visits', key: 'place.visits' },
  { to: '/patient/records', key: 'place.records' },
  { to: '/patient/practitioners', key: 'place.book' },
] as const;

/** What a person finds inside, by role. */
export function SignedIn({ user, restricted }: { user: User; restricted: boolean }) {
  const { t } = useTranslation();
  const [queries] = useState(newQueries);
  const isPatient = user.role === 'EMPLOYEE' && !restricted;
  const isPractitioner = user.role === 'PRACTITIONER' && !restricted;
  // The room has a line of its own, and hears calls by it.
  const inRoom = useMatch('/consultations/:id') !== null;
  const nav = isPatient ? (
    <PlaceNav
      label={t('place.label')}
      places={patientPlaces.map(({ key, ...place }) => ({
        ...place,
        label: t(key),
        count: key === 'place.chat' && (
          <Suspense fallback={null}>
            <ChatCount />
          </Suspense>
        ),
      }))}
    />
  ) : isPractitioner ? (
    <Suspense fallback={<div className="min-h-12" />}>
      <PracticeNav />
    </Suspense>
  ) : null;
  const bell = (isPatient || isPractitioner) && (
    <Suspense fallback={<span className="size-11" />}>
      <Bell userId={user.id} />
    </Suspense>
  );
  // A practice is as wide as a desk is, so that its places do not jump; what is to be read stays a column.
  const shell = (page: ReactNode, wide = false, fill?: 'framed' | 'alone') => (
    <Shell user={user} onSignOut={() => void signOut()} bell={bell} nav={nav} wide={isPractitioner} fill={fill}>
      <Suspense fallback={<Quiet words={t('app.loading')} />}>
        {isPractitioner && !wide ? <div className="mx-auto max-w-3xl">{page}</div> : page}
      </Suspense>
    </Shell>
  );
  const isAdmin = user.role !== 'EMPLOYEE' && user.role !== 'PRACTITIONER';
  return (
    <QueryClientProvider client={queries}>
      {(isPatient || isPractitioner) && !inRoom && (
        <Suspense fallback={null}>
          <Incoming />
        </Suspense>
      )}
      {restricted ? (
        shell(<ForcedSetUp user={user} />)
      ) : (
        <Routes>
          <Route path="/account/*" element={shell(<AccountPages user={user} />)} />
          <Route path="/register" element={<Navigate to="/" replace />} />
          <Route path="/forgot-password" element={<Navigate to="/" replace />} />
          {isAdmin ? (
            <Route path="*" element={shell(<AdminPages user={user} />)} />
          ) : (
            <>
              <Route path="/" element={shell(<Home user={user} />)} />
              <Route
                path="/consultations/:id"
                element={
                  <Suspense fallback={<Quiet words={t('room.loading')} />}>
                    <ConsultationPage user={user} />
                  </Suspense>
                }
              />
              <Route
                path={isPractitioner ? '/professional/chat/:id?' : '/patient/chat/:id?'}
                element={
                  <WithOpen>{(open) => shell(<ChatPage user={user} />, true, open ? 'alone' : 'framed')}</WithOpen>
                }
              />
              <Route
                path={isPractitioner ? '/professional/records/*' : '/patient/records/*'}
                element={shell(<RecordPages user={user} />)}
              />
              <Route path="/messages" element={shell(<NewestTalk role={user.role} />)} />
              {isPractitioner && <Route path="/professional/holds" element={shell(<HoldsPage />)} />}
              <Route path="/notices" element={shell(<NoticesPage user={user} />)} />
              {isPatient && <Route path="/patient/*" element={shell(<PatientPages user={user} />)} />}
              {isPractitioner ? (
                <Route path="*" element={shell(<PracticePages />, true)} />
              ) : (
                <Route path="*" element={shell(<ProblemPage category="missing" />)} />
              )}
            </>
          )}
        </Routes>
      )}
    </QueryClientProvider>
  );
}

/** Whether one of a list is open, by the address: on a phone it then has the page to itself. */
function WithOpen({ children }: { children(open: boolean): ReactNode }) {
  return children(useParams().id !== undefined);
}

const newQueries = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        // A refusal is an answer; only a missing answer is worth another question.
        retry: (times, reason) => times < 2 && Problem.from(reason).category === 'unreachable',
      },
    },
  });
