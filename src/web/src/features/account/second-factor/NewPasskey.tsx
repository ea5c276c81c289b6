import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../hooks/useAct';
import { Refused } from '../../../parts/Refused';
import { FormDialog } from '../../../primitives/FormDialog';
import { Notice } from '../../../primitives/Notice';
import { TextField } from '../../../primitives/TextField';
import { addPasskey } from '../api/passkeys';
import { thisDevice } from '../model/thisDevice';

/** A name, then the device's own question. */
export function NewPasskey({ onDone, onClose }: { onDone(): void; onClose(): void }) {
  const { t } = useTranslation();
  const [name, setName] = useState(thisDevice);
  const [outcome, setOutcome] = useState<'none' | 'turnedAway' | 'already'>('none');
  const { busy, problem, run } = useAct();

  async function submit() {
    setOutcome('none');
    if (!name.trim()) return;
    await run(async () => {
      try {
        if (await addPasskey(name.trim())) onDone();
        else setOutcome('turnedAway');
      } catch (reason) {
        if (!(reason instanceof DOMException)) throw reason;
        // "InvalidStateError" is WebAuthn's word for a credential that this device holds already.
        setOutcome(reason.name === 'InvalidStateError' ? 'already' : 'turnedAway');
      }
    });
  }

  return (
    <FormDialog
      title={t('passkeys.addTitle')}
      text={t('passkeys.addText')}
      submit={t('action.continue')}
      busy={busy && t('passkeys.adding')}
      onSubmit={submit}
      onClose={onClose}
    >
      <Refused problem={problem} shown={['name']} />
      {outcome !== 'none' && (
        <Notice tone="waiting" alert>
          {t(`passkeys.${outcome}`)}
        </Notice>
      )}
      <TextField
        label={t('passkeys.name')}
        help={t('passkeys.nameHelp')}
        maxLength={60}
        value={name}
        onChange={setName}
        error={name.trim() ? problem?.errors.name?.[0] : t('field.missing')}
      />
    </FormDialog>
  );
}
