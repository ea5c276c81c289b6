import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { focusFault } from '../../../hooks/focusFault';
import { useAct } from '../../../hooks/useAct';
import { looksLikeEmail } from '../../../parts/fields';
import { Refused } from '../../../parts/Refused';
import { useFieldWords } from '../../../parts/useFieldWords';
import { Button } from '../../../primitives/Button';
import { TextField } from '../../../primitives/TextField';
import { TextLink } from '../../../primitives/TextLink';
import { Door } from '../../shell';
import { askForReset } from '../api/accounts';
import { MailSent } from '../components/MailSent';

export function ForgotPassword() {
  const { t } = useTranslation();
  const [email, setEmail] = useState('');
  const [asked, setAsked] = useState(false);
  const [sent, setSent] = useState(false);
  const { busy, problem, run } = useAct();
  const words = useFieldWords(asked, problem);

  if (sent) {
    return (
      <MailSent
        title={t('forgot.sentTitle')}
        text={t('forgot.sent', { email: email.trim() })}
        again={() => askForReset(email.trim())}
        onOther={() => setSent(false)}
      />
    );
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    setAsked(true);
    focusFault(event.currentTarget as HTMLFormElement);
    if (looksLikeEmail(email)) setSent(await run(() => askForReset(email.trim())));
  }

  return (
    <Door title={t('forgot.title')} lead={t('forgot.lead')}>
      <form onSubmit={submit} noValidate className="flex flex-col gap-5">
        <Refused problem={problem} shown={['email']} />
        <TextField
          label={t('signIn.email')}
          type="email"
          name="username"
          autoComplete="username"
          inputMode="email"
          value={email}
          onChange={setEmail}
          error={words.email(email)}
        />
        <Button type="submit" wide busy={busy && t('forgot.busy')}>
          {t('forgot.submit')}
        </Button>
      </form>
      <div>
        <TextLink to="/">{t('action.toSignIn')}</TextLink>
      </div>
    </Door>
  );
}
