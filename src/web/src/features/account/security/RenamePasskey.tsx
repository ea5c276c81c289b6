import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../hooks/useAct';
import { Refused } from '../../../parts/Refused';
import { FormDialog } from '../../../primitives/FormDialog';
import { TextField } from '../../../primitives/TextField';
import { type Passkey, renamePasskey } from '../api/passkeys';

interface RenamePasskeyProps {
  passkey: Passkey;
  onDone(): Promise<void>;
  onClose(): void;
}

/** Another name for a passkey, for its owner's list alone. */
export function RenamePasskey({ passkey, onDone, onClose }: RenamePasskeyProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(passkey.name);
  const { busy, problem, run } = useAct();

  async function submit() {
    if (!name.trim()) return;
    await run(async () => {
      await renamePasskey(passkey.id, name.trim());
      await onDone();
    });
  }

  return (
    <FormDialog
      title={t('passkeys.renameTitle', { name: passkey.name })}
      submit={t('action.save')}
      busy={busy && t('action.saving')}
      onSubmit={submit}
      onClose={onClose}
    >
      <Refused problem={problem} shown={['name']} />
      <TextField
        autoFocus
        label={t('passkeys.name')}
        help={t('passkeys.nameHelp')}
        maxLength={100}
        value={name}
        onChange={setName}
        error={name.trim() ? problem?.errors.name?.[0] : t('field.missing')}
      />
    </FormDialog>
  );
}
