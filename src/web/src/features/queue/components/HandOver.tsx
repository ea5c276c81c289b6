import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryKeys } from '../../../api/queryKeys';
import { useAct } from '../../../hooks/useAct';
import { Refused } from '../../../parts/Refused';
import { Button } from '../../../primitives/Button';
import { Choice } from '../../../primitives/Choice';
import { FormDialog } from '../../../primitives/FormDialog';
import { Veil } from '../../../primitives/Question';
import { type Colleague, handOver, type Waiting } from '../api/queue';

interface HandOverProps {
  item: Waiting;
  colleagues: readonly Colleague[];
  onClose(): void;
}

/** Gives someone who waits to a colleague who shares the queue. */
export function HandOver({ item, colleagues, onClose }: HandOverProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { busy, problem, run } = useAct();
  const [chosen, setChosen] = useState(colleagues[0]?.id ?? '');
  const { name } = item.patient;

  if (colleagues.length === 0)
    return (
      <Veil onClose={onClose}>
        <div className="flex flex-col gap-4">
          <h2 className="font-bold text-title">{t('queue.handOverTitle', { name })}</h2>
          <p className="text-ink-soft">{t('queue.noColleague')}</p>
          <div className="flex justify-end">
            <Button look="quiet" onPress={onClose} autoFocus>
              {t('action.close')}
            </Button>
          </div>
        </div>
      </Veil>
    );

  return (
    <FormDialog
      title={t('queue.handOverTitle', { name })}
      text={t('queue.handOverText', { name })}
      submit={t('queue.handOver')}
      busy={busy && t('practice.working')}
      onSubmit={async () => {
        if (!(await run(() => handOver(item.consultationId, chosen)))) return;
        void queries.invalidateQueries({ queryKey: queryKeys.queue });
        onClose();
      }}
      onClose={onClose}
    >
      <Choice
        label={t('queue.toWhom')}
        value={chosen}
        options={colleagues.map(({ id, name: label }) => ({ value: id, label }))}
        onChange={setChosen}
      />
      <Refused problem={problem} />
    </FormDialog>
  );
}
