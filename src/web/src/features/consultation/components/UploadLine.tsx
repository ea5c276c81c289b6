import { X } from 'lucide-react';
import { ProgressBar } from 'react-aria-components/ProgressBar';
import { useTranslation } from 'react-i18next';
import { fileSize } from '../../../i18n/time';
import { Button, IconButton } from '../../../primitives/Button';
import type { Room } from '../model/room';
import type { UploadState } from '../model/roomState';

const explained = [
  'file_type',
  'file_too_large',
  'file_empty',
  'content_mismatch',
  'unreachable',
  'consultation_closed',
] as const;
/** Trying the same file again cannot help. */
const hopeless = ['file_type', 'file_too_large', 'file_empty', 'content_mismatch'];

/** A file on its way: how far it is, and a way to stop it. */
export function UploadLine({ room, upload }: { room: Room; upload: UploadState }) {
  const { t } = useTranslation();
  const { file, sentBytes, code } = upload;
  const percent = Math.min(100, Math.floor((sentBytes / Math.max(file.size, 1)) * 100));
  const reason = explained.find((known) => known === code) ?? 'other';
  const words = sentBytes >= file.size ? t('file.checking') : t('file.sending', { percent });
  return (
    <article className="flex flex-col items-end pt-4">
      <div className={`w-full max-w-sm border-r-3 pr-3 ${code ? 'border-urgent' : 'border-line'}`}>
        <div className="flex items-center gap-2">
          <p className="min-w-0 flex-1 text-right">{t('file.size', { name: file.name, size: fileSize(file.size) })}</p>
          {!code && (
            <IconButton label={t('file.cancel', { name: file.name })} onPress={() => room.cancelUpload(upload.id)}>
              <X aria-hidden="true" className="size-5" />
            </IconButton>
          )}
        </div>
        {!code && (
          <ProgressBar aria-label={file.name} value={percent} valueLabel={words}>
            <div className="h-1.5 overflow-hidden rounded-full bg-line">
              <div
                className="h-full rounded-full bg-brand transition-[width] duration-150"
                style={{ width: `${percent}%` }}
              />
            </div>
            <p className="text-right text-ink-soft text-small">{words}</p>
          </ProgressBar>
        )}
        {code && (
          <div role="alert" className="flex flex-wrap items-center justify-end gap-x-3 text-small text-urgent">
            <span className="text-right font-semibold">{t(`file.refused.${reason}`)}</span>
            {!hopeless.includes(code) && (
              <Button look="plain" onPress={() => room.retryUpload(upload.id)}>
                {t('file.retry')}
              </Button>
            )}
            <Button look="plain" onPress={() => room.cancelUpload(upload.id)}>
              {t('file.remove')}
            </Button>
          </div>
        )}
      </div>
    </article>
  );
}
