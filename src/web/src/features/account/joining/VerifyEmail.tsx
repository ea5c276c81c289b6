import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../../../api/problem';
import { focusFault } from '../../../hooks/focusFault';
import { useAct } from '../../../hooks/useAct';
import { looksLikeEmail, tokenFromAddress } from '../../../parts/fields';
import { Refused } from '../../../parts/Refused';
import { useFieldWords } from '../../../parts/useFieldWords';
import { Button } from '../../../primitives/Button';
import { Notice } from '../../../primitives/Notice';
import { TextField } from '../../../primitives/TextField';
import { ButtonLink, TextLink } from '../../../primitives/TextLink';
import { Door, useProblemWords } from '../../shell';
import { resendVerification, verifyEmail } from '../api/accounts';

/** One question per link, also where effects run twice: the token is good once. */
const asked = new Map<string, Promise<void>>();

function verifyOnce(token: string): Promise<void> {
  const asking = asked.get(token) ?? verifyEmail(token);
  asked.set(token, asking);
  return asking;
}

/** Where the link of the first e-mail leads. */
export function VerifyEmail() {
  const { t } = useTranslation();
  const wordsFor = useProblemWords();
  const [token] = useState(tokenFromAddress);
  const [outcome, setOutcome] = useState<'busy' | 'done' | Problem>('busy');

  useEffect(() => {
    let here = true;
    verifyOnce(token)
      .then(() => here && setOutcome('done'))
      .catch((reason) => here && setOutcome(Problem.from(reason)));
    return () => {
      here = false;
    };
  }, [token]);

  function retry() {
    asked.delete(token);
    setOutcome('busy');
    verifyOnce(token)
      .then(() => setOutcome('done'))
      .catch((reason) => setOutcome(Problem.from(reason)));
  }

  if (outcome === 'busy') {
    return (
      <Door title={t('verify.busy')}>
        <span role="status" className="sr-only">
          {t('verify.busy')}
        </span>
      </Door>
    );
  }
  if (outcome === 'done') {
    return (
      <Door title={t('verify.doneTitle')} lead={t('verify.done')}>
        <ButtonLink to="/">{t('signIn.submit')}</ButtonLink>
      </Door>
    );
  }
  const spent = outcome.category === 'missing' || outcome.category === 'invalid' || outcome.category === 'conflict';
  if (spent) return <SpentLink />;
  return (
    <Door title={t('problem.broken.title')}>
      <Notice tone="urgent" alert>
        {wordsFor(outcome)}
      </Notice>
      <Button onPress={retry}>{t('action.retry')}</Button>
    </Door>
  );
}

function SpentLink() {
  const { t } = useTranslation();
  const [email, setEmail] = useState('');
  const [tried, setTried] = useState(false);
  const [sent, setSent] = useState(false);
  const { busy, problem, run } = useAct();
  const words = useFieldWords(tried, problem);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    focusFault(event.currentTarget as HTMLFormElement);
    setSent(false);
    if (looksLikeEmail(email)) setSent(await run(() => resendVerification(email.trim())));
  }

  return (
    <Door title={t('verify.spentTitle')} lead={t('verify.spent')}>
      <form onSubmit={submit} noValidate className="flex flex-col gap-5">
        <Refused problem={problem} shown={['email']} />
        {sent && <Notice tone="done">{t('verify.resent', { email })}</Notice>}
        <TextField
          label={t('signIn.email')}
          type="email"
          autoComplete="username"
          inputMode="email"
          value={email}
          onChange={setEmail}
          error={words.email(email)}
        />
        <Button type="submit" wide busy={busy && t('forgot.busy')}>
          {t('verify.resend')}
        </Button>
      </form>
      <div>
        <TextLink to="/">{t('action.toSignIn')}</TextLink>
      </div>
    </Door>
  );
}
