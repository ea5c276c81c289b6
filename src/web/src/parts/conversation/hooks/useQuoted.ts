import { useEffect, useState } from 'react';
import type { Message } from '../../../realtime/events';
import type { Room } from '../model/room';

/** What messages answer, by room: a row that scrolls out and back must not ask again. */
const asked = new WeakMap<Room, Map<string, Promise<Message>>>();

/** The message that another one answers; null until it is there, or when it cannot be had. */
export function useQuoted(room: Room, messageId: string | null | undefined): Message | null {
  const [quoted, setQuoted] = useState<Message | null>(null);
  useEffect(() => {
    if (!messageId) return setQuoted(null);
    const known = asked.get(room) ?? new Map<string, Promise<Message>>();
    asked.set(room, known);
    const finding = known.get(messageId) ?? room.find(messageId);
    known.set(messageId, finding);
    let wanted = true;
    finding.then(
      (message) => wanted && setQuoted(message),
      () => known.delete(messageId),
    );
    return () => {
      wanted = false;
    };
  }, [room, messageId]);
  return quoted;
}
