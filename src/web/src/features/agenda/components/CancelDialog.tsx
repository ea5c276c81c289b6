import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refused } from '../../../parts/Refused';
import { FormDialog } from '../../../primitives/FormDialog';
import { TextArea } from '../../../primitives/TextArea';
import { cancelVisit, type Visit } from '../api/visits';
import { useVisitActs } from '../hooks/useVisitActs';
import { whenOf } from '../when';

interface CancelDialogProps {
  visit: Visit;
  zone: string;
  onClose(): void;
}

/** Characters; the server's own limit. */
const reasonLength = 500;

/** Calls a visit off, and says why to the patient. */
export function CancelDialog({ visit, zone, onClose }: CancelDialogProps) {
  const { t } = useTranslation();
  const { busy, problem, act } = useVisitActs();
  const [reason, setReason] = useState('');
  const { name } = visit.patient;
  return (
    <FormDialog
      title={t('care.cancelTitle', { name })}
      text={t('care.cancelText', { name, when: whenOf(t, visit.scheduledAt, zone) })}
      submit={t('care.cancel')}
      danger
      keep={t('care.keep')}
      busy={busy && t('practice.working')}
      onSubmit={async () => {
        if (await act(() => cancelVisit(visit.id, reason.trim()))) onClose();
      }}
      onClose={onClose}
    >
      <TextArea
        label={t('care.cancelReason', { name })}
        help={t('care.cancelReasonHelp')}
        rows={3}
        maxLength={reasonLength}
        value={reason}
        onChange={setReason}
        error={problem?.errors.reason?.[0]}
      />
      <Refused problem={problem} shown={['reason']} />
    </FormDialog>
  );
}
