import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTitle } from '../../../hooks/useTitle';
import type { Consultation, Message } from '../../../realtime/events';
import { useAttention } from '../hooks/useAttention';
import type { Room } from '../model/room';
import type { RoomState } from '../model/roomState';
import { otherPerson } from '../people';
import { Announcements } from './Announcements';
import { BeforeVisit } from './BeforeVisit';
import { Composer } from './Composer';
import { DropTarget } from './DropTarget';
import { RoomHeader } from './RoomHeader';
import { Thread } from './Thread';

interface RoomViewProps {
  room: Room;
  state: RoomState;
  consultation: Consultation;
  /** A guest's way out; the two have one of their own. */
  onLeave?: () => void;
}

/** One consultation: who, the conversation, and a place to write. */
export function RoomView({ room, state, consultation, onLeave }: RoomViewProps) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState<Message | null>(null);
  const attention = useAttention();
  const { name } = otherPerson(consultation, room.me.id);
  const { status } = consultation;
  const isGuest = room.me.role === 'GUEST';
  const upcoming = status === 'scheduled' || status === 'confirmed';
  const ended = status === 'closed' || status === 'cancelled' || status === 'no_show';
  // A practitioner who writes has started the visit; a patient may leave a note before.
  const unstarted = upcoming && room.me.role === 'PRACTITIONER';
  const outside = upcoming && room.me.role === 'EMPLOYEE' && !state.joined && consultation.queueItem === null;
  const writable = !ended && !unstarted && !outside;
  const unseen = state.log.messages.filter(
    (message) => message.seq > state.readSeq && message.senderId !== room.me.id,
  ).length;
  // Nothing to read and nothing to write: the page is what stands above.
  const blank = !writable && state.log.messages.length === 0;
  const wasUnstarted = useRef(unstarted);
  useTitle(!attention && unseen > 0 ? `(${unseen}) ${name}` : name);

  return (
    <div className="flex h-dvh flex-col">
      <RoomHeader room={room} state={state} consultation={consultation} onLeave={onLeave} />
      <main className="flex min-h-0 flex-1 flex-col">
        {upcoming && !isGuest && <BeforeVisit room={room} state={state} consultation={consultation} />}
        {upcoming && isGuest && (
          <p role="status" className="border-line border-b bg-well px-5 py-5 text-center text-ink-soft">
            {t('guest.early', { name })}
          </p>
        )}
        {!blank && (
          <Thread room={room} state={state} otherName={name} writable={writable && !isGuest} onEdit={setEditing} />
        )}
        {ended && (
          <p className="border-line border-t bg-well px-5 py-4 text-center text-ink-soft">{t(`composer.${status}`)}</p>
        )}
        {unstarted && state.log.messages.length > 0 && (
          <p className="border-line border-t bg-well px-5 py-4 text-center text-ink-soft">{t('ready.reading')}</p>
        )}
        {writable && (
          <>
            <Composer
              room={room}
              place={consultation.id}
              otherName={name}
              editing={editing}
              onEdited={() => setEditing(null)}
              focusFirst={wasUnstarted.current}
            />
            {!isGuest && <DropTarget room={room} />}
          </>
        )}
      </main>
      <Announcements room={room} state={state} consultation={consultation} />
    </div>
  );
}
