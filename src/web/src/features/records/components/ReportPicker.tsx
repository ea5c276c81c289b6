import { FileText, Paperclip, X } from 'lucide-react';
import { useState } from 'react';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { useTranslation } from 'react-i18next';
import { fileSize } from '../../../i18n/time';
import { Button, IconButton } from '../../../primitives/Button';
import { type ReportFault, reportOf, reportTypes } from '../model/report';

interface ReportPickerProps {
  label: string;
  file: File | null;
  busy?: string | false;
  onChoose(file: File | null, type: string): void;
}

/** One file, looked at before it leaves the device. */
export function ReportPicker({ label, file, busy = false, onChoose }: ReportPickerProps) {
  const { t } = useTranslation();
  const [fault, setFault] = useState<ReportFault | null>(null);
  function choose(chosen: File | undefined) {
    if (!chosen) return;
    const looked = reportOf(chosen);
    setFault('fault' in looked ? looked.fault : null);
    if ('type' in looked) onChoose(chosen, looked.type);
  }
  return (
    <div className="flex flex-col items-start gap-1.5">
      {file ? (
        <div className="flex max-w-full items-center gap-3 rounded-outer border border-line bg-sheet py-2 pr-1 pl-3.5">
          <FileText aria-hidden="true" className="size-5 shrink-0 text-ink-soft" />
          <span className="min-w-0">
            <span className="line-clamp-2 break-words font-semibold leading-tight">{file.name}</span>
            <span className="text-ink-soft text-small">{fileSize(file.size)}</span>
          </span>
          <IconButton label={t('record.dropFile')} onPress={() => onChoose(null, '')}>
            <X aria-hidden="true" className="size-5" />
          </IconButton>
        </div>
      ) : (
        <FileTrigger acceptedFileTypes={reportTypes} onSelect={(files) => choose(files?.[0])}>
          <Button look="quiet" busy={busy}>
            <Paperclip aria-hidden="true" className="size-5" />
            {label}
          </Button>
        </FileTrigger>
      )}
      {fault ? (
        <p role="alert" className="text-small text-urgent">
          {t(`record.${fault}`)}
        </p>
      ) : (
        <p className="text-ink-soft text-small">{t('record.attachHelp')}</p>
      )}
    </div>
  );
}
