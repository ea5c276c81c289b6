import { type ReactNode, useCallback, useState } from 'react';
import type { Message } from '../../../realtime/events';
import { useSenderName } from '../hooks/useSenderName';
import type { Room } from '../model/room';
import type { RoomState } from '../model/roomState';
import { Composer } from './Composer';
import { DropTarget } from './DropTarget';
import { Pins } from './Pins';
import { Thread } from './Thread';
import { UrgentBar } from './UrgentBar';

interface ConversingProps {
  room: Room;
  state: RoomState;
  otherName: string;
  /** Nothing to read and nothing to write: then the page is what stands above. */
  hasThread?: boolean;
  writable: boolean;
  emptyWords: string | null;
  /** Why one cannot write, in place of where one would. */
  shut: string | null;
  focusFirst?: boolean;
  maxLength?: number;
  marks?: boolean;
  intent?: string | undefined;
  /** What is to be known before one writes, below the thread. */
  notice?: ReactNode;
  /** What whoever marks a message as urgent is told. */
  urgentHelp?: string;
  /** What is chosen for the next message, above where it is written. */
  aboveComposer?: ReactNode;
}

/** What was said, and a place to write: the same in a visit and in any other conversation. */
export function Conversing({
  room,
  state,
  otherName,
  hasThread = true,
  writable,
  emptyWords,
  shut,
  notice,
  aboveComposer,
  ...composing
}: ConversingProps) {
  const [editing, setEditing] = useState<Message | null>(null);
  const [answered, setAnswered] = useState<Message | null>(null);
  const nameOf = useSenderName(state, otherName);
  const isGuest = room.me.role === 'GUEST';
  const { id } = state.consultation ?? state.conversation ?? { id: '' };

  const onEdit = useCallback((message: Message) => {
    setAnswered(null);
    setEditing(message);
  }, []);
  const onReply = useCallback((message: Message) => {
    setEditing(null);
    setAnswered(message);
  }, []);

  return (
    <>
      <UrgentBar room={room} state={state} />
      <Pins room={room} state={state} nameOf={nameOf} writable={writable && !isGuest} />
      {hasThread && (
        <Thread
          room={room}
          state={state}
          otherName={otherName}
          writable={writable && !isGuest}
          emptyWords={emptyWords}
          onEdit={onEdit}
          onReply={onReply}
        />
      )}
      {shut && <p className="border-line border-t bg-well px-5 py-4 text-center text-ink-soft">{shut}</p>}
      {writable && (
        <>
          {notice}
          {aboveComposer && (
            <div className="border-line border-t">
              <div className="mx-auto w-full max-w-3xl px-2 pt-2 tablet:px-5">{aboveComposer}</div>
            </div>
          )}
          <Composer
            {...composing}
            room={room}
            place={id}
            otherName={otherName}
            uploads={state.uploads}
            editing={editing}
            onEdited={() => setEditing(null)}
            replying={
              answered && { message: answered, name: answered.senderId === room.me.id ? null : nameOf(answered) }
            }
            onReplied={() => setAnswered(null)}
          />
          {!isGuest && <DropTarget room={room} />}
        </>
      )}
    </>
  );
}
