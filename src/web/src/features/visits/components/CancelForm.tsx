import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryKeys } from '../../../api/queryKeys';
import { useAct } from '../../../hooks/useAct';
import { clock, dayName } from '../../../i18n/time';
import { Refused } from '../../../parts/Refused';
import type { Visit } from '../../../parts/visit';
import { FormDialog } from '../../../primitives/FormDialog';
import { TextArea } from '../../../primitives/TextArea';
import { cancelVisit } from '../api/visits';

/** Asks before a visit is given up, and says who will have the time then. */
export function CancelForm({ visit, name, onClose }: { visit: Visit; name: string; onClose(): void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { busy, problem, run } = useAct();
  const [reason, setReason] = useState('');
  const when = t('when.at', { day: dayName(visit.scheduledAt), time: clock(visit.scheduledAt) });
  const late = problem?.code === 'cancellation_deadline_passed' ? t('visit.tooLate', { name }) : undefined;

  async function submit() {
    if (!(await run(() => cancelVisit(visit.id, reason.trim())))) return;
    await queries.invalidateQueries({ queryKey: queryKeys.patient });
    onClose();
  }

  return (
    <FormDialog
      title={t('cancel.title')}
      text={t('cancel.text', { when, name })}
      submit={t('visit.cancel')}
      keep={t('cancel.keep')}
      danger
      busy={busy && t('cancel.busy')}
      onSubmit={submit}
      onClose={onClose}
    >
      <Refused problem={problem} words={late} />
      <TextArea
        label={t('field.optional', { label: t('cancel.reason') })}
        help={t('cancel.reasonHelp', { name })}
        rows={2}
        maxLength={500}
        value={reason}
        onChange={setReason}
      />
    </FormDialog>
  );
}
