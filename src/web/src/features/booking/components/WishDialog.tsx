import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryKeys } from '../../../api/queryKeys';
import { useAct } from '../../../hooks/useAct';
import { dayIn } from '../../../i18n/time';
import { Refused } from '../../../parts/Refused';
import { addDays, startOfDay } from '../../../parts/time';
import { DateField } from '../../../primitives/DateField';
import { FormDialog } from '../../../primitives/FormDialog';
import { addWish } from '../api/waitingList';

interface WishDialogProps {
  practitionerId: string;
  name: string;
  zone: string;
  onAdded(): void;
  onClose(): void;
}

/** "Tell me when something becomes free": any time, or between two days. */
export function WishDialog({ practitionerId, name, zone, onAdded, onClose }: WishDialogProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { busy, problem, run } = useAct();
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const today = dayIn(Date.now(), zone);
  const backwards = Boolean(from && until && until < from);

  async function submit() {
    if (backwards) return;
    // The last day counts to its end; today has begun already.
    const begin = from > today ? startOfDay(from, zone) : null;
    const end = until ? startOfDay(addDays(until, 1), zone) : null;
    if (!(await run(() => addWish(practitionerId, begin, end)))) return;
    await queries.invalidateQueries({ queryKey: queryKeys.waitingList });
    onAdded();
    onClose();
  }

  return (
    <FormDialog
      title={t('wish.title', { name })}
      text={t('wish.text')}
      submit={t('wish.submit')}
      busy={busy && t('wish.busy')}
      onSubmit={submit}
      onClose={onClose}
    >
      <Refused problem={problem} shown={['until']} />
      <div className="grid items-start gap-4 tablet:grid-cols-2">
        <DateField label={t('field.optional', { label: t('wish.from') })} min={today} value={from} onChange={setFrom} />
        <DateField
          label={t('field.optional', { label: t('wish.until') })}
          min={from || today}
          value={until}
          onChange={setUntil}
          error={backwards ? t('wish.backwards') : problem?.errors.until?.[0]}
        />
      </div>
    </FormDialog>
  );
}
