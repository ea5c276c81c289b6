import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { send } from '../../api/http';
import { Problem } from '../../api/problem';
import { useTitle } from '../../hooks/useTitle';
import { Button } from '../../primitives/Button';
import { Notice } from '../../primitives/Notice';
import { TextField } from '../../primitives/TextField';
import { LanguagePicker, ThemePicker, Wordmark } from '../shell';

/** Characters; the server's own limit. */
const minLength = 8;

/** Where the one-time link of a new installation leads: it gives the first account its password. */
export function SetUp() {
  const { t } = useTranslation();
  // What follows # never leaves the browser by itself, so it is in no log.
  const [token] = useState(() => window.location.hash.slice(1));
  const [password, setPassword] = useState('');
  const [state, setState] = useState<'asked' | 'short' | 'busy' | 'done'>('asked');
  const [problem, setProblem] = useState<Problem | null>(null);
  useTitle(t('setUp.title'));

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (password.length < minLength) return setState('short');
    setState('busy');
    setProblem(null);
    try {
      await send('/api/auth/setup', { method: 'POST', body: { token, password } });
      setState('done');
    } catch (refusal) {
      setProblem(Problem.from(refusal));
      setState('asked');
    }
  }

  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-md flex-col px-5">
      <main className="my-auto flex flex-col gap-8 py-10">
        <Wordmark />
        <div className="flex flex-col gap-2">
          <h1 className="font-bold text-lead">{t('setUp.title')}</h1>
          <p className="text-ink-soft text-large">{t(state === 'done' ? 'setUp.done' : 'setUp.text')}</p>
        </div>
        {state === 'done' ? (
          <Button onPress={() => window.location.replace('/')}>{t('signIn.submit')}</Button>
        ) : (
          <form onSubmit={submit} noValidate className="flex flex-col gap-5">
            {problem && (
              <Notice tone="urgent" alert>
                {problem.category === 'missing'
                  ? t('setUp.spent')
                  : t(problem.category === 'unreachable' ? 'problem.unreachable.text' : 'problem.broken.text')}
              </Notice>
            )}
            <TextField
              label={t('setUp.password')}
              type="password"
              name="new-password"
              autoComplete="new-password"
              value={password}
              onChange={setPassword}
              error={state === 'short' ? t('setUp.short', { count: minLength }) : undefined}
            />
            <Button type="submit" wide busy={state === 'busy' && t('setUp.busy')}>
              {t('setUp.submit')}
            </Button>
          </form>
        )}
      </main>
      <footer className="flex flex-wrap justify-end gap-2 py-3 text-small">
        <ThemePicker />
        <LanguagePicker />
      </footer>
    </div>
  );
}
