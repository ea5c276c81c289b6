import { Download, FileText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../hooks/useAct';
import { fileSize } from '../../../i18n/time';
import { conversationApi } from '../../../parts/conversation/api/roomApi';
import { saveFile } from '../../../parts/download';
import { Refused } from '../../../parts/Refused';
import type { FileRef } from '../../../realtime/events';
import { session } from '../../../session';

/** The report of an exam, to be fetched: a file of the record's own conversation. */
export function ReportFile({ record, file }: { record: string; file: FileRef }) {
  const { t } = useTranslation();
  const { busy, problem, run } = useAct();
  const size = fileSize(file.sizeBytes);
  const fetchIt = () => run(async () => saveFile(await conversationApi(session, record).download(file.id), file.name));
  return (
    <div className="flex max-w-md flex-col gap-2 print:hidden">
      <button
        type="button"
        onClick={() => void fetchIt()}
        aria-label={t('record.fetch', { name: file.name, size })}
        className="flex min-h-14 cursor-pointer items-center gap-3 rounded-outer border border-line bg-sheet px-3.5 py-2.5 text-left hover:bg-well"
      >
        <FileText aria-hidden="true" className="size-5 shrink-0 text-ink-soft" />
        <span className="min-w-0 flex-1">
          <span className="line-clamp-2 break-words font-semibold leading-tight">{file.name}</span>
          <span className="text-ink-soft text-small">
            {t('record.report')} · {busy ? t('record.fetching') : size}
          </span>
        </span>
        <Download aria-hidden="true" className="size-5 shrink-0 text-brand" />
      </button>
      <Refused problem={problem} />
    </div>
  );
}
