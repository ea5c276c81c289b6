import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../hooks/useAct';
import { Refused } from '../../../parts/Refused';
import { FormDialog } from '../../../primitives/FormDialog';
import { TextArea } from '../../../primitives/TextArea';
import { rejectCandidate } from '../api/practitioners';

interface RejectFormProps {
  id: string;
  name: string;
  onDone(): void;
  onClose(): void;
}

/** A no needs its reason: the candidate reads it. */
export function RejectForm({ id, name, onDone, onClose }: RejectFormProps) {
  const { t } = useTranslation();
  const { busy, problem, run } = useAct();
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);

  async function send() {
    setAsked(true);
    if (!reason.trim()) return;
    if (await run(() => rejectCandidate(id, reason.trim()))) {
      onDone();
      onClose();
    }
  }

  return (
    <FormDialog
      title={t('practitioners.rejectTitle', { name })}
      text={t('practitioners.rejectText')}
      submit={t('practitioners.reject')}
      danger
      busy={busy && t('admin.working')}
      onSubmit={send}
      onClose={onClose}
    >
      <Refused problem={problem} shown={['reason']} />
      <TextArea
        label={t('practitioners.reason')}
        rows={4}
        maxLength={1_000}
        value={reason}
        onChange={setReason}
        error={asked && !reason.trim() ? t('field.missing') : problem?.errors.reason?.[0]}
      />
    </FormDialog>
  );
}
