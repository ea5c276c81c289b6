import { FileText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../primitives/Button';
import type { OutboxEntry } from '../../../storage/device';
import type { Room } from '../model/room';
import { OnItsWay } from './Receipt';

interface PendingLineProps {
  room: Room;
  entry: OutboxEntry;
  firstOfRun: boolean;
  online: boolean;
}

const explained = [
  'consultation_closed',
  'conversation_archived',
  'content_mismatch',
  'active_content',
  'infected',
  'too_many_pixels',
  'invalid',
  'edit_window_over',
] as const;

/** A message that the server does not have yet. It stays in its place until it is sent, or its writer gives it up. */
export function PendingLine({ room, entry, firstOfRun, online }: PendingLineProps) {
  const { t } = useTranslation();
  const failed = entry.state === 'failed';
  const reason = explained.find((code) => code === entry.code) ?? 'other';
  // Files are taken whole or not at all: once refused, they are gone.
  const mayRepeat = !entry.files?.length;
  return (
    <article className={`flex flex-col items-end ${firstOfRun ? 'pt-4' : 'pt-1'}`}>
      <div className={`measure border-r-3 pr-3 ${failed ? 'border-urgent' : 'border-line'}`}>
        {entry.files?.map(({ id, name }) => (
          <p key={id} className="flex items-center justify-end gap-1.5">
            <FileText aria-hidden="true" className="size-4 shrink-0 text-ink-soft" />
            {name}
          </p>
        ))}
        {entry.text && <p className="whitespace-pre-wrap">{entry.text}</p>}
      </div>
      {!failed && <OnItsWay online={online} />}
      {failed && (
        <div role="alert" className="flex flex-wrap items-center justify-end gap-x-3 text-small text-urgent">
          <span className="font-semibold">{`${t('message.failed')}. ${t(`message.refused.${reason}`)}`}</span>
          {mayRepeat && (
            <Button look="plain" onPress={() => void room.sendAgain(entry.clientMsgId)}>
              {t('message.sendAgain')}
            </Button>
          )}
          <Button look="plain" onPress={() => void room.discard(entry.clientMsgId)}>
            {t('message.discard')}
          </Button>
        </div>
      )}
    </article>
  );
}
