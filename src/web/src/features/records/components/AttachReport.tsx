import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryKeys } from '../../../api/queryKeys';
import { useAct } from '../../../hooks/useAct';
import { Refused } from '../../../parts/Refused';
import { Notice } from '../../../primitives/Notice';
import type { ClinicalRecord } from '../api/records';
import { attachReport } from '../api/write';
import { ReportPicker } from './ReportPicker';

/** The author gives an exam its report, or another one: a version of its own. */
export function AttachReport({ record, failed }: { record: ClinicalRecord; failed: boolean }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { busy, problem, run } = useAct();
  const [done, setDone] = useState(false);
  async function attach(file: File | null, type: string) {
    if (!file) return;
    setDone(false);
    const sent = await run(async () => {
      const now = await attachReport(record.id, file, type);
      queries.setQueryData(queryKeys.record(record.id), now);
      await queries.invalidateQueries({ queryKey: queryKeys.records });
    });
    setDone(sent);
  }
  return (
    <div className="flex flex-col gap-3 print:hidden">
      {failed && !done && !record.report && (
        <Notice tone="urgent" alert>
          {t('record.attachFailed')}
        </Notice>
      )}
      <ReportPicker
        label={t(record.report ? 'record.attachOther' : 'record.attach')}
        file={null}
        busy={busy && t('record.attaching')}
        onChoose={(file, type) => void attach(file, type)}
      />
      <Refused problem={problem} />
      <p role="status" className={done ? 'text-done' : 'sr-only'}>
        {done && t('record.attached')}
      </p>
    </div>
  );
}
