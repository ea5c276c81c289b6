import { Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { fileSize } from '../../../i18n/time';
import { Button } from '../../../primitives/Button';
import type { FileRef } from '../../../realtime/events';
import { saveAs } from '../components/saveAs';
import type { Room } from '../model/room';
import { useVoice } from './useVoice';
import { VoicePlayer } from './VoicePlayer';

/** A voice in the thread: it plays in its place, and can be kept. */
export default function VoiceMessage({ room, file, tabbable }: { room: Room; file: FileRef; tabbable: boolean }) {
  const { t } = useTranslation();
  const { url, seconds, bars, failed, fetchIt, broken } = useVoice(room, file);
  return (
    <div className="flex w-80 max-w-full flex-col py-1">
      <div className="rounded-outer border border-line bg-sheet py-1.5 pr-1 pl-1.5">
        <VoicePlayer url={url} seconds={seconds} bars={bars} onWanted={fetchIt} onFailed={broken} tabbable={tabbable}>
          <button
            type="button"
            tabIndex={tabbable ? 0 : -1}
            onClick={() => void room.download(file.id).then((blob) => saveAs(blob, file.name), fetchIt)}
            aria-label={t('file.downloadName', { name: file.name, size: fileSize(file.sizeBytes) })}
            className="grid size-11 shrink-0 cursor-pointer place-items-center rounded-outer text-ink-soft hover:bg-well hover:text-ink"
          >
            <Download aria-hidden="true" className="size-5" />
          </button>
        </VoicePlayer>
      </div>
      {failed && (
        <p role="alert" className="flex flex-wrap items-center gap-x-3 text-small text-urgent">
          {t('voice.cannotPlay')}
          <Button look="plain" onPress={() => void fetchIt()}>
            {t('action.retry')}
          </Button>
        </p>
      )}
    </div>
  );
}
