import { Download, FileText } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fileSize } from '../../../i18n/time';
import type { FileRef } from '../../../realtime/events';
import { usePicture } from '../hooks/usePicture';
import type { Room } from '../model/room';
import { saveAs } from './saveAs';

const Picture = lazy(() => import('./Picture'));
const VoiceMessage = lazy(() => import('../voice/VoiceMessage'));

/** A file of the conversation: a picture is shown, anything can be fetched. Its link is asked for at that moment and kept nowhere. */
export function FileCard({ room, file, tabbable }: { room: Room; file: FileRef; tabbable: boolean }) {
  const isPicture = file.mimeType.startsWith('image/');
  if (file.mimeType.startsWith('audio/'))
    return (
      <Suspense fallback={<div aria-hidden="true" className="my-1 h-15 w-80 max-w-full rounded-outer bg-well" />}>
        <VoiceMessage room={room} file={file} tabbable={tabbable} />
      </Suspense>
    );
  return (
    <div className="flex w-72 max-w-full flex-col gap-2 py-1">
      {isPicture && <Preview room={room} file={file} tabbable={tabbable} />}
      <DownloadButton room={room} file={file} />
    </div>
  );
}

function Preview({ room, file, tabbable }: { room: Room; file: FileRef; tabbable: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const url = usePicture(room, file);
  if (!url) return <div aria-hidden="true" className="h-44 rounded-outer bg-well" />;
  return (
    <>
      <button
        type="button"
        tabIndex={tabbable ? 0 : -1}
        aria-label={t('file.open', { name: file.name })}
        onClick={() => setOpen(true)}
        className="h-44 cursor-zoom-in overflow-hidden rounded-outer border border-line bg-well"
      >
        <img src={url} alt="" className="size-full object-cover" />
      </button>
      {open && (
        <Suspense fallback={null}>
          <Picture url={url} name={file.name} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

function DownloadButton({ room, file }: { room: Room; file: FileRef }) {
  const { t } = useTranslation();
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');
  async function fetchIt() {
    setState('busy');
    try {
      saveAs(await room.download(file.id), file.name);
      setState('idle');
    } catch {
      setState('failed');
    }
  }
  return (
    <>
      <button
        type="button"
        onClick={() => void fetchIt()}
        disabled={state === 'busy'}
        aria-label={t('file.downloadName', { name: file.name, size: fileSize(file.sizeBytes) })}
        className="flex min-h-14 cursor-pointer items-center gap-3 rounded-outer border border-line bg-sheet px-3 text-left hover:bg-well"
      >
        <FileText aria-hidden="true" className="size-5 shrink-0 text-ink-soft" />
        <span className="min-w-0 flex-1">
          <span className="line-clamp-2 font-semibold leading-tight">{file.name}</span>
          <span className="text-ink-soft text-small">
            {state === 'busy' ? t('file.downloading') : fileSize(file.sizeBytes)}
          </span>
        </span>
        <Download aria-hidden="true" className="size-5 shrink-0 text-brand" />
      </button>
      {state === 'failed' && (
        <p role="alert" className="text-small text-urgent">
          {t('file.downloadFailed')}
        </p>
      )}
    </>
  );
}
