import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { focusFault } from '../../../hooks/focusFault';
import { useAct } from '../../../hooks/useAct';
import { looksLikeEmail, passwordFault } from '../../../parts/fields';
import { Refused } from '../../../parts/Refused';
import { useFieldWords } from '../../../parts/useFieldWords';
import { Button } from '../../../primitives/Button';
import { Choice } from '../../../primitives/Choice';
import { PasswordField } from '../../../primitives/PasswordField';
import { TextField } from '../../../primitives/TextField';
import { TextLink } from '../../../primitives/TextLink';
import { Door } from '../../shell';
import { register, resendVerification } from '../api/accounts';
import { MailSent } from '../components/MailSent';
import { NameFields } from '../components/NameFields';

/** A code that came in the address, so that an organization can hand out a link. */
const invitedBy = () => new URLSearchParams(window.location.search).get('organization') ?? '';

export function Register() {
  const { t } = useTranslation();
  const [role, setRole] = useState<'EMPLOYEE' | 'PRACTITIONER'>('EMPLOYEE');
  const [names, setNames] = useState({ firstName: '', lastName: '' });
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [organization, setOrganization] = useState(invitedBy);
  const [practice, setPractice] = useState({ title: '', specialty: '' });
  const [asked, setAsked] = useState(false);
  const [sent, setSent] = useState(false);
  const { busy, problem, run } = useAct();
  const words = useFieldWords(asked, problem);
  const isPatient = role === 'EMPLOYEE';

  if (sent) {
    return (
      <MailSent
        title={t('register.sentTitle')}
        text={t('register.sent', { email })}
        again={() => resendVerification(email.trim())}
        onOther={() => setSent(false)}
      />
    );
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    setAsked(true);
    focusFault(form);
    const named = names.firstName.trim() && names.lastName.trim();
    if (!named || !looksLikeEmail(email) || passwordFault(password)) return;
    const part = isPatient
      ? { organizationSlug: organization.trim() || undefined }
      : { title: practice.title.trim() || undefined, specialty: practice.specialty.trim() || undefined };
    const application = { role, email: email.trim(), password, ...trimmed(names), ...part };
    if (await run(() => register(application))) {
      setPassword('');
      setAsked(false);
      setSent(true);
    } else focusFault(form);
  }

  return (
    <Door title={t('register.title')} lead={t('register.lead')}>
      <form onSubmit={submit} noValidate className="flex flex-col gap-5">
        <Refused
          problem={problem}
          shown={['firstName', 'lastName', 'email', 'password', 'organizationSlug', 'title', 'specialty']}
        />
        <Choice<'EMPLOYEE' | 'PRACTITIONER'>
          label={t('register.who')}
          value={role}
          onChange={setRole}
          options={[
            { value: 'EMPLOYEE', label: t('register.patient'), text: t('register.patientText') },
            { value: 'PRACTITIONER', label: t('register.practitioner'), text: t('register.practitionerText') },
          ]}
        />
        <NameFields value={names} onChange={setNames} words={words} />
        {isPatient ? (
          <TextField
            label={t('field.optional', { label: t('register.organization') })}
            help={t('register.organizationHelp')}
            verbatim
            value={organization}
            onChange={setOrganization}
            error={problem?.errors.organizationSlug?.[0]}
          />
        ) : (
          <div className="grid gap-5 tablet:grid-cols-[8rem_1fr]">
            <TextField
              label={t('register.titleField')}
              autoComplete="honorific-prefix"
              value={practice.title}
              onChange={(title) => setPractice({ ...practice, title })}
              error={problem?.errors.title?.[0]}
            />
            <TextField
              label={t('register.specialty')}
              value={practice.specialty}
              onChange={(specialty) => setPractice({ ...practice, specialty })}
              error={problem?.errors.specialty?.[0]}
            />
          </div>
        )}
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
        <PasswordField
          purpose="new"
          label={t('signIn.password')}
          help={t('password.help')}
          value={password}
          onChange={setPassword}
          error={words.password(password)}
        />
        <Button type="submit" wide busy={busy && t('register.busy')}>
          {t('register.submit')}
        </Button>
      </form>
      <p className="flex flex-wrap items-center gap-x-2 text-ink-soft">
        {t('register.known')} <TextLink to="/">{t('signIn.submit')}</TextLink>
      </p>
    </Door>
  );
}

const trimmed = ({ firstName, lastName }: { firstName: string; lastName: string }) => ({
  firstName: firstName.trim(),
  lastName: lastName.trim(),
});
