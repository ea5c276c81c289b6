import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { send } from '../../api/http';
import { Problem } from '../../api/problem';
import { Button } from '../../primitives/Button';
import { Notice } from '../../primitives/Notice';
import { PasswordField } from '../../primitives/PasswordField';
import { Door, useProblemWords } from '../shell';

/** Characters; the server's own limit. */
const minLength = 8;

/** Where the one-time link of a new installation leads: it gives the first account its password. */
export function SetUp() {
  const { t } = useTranslation();
  const wordsFor = useProblemWords();
  // What follows # never leaves the browser by itself, so it is in no log.
  const [token] = useState(() => window.location.hash.slice(1));
  const [password, setPassword] = useState('');
  const [state, setState] = useState<'asked' | 'short' | 'busy' | 'done'>('asked');
  const [problem, setProblem] = useState<Problem | null>(null);

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

  if (state === 'done') {
    return (
      <Door title={t('setUp.title')} lead={t('setUp.done')}>
        <Button onPress={() => window.location.replace('/')}>{t('signIn.submit')}</Button>
      </Door>
    );
  }
  return (
    <Door title={t('setUp.title')} lead={t('setUp.text')}>
      <form onSubmit={submit} noValidate className="flex flex-col gap-5">
        {problem && (
          <Notice tone="urgent" alert>
            {problem.category === 'missing' ? t('setUp.spent') : wordsFor(problem)}
          </Notice>
        )}
        <PasswordField
          purpose="new"
          label={t('setUp.password')}
          value={password}
          onChange={setPassword}
          error={state === 'short' ? t('setUp.short', { count: minLength }) : undefined}
        />
        <Button type="submit" wide busy={state === 'busy' && t('setUp.busy')}>
          {t('setUp.submit')}
        </Button>
      </form>
    </Door>
  );
}
