import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Room } from '../../../parts/conversation/model/room';
import type { RoomState } from '../../../parts/conversation/model/roomState';
import { type CallSession, openCallSession } from '../model/callSession';
import type { CallState } from '../model/callState';

const nothingToHear = () => () => undefined;
const nothing = () => null;

/** This device in the calls of the visit, as long as the visit's page is shown. */
export function useCallSession(
  room: Room,
  consultationId: string,
  { joined, call }: Pick<RoomState, 'joined' | 'call'>,
): [CallSession | null, CallState | null] {
  const [session, setSession] = useState<CallSession | null>(null);
  useEffect(() => {
    const opened = openCallSession({ consultationId, live: room.live, entry: room.entry });
    setSession(opened);
    // Leaving the page is hanging up, and has to be said while the line is open.
    const stop = room.endsWith(opened.close);
    return () => {
      setSession(null);
      stop();
      opened.close();
    };
  }, [room, consultationId]);
  useEffect(() => session?.follow(joined, call), [session, joined, call]);
  return [session, useSyncExternalStore(session?.subscribe ?? nothingToHear, session?.getState ?? nothing)];
}
