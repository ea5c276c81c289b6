import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../primitives/Button';
import { Notice } from '../../../primitives/Notice';
import { useProblemWords } from '../../shell';
import type { TestEntry } from '../api/callTest';
import { useNetwork } from '../hooks/useNetwork';
import type { Measured, Stage } from '../network/measure';
import { Step } from './Step';

interface NetworkStepProps {
  number: number;
  count: number;
  ask(signal: AbortSignal): Promise<TestEntry>;
  onDone(measured: Measured | null): void;
}

const stages: readonly Stage[] = ['ways', 'delay', 'rate'];

/** Measures by itself; there is nothing to do but to wait some seconds, and the page says for what. */
export function NetworkStep({ number, count, ask, onDone }: NetworkStepProps) {
  const { t } = useTranslation();
  const wordsFor = useProblemWords();
  const [times, setTimes] = useState(0);
  const state = useNetwork(ask, times);
  useEffect(() => {
    if (state.phase === 'done') onDone(state.measured);
  }, [state, onDone]);
  const stage = state.phase === 'measuring' ? state.stage : 'ways';
  return (
    <Step number={number} count={count} title={t('test.network')} text={t('test.networkText')}>
      {state.phase === 'failed' ? (
        <>
          <Notice tone="urgent" alert>
            {wordsFor(state.problem)}
          </Notice>
          <div className="flex flex-wrap gap-3">
            <Button onPress={() => setTimes(times + 1)}>{t('action.retry')}</Button>
            <Button look="quiet" onPress={() => onDone(null)}>
              {t('test.withoutNetwork')}
            </Button>
          </div>
        </>
      ) : (
        <div className="flex max-w-lg flex-col gap-3">
          <p role="status" className="font-semibold">
            {t(`test.stage.${stage}`)}
          </p>
          <progress
            aria-label={t('test.network')}
            max={stages.length + 1}
            value={stages.indexOf(stage) + 1}
            className="h-2.5 w-full overflow-hidden rounded-full accent-brand"
          />
        </div>
      )}
    </Step>
  );
}
