import { Eye, EyeOff } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../../api/problem';
import { Button, IconButton } from '../../primitives/Button';
import { Notice } from '../../primitives/Notice';
import { TextField } from '../../primitives/TextField';
import { LanguagePicker, ThemePicker, Wordmark } from '../shell';

interface SignInProps {
  reason: 'none' | 'expired' | 'asked';
  signIn(email: string, password: string): Promise<void>;
}

/** The door. It is shown in place of whatever page was asked for, so that signing in leads there. */
export function SignIn({ reason, signIn }: SignInProps) {
  const { t } = useTranslation();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setAsked(true);
    if (!email || !password || busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await signIn(email.trim(), password);
    } catch (refusal) {
      setProblem(Problem.from(refusal));
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-md flex-col px-5">
      <main className="my-auto flex flex-col gap-8 py-10">
        <Wordmark />
        <div className="flex flex-col gap-2">
          <h1 className="font-bold text-display tracking-tight">{t('signIn.title')}</h1>
          <p className="text-ink-soft text-large">{t('signIn.lead')}</p>
        </div>
        {reason === 'expired' && <Notice tone="waiting">{t('signIn.expired')}</Notice>}
        {reason === 'asked' && <Notice tone="done">{t('signIn.signedOut')}</Notice>}
        <form onSubmit={submit} noValidate className="flex flex-col gap-5">
          {problem && (
            <Notice tone="urgent" alert>
              {wordsFor(problem)}
            </Notice>
          )}
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
          <TextField
            label={t('signIn.password')}
            type={shown ? 'text' : 'password'}
            name="password"
            autoComplete="current-password"
            value={password}
            onChange={setPassword}
            error={asked && !password ? t('signIn.missingPassword') : undefined}
            end={
              <IconButton label={t(shown ? 'signIn.hide' : 'signIn.show')} onPress={() => setShown(!shown)}>
                {shown ? (
                  <EyeOff aria-hidden="true" className="size-5" />
                ) : (
                  <Eye aria-hidden="true" className="size-5" />
                )}
              </IconButton>
            }
          />
          <Button type="submit" wide busy={busy && t('signIn.busy')}>
            {t('signIn.submit')}
          </Button>
        </form>
      </main>
      <footer className="flex flex-wrap justify-end gap-2 py-3 text-small">
        <ThemePicker />
        <LanguagePicker />
      </footer>
    </div>
  );

  function wordsFor(refusal: Problem): string {
    if (refusal.category === 'signIn' || refusal.category === 'invalid') return t('signIn.invalid');
    if (refusal.category === 'slow')
      return t('signIn.slow', { count: Math.max(Math.ceil((refusal.retryAfter ?? 60) / 60), 1) });
    const key = refusal.category === 'unreachable' ? 'unreachable' : 'broken';
    return `${t(`problem.${key}.title`)}. ${t(`problem.${key}.text`)}`;
  }
}
