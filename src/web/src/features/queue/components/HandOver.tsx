import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryKeys } from '../../../api/queryKeys';
import { useAct } from '../../../hooks/useAct';
import { Refused } from '../../../parts/Refused';
import { Choice } from '../../../primitives/Choice';
import { FormDialog } from '../../../primitives/FormDialog';
import { handOver, type Queue, type Waiting } from '../api/queue';

interface HandOverProps {
  item: Waiting;
  colleagues: Queue['colleagues'];
  onClose(): void;
}

/** Gives someone who waits to a colleague who shares the queue. */
export function HandOver({ item, colleagues, onClose }: HandOverProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { busy, problem, run } = useAct();
  const [chosen, setChosen] = useState<string | null>(null);
  const { name } = item.patient;
  // Somebody who stops sharing goes from the list while it is open.
  const to = (colleagues.find(({ id }) => id === chosen) ?? colleagues[0])?.id;
  return (
    <FormDialog
      title={t('queue.handOverTitle', { name })}
      text={t('queue.handOverText', { name })}
      submit={t('queue.handOver')}
      busy={busy && t('practice.working')}
      onSubmit={async () => {
        if (!to || !(await run(() => handOver(item.consultationId, to)))) return;
        void queries.invalidateQueries({ queryKey: queryKeys.queue });
        onClose();
      }}
      onClose={onClose}
    >
      {colleagues.length === 0 ? (
        <p className="text-ink-soft">{t('queue.noColleague')}</p>
      ) : (
        <Choice
          label={t('queue.toWhom')}
          value={to ?? ''}
          options={colleagues.map(({ id, name: label }) => ({ value: id, label }))}
          onChange={setChosen}
        />
      )}
      <Refused problem={problem} />
    </FormDialog>
  );
}
