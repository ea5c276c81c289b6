import { lazy, Suspense, useEffect } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { useTranslation } from 'react-i18next';
import { BrowserRouter, Route, Routes } from 'react-router';
import { ProblemPage } from './features/shell';
import { SignIn } from './features/sign-in';
import { suggestLanguage, withWords } from './i18n';
import { Quiet } from './primitives/Quiet';
import { session, useSession } from './session';

// The door needs nothing of what is behind it.
const SignedIn = lazy(async () => ({ default: (await import('./SignedIn')).SignedIn }));
const Join = lazy(() => withWords('room', () => import('./features/join')));
const SetUp = lazy(() => import('./features/set-up'));
const joining = () => withWords('account', () => import('./features/account/joining'));
const recovery = () => withWords('account', () => import('./features/account/recovery'));
const Register = lazy(async () => ({ default: (await joining()).Register }));
const VerifyEmail = lazy(async () => ({ default: (await joining()).VerifyEmail }));
const Invitation = lazy(async () => ({ default: (await joining()).Invitation }));
const ForgotPassword = lazy(async () => ({ default: (await recovery()).ForgotPassword }));
const ResetPassword = lazy(async () => ({ default: (await recovery()).ResetPassword }));

export function App() {
  const { t, i18n } = useTranslation();
  const state = useSession();
  useEffect(() => void session.start(), []);
  const language = state.status === 'signedIn' ? state.user.language : null;
  useEffect(() => void suggestLanguage(language), [language]);

  return (
    <I18nProvider locale={i18n.resolvedLanguage ?? 'fr'}>
      <BrowserRouter>
        <Suspense fallback={<Quiet words={t('app.loading')} />}>
          <Routes>
            {/* Where links of e-mails lead, whoever is signed in here. */}
            <Route path="/join/:token/:step?" element={<Join />} />
            <Route path="/setup" element={<SetUp />} />
            <Route path="/verify-email" element={<VerifyEmail />} />
            <Route path="/invitation" element={<Invitation />} />
            <Route path="/reset-password" element={<ResetPassword />} />
            <Route path="*" element={<InOrOut />} />
          </Routes>
        </Suspense>
      </BrowserRouter>
    </I18nProvider>
  );
}

function InOrOut() {
  const { t } = useTranslation();
  const state = useSession();
  if (state.status === 'starting') return <Quiet words={t('app.loading')} />;
  if (state.status === 'unreachable') return <Unreachable />;
  // A new person gets a new tree: nothing of the one before stays in memory.
  if (state.status === 'signedIn')
    return <SignedIn key={state.user.id} user={state.user} restricted={state.restricted} />;
  return (
    <Routes>
      <Route path="/register" element={<Register />} />
      <Route path="/forgot-password" element={<ForgotPassword />} />
      <Route path="*" element={<SignIn reason={state.reason} session={session} />} />
    </Routes>
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
