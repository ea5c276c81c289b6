import { KeyRound } from 'lucide-react';
import { type FormEvent, lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../api/problem';
import type { Challenge, Session } from '../../api/session';
import { hasPasskeys } from '../../api/webauthn';
import { focusFault } from '../../hooks/focusFault';
import { useAct } from '../../hooks/useAct';
import { withWords } from '../../i18n';
import { Button } from '../../primitives/Button';
import { Notice } from '../../primitives/Notice';
import { PasswordField } from '../../primitives/PasswordField';
import { TextField } from '../../primitives/TextField';
import { TextLink } from '../../primitives/TextLink';
import { Door, useProblemWords } from '../shell';
import { challengeInAddress } from './challengeInAddress';
import { Providers } from './Providers';
import { signInWithPasskey, TurnedAway } from './passkey';
import { Resend } from './Resend';

const SecondStep = lazy(() => withWords('account', () => import('./SecondStep')));

type WaysIn = Pick<Session, 'signIn' | 'confirm' | 'signInWithPasskey' | 'leave'>;

/** The door. It is shown in place of whatever page was asked for, so that signing in leads there. */
export function SignIn({ reason, session }: { reason: 'none' | 'expired' | 'asked'; session: WaysIn }) {
  const { t } = useTranslation();
  const wordsFor = useProblemWords();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [asked, setAsked] = useState(false);
  const [challenge, setChallenge] = useState<Challenge | null>(challengeInAddress);
  const [turnedAway, setTurnedAway] = useState(false);
  const byPassword = useAct();
  const byPasskey = useAct();

  // Not for a reload, nor for whoever looks into the history.
  useEffect(() => {
    if (challengeInAddress()) window.history.replaceState(null, '', window.location.pathname);
  }, []);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setAsked(true);
    focusFault(event.currentTarget as HTMLFormElement);
    setTurnedAway(false);
    byPasskey.forget();
    if (email && password) await byPassword.run(async () => setChallenge(await session.signIn(email.trim(), password)));
  }

  async function askPasskey() {
    setTurnedAway(false);
    byPassword.forget();
    await byPasskey.run(async () => {
      await signInWithPasskey(session).catch((reason) => {
        if (!(reason instanceof TurnedAway)) throw reason;
        setTurnedAway(true);
      });
    });
  }

  if (challenge) {
    const startAgain = () => {
      setChallenge(null);
      setPassword('');
      setAsked(false);
    };
    return (
      <Suspense fallback={null}>
        <SecondStep challenge={challenge} session={session} onBack={startAgain} />
      </Suspense>
    );
  }

  return (
    <Door front title={t('signIn.title')} lead={t('signIn.lead')}>
      {reason === 'expired' && <Notice tone="waiting">{t('signIn.expired')}</Notice>}
      {reason === 'asked' && <Notice tone="done">{t('signIn.signedOut')}</Notice>}
      <form onSubmit={submit} noValidate className="flex flex-col gap-5">
        {byPassword.problem && (
          <Notice tone={byPassword.problem.category === 'forbidden' ? 'waiting' : 'urgent'} alert>
            {refusalOf(byPassword.problem)}
          </Notice>
        )}
        {byPassword.problem?.code === 'email_unverified' && <Resend email={email.trim()} />}
        <TextField
          label={t('signIn.email')}
          type="email"
          name="username"
          autoComplete="username"
          inputMode="email"
          value={email}
          onChange={setEmail}
          error={asked && !email ? t('signIn.missingEmail') : undefined}
        />
        <PasswordField
          purpose="current"
          label={t('signIn.password')}
          value={password}
          onChange={setPassword}
          error={asked && !password ? t('signIn.missingPassword') : undefined}
        />
        <Button type="submit" wide busy={byPassword.busy && t('signIn.busy')}>
          {t('signIn.submit')}
        </Button>
        <div className="-my-3 flex justify-end">
          <TextLink to="/forgot-password">{t('signIn.forgot')}</TextLink>
        </div>
      </form>
      <div className="flex flex-col gap-3 border-line border-t pt-6">
        {(byPasskey.problem || turnedAway) && (
          <Notice tone={turnedAway ? 'waiting' : 'urgent'} alert>
            {turnedAway || !byPasskey.problem ? t('signIn.turnedAway') : passkeyRefusalOf(byPasskey.problem)}
          </Notice>
        )}
        {hasPasskeys() && (
          <Button look="quiet" wide busy={byPasskey.busy && t('signIn.busy')} onPress={askPasskey}>
            <KeyRound aria-hidden="true" className="size-5" />
            {t('signIn.passkey')}
          </Button>
        )}
        <Providers onLeave={session.leave} />
        <p className="flex flex-wrap items-center gap-x-2 text-ink-soft">
          {t('signIn.new')} <TextLink to="/register">{t('signIn.register')}</TextLink>
        </p>
      </div>
    </Door>
  );

  function refusalOf(problem: Problem): string {
    if (problem.code === 'email_unverified') return t('signIn.unverified');
    if (problem.code === 'approval_pending') return t('signIn.pending');
    return problem.category === 'signIn' || problem.category === 'invalid' ? t('signIn.invalid') : wordsFor(problem);
  }

  function passkeyRefusalOf(problem: Problem): string {
    const unknown = ['signIn', 'missing', 'invalid'].includes(problem.category);
    return unknown ? t('signIn.noPasskey') : wordsFor(problem);
  }
}
