import { FileText, X } from 'lucide-react';
import { useEffect, useState } from 'react';
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
  'too_many_files',
  'content_mismatch',
  'quota_reached',
  'unreachable',
  'consultation_closed',
] as const;
/** Trying the same file again cannot help. */
const hopeless = ['file_type', 'file_too_large', 'file_empty', 'content_mismatch', 'quota_reached'];

/** The files of the message that is being written: each is on its way already, and can be taken out. */
export function AttachmentTray({ room, uploads }: { room: Room; uploads: readonly UploadState[] }) {
  const { t } = useTranslation();
  if (uploads.length === 0) return null;
  return (
    <ul
      aria-label={t('file.tray')}
      className="flex max-h-40 flex-wrap items-start gap-2 tablet:max-h-60 overflow-y-auto px-1 pb-2"
    >
      {uploads.map((upload) => (
        <li key={upload.id} className="w-64 max-w-full rounded-outer border border-line bg-sheet p-2">
          <Chosen room={room} upload={upload} />
        </li>
      ))}
    </ul>
  );
}

function Chosen({ room, upload }: { room: Room; upload: UploadState }) {
  const { t } = useTranslation();
  const { file, sentBytes, code, fileId } = upload;
  const percent = Math.min(100, Math.floor((sentBytes / Math.max(file.size, 1)) * 100));
  const reason = explained.find((known) => known === code) ?? 'other';
  const words = fileId ? t('file.ready') : t('file.sending', { percent });
  return (
    <>
      <div className="flex items-center gap-2.5">
        <Thumbnail file={file} />
        <div className="min-w-0 flex-1">
          <p className="truncate font-semibold text-small">{file.name}</p>
          <p className="truncate text-ink-soft text-small">
            {code ? fileSize(file.size) : `${fileSize(file.size)} · ${words}`}
          </p>
        </div>
        <IconButton label={t('file.takeOut', { name: file.name })} onPress={() => room.cancelUpload(upload.id)}>
          <X aria-hidden="true" className="size-5" />
        </IconButton>
      </div>
      {!code && !fileId && (
        <ProgressBar aria-label={file.name} value={percent} valueLabel={words}>
          <div className="mt-1 h-1.5 overflow-hidden rounded-full bg-line">
            <div
              className="h-full rounded-full bg-brand transition-[width] duration-150"
              style={{ width: `${percent}%` }}
            />
          </div>
        </ProgressBar>
      )}
      {code && (
        <div role="alert" className="flex flex-wrap items-center gap-x-3 text-small text-urgent">
          <span className="font-semibold">{t(`file.refused.${reason}`)}</span>
          {!hopeless.includes(code) && (
            <Button look="plain" onPress={() => room.retryUpload(upload.id)}>
              {t('file.retry')}
            </Button>
          )}
        </div>
      )}
    </>
  );
}

/** The picture itself before it is sent; for anything else a sign. */
function Thumbnail({ file }: { file: File }) {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!file.type.startsWith('image/')) return;
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  if (url) return <img src={url} alt="" className="size-11 shrink-0 rounded-inner border border-line object-cover" />;
  return (
    <span className="grid size-11 shrink-0 place-items-center rounded-inner bg-well text-ink-soft">
      <FileText aria-hidden="true" className="size-5" />
    </span>
  );
}
