import { useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { useTranslation } from 'react-i18next';
import { Problem } from '../../api/problem';
import { useProblemWords } from '../../features/shell';
import { Button } from '../../primitives/Button';
import { CopyLine } from '../../primitives/CopyLine';
import { FormDialog } from '../../primitives/FormDialog';
import { Notice } from '../../primitives/Notice';
import { Veil } from '../../primitives/Question';
import { SelectField } from '../../primitives/SelectField';
import { TextField } from '../../primitives/TextField';
import type { GuestRole } from '../../realtime/events';
import type { Invitation, JoinLink } from './links';

/** As what somebody may be invited: by the practitioner, and by the patient. */
const roles: Record<'PRACTITIONER' | 'EMPLOYEE', readonly GuestRole[]> = {
  PRACTITIONER: ['RELATIVE', 'INTERPRETER', 'PRACTITIONER', 'PATIENT'],
  EMPLOYEE: ['RELATIVE'],
};

interface InviteGuestProps {
  /** Who invites. */
  as: keyof typeof roles;
  invite(guest: Invitation): Promise<JoinLink>;
  onClose(): void;
}

/** Makes a link for somebody without an account, and shows it once it is there. */
export function InviteGuest({ as, invite, onClose }: InviteGuestProps) {
  const { t } = useTranslation();
  const wordsFor = useProblemWords();
  const [role, setRole] = useState<GuestRole>('RELATIVE');
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [link, setLink] = useState<JoinLink | null>(null);
  const offered = roles[as];

  async function make() {
    setBusy(true);
    setProblem(null);
    try {
      const body = { role, ...(name.trim() && { name: name.trim() }), ...(email.trim() && { email: email.trim() }) };
      // Who has an address for them has the code sent there too: a link that is passed on opens nothing.
      setLink(await invite({ ...body, requireCode: Boolean(email.trim()) }));
    } catch (reason) {
      setProblem(Problem.from(reason));
    } finally {
      setBusy(false);
    }
  }

  if (link) return <Made link={link} onClose={onClose} />;
  return (
    <FormDialog
      title={t('invite.title')}
      text={t('invite.text')}
      submit={t('invite.submit')}
      busy={busy && t('invite.busy')}
      onSubmit={make}
      onClose={onClose}
    >
      {offered.length > 1 && (
        <SelectField
          label={t('invite.role')}
          value={role}
          options={offered.map((value) => ({ value, label: t(`guest.${value}`) }) as const)}
          onChange={(next) => setRole(next)}
        />
      )}
      <TextField
        label={t('invite.name')}
        help={t('invite.nameHelp')}
        value={name}
        onChange={setName}
        maxLength={200}
        error={problem?.errors.name?.[0]}
      />
      <TextField
        label={t('invite.email')}
        help={t('invite.emailHelp')}
        type="email"
        verbatim
        value={email}
        onChange={setEmail}
        error={problem?.errors.email?.[0]}
      />
      {problem && !problem.errors.name && !problem.errors.email && (
        <Notice tone="urgent" alert>
          {wordsFor(problem)}
        </Notice>
      )}
    </FormDialog>
  );
}

function Made({ link, onClose }: { link: JoinLink; onClose(): void }) {
  const { t } = useTranslation();
  return (
    <Veil onClose={onClose}>
      <Dialog className="flex flex-col gap-4 outline-none">
        <Heading slot="title" className="font-bold text-title">
          {t('invite.doneTitle')}
        </Heading>
        <p className="text-ink-soft">{link.email ? t('invite.mailed', { email: link.email }) : t('invite.done')}</p>
        <CopyLine label={t('invite.link')} text={link.url ?? ''} copy={t('invite.copy')} copied={t('invite.copied')} />
        <div className="mt-2 flex flex-wrap-reverse justify-end gap-3">
          <Button onPress={onClose}>{t('invite.close')}</Button>
        </div>
      </Dialog>
    </Veil>
  );
}
