import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { useTranslation } from 'react-i18next';
import { BrowserRouter, Route, Routes } from 'react-router';
import { Problem } from './api/problem';
import type { User } from './api/session';
import { AdminPage, ProblemPage, Shell } from './features/shell';
import { SignIn } from './features/sign-in';
import { suggestLanguage } from './i18n';
import { session, useSession } from './session';

const Home = lazy(() => import('./features/home'));
const SetUp = lazy(() => import('./features/set-up'));
const ConsultationPage = lazy(() => import('./features/consultation'));

export function App() {
  const state = useSession();
  const { t, i18n } = useTranslation();
  useEffect(() => void session.start(), []);
  const isPerson = state.status === 'signedIn';
  const language = isPerson ? state.user.language : null;
  useEffect(() => void suggestLanguage(language), [language]);

  if (window.location.pathname === '/setup') {
    return (
      <Suspense fallback={<Quiet words={t('app.loading')} />}>
        <SetUp />
      </Suspense>
    );
  }
  return (
    <I18nProvider locale={i18n.resolvedLanguage ?? 'fr'}>
      {state.status === 'starting' && <Quiet words={t('app.loading')} />}
      {state.status === 'unreachable' && <Unreachable />}
      {state.status === 'signedOut' && <SignIn reason={state.reason} signIn={session.signIn} />}
      {/* A new person gets a new tree: nothing of the one before stays in memory. */}
      {isPerson && <SignedIn key={state.user.id} user={state.user} />}
    </I18nProvider>
  );
}

function SignedIn({ user }: { user: User }) {
  const { t } = useTranslation();
  const [queries] = useState(newQueries);
  const shell = (page: React.ReactNode) => (
    <Shell user={user} onSignOut={() => void session.signOut()}>
      <Suspense fallback={<Quiet words={t('app.loading')} />}>{page}</Suspense>
    </Shell>
  );
  const isAdmin = user.role !== 'EMPLOYEE' && user.role !== 'PRACTITIONER';
  return (
    <QueryClientProvider client={queries}>
      <BrowserRouter>
        <Routes>
          {isAdmin ? (
            <Route path="*" element={shell(<AdminPage user={user} />)} />
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
              <Route path="*" element={shell(<ProblemPage category="missing" />)} />
            </>
          )}
        </Routes>
      </BrowserRouter>
    </QueryClientProvider>
  );
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

/** Says what it waits for, but only once the wait can be felt (see .late). */
function Quiet({ words }: { words: string }) {
  return (
    <p role="status" className="late grid min-h-60 place-items-center text-ink-soft">
      {words}
    </p>
  );
}

function Unreachable() {
  useEffect(() => {
    const retry = () => void session.start();
    const timer = setInterval(retry, 5_000);
    window.addEventListener('online', retry);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', retry);
    };
  }, []);
  return (
    <main className="mx-auto grid min-h-dvh max-w-3xl content-center px-5">
      <ProblemPage category="unreachable" onRetry={() => void session.start()} home={false} />
    </main>
  );
}
