import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../hooks/useAct';
import { Refused } from '../../../parts/Refused';
import { FormDialog } from '../../../primitives/FormDialog';
import { PasswordField } from '../../../primitives/PasswordField';
import { TextField } from '../../../primitives/TextField';

interface PasswordAndCodeProps {
  title: string;
  text: string;
  submit: string;
  busy: string;
  danger?: boolean;
  act(password: string, code: string): Promise<void>;
  onClose(): void;
}

/** Both steps once more, before something that a stranger at an open screen must not do. */
export function PasswordAndCode({ title, text, submit, busy, danger = false, act, onClose }: PasswordAndCodeProps) {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [asked, setAsked] = useState(false);
  const sending = useAct();

  async function onSubmit() {
    setAsked(true);
    if (!password || !code.trim()) return;
    if (await sending.run(() => act(password, code.trim()))) onClose();
  }

  return (
    <FormDialog
      title={title}
      text={text}
      submit={submit}
      danger={danger}
      busy={sending.busy && busy}
      onSubmit={onSubmit}
      onClose={onClose}
    >
      <Refused problem={sending.problem} shown={['password', 'code']} />
      <PasswordField
        purpose="current"
        label={t('factor.password')}
        value={password}
        onChange={setPassword}
        error={asked && !password ? t('signIn.missingPassword') : sending.problem?.errors.password?.[0]}
      />
      <TextField
        label={t('factor.codeOrRecovery')}
        name="code"
        autoComplete="one-time-code"
        verbatim
        value={code}
        onChange={setCode}
        error={asked && !code.trim() ? t('field.missing') : sending.problem?.errors.code?.[0]}
      />
    </FormDialog>
  );
}
