import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Live } from '../../../realtime/live';
import { session } from '../../../session';
import { waitingRoomApi } from '../api/waitingRoom';
import { openWaitingRoom, type WaitingRoom, type WaitingState } from '../model/waitingRoom';

const still: WaitingState = { phase: 'opening', link: 'connecting', visit: null, place: null, problem: null };
const nothingToHear = () => () => undefined;
const getStill = () => still;

/** Takes and keeps a place while the page is shown. */
export function useWaitingRoom(id: string, live: Live | null): [WaitingRoom | null, WaitingState] {
  const [room, setRoom] = useState<WaitingRoom | null>(null);
  useEffect(() => {
    if (!live) return;
    const opened = openWaitingRoom({ id, api: waitingRoomApi(session, id), live });
    setRoom(opened);
    return () => {
      setRoom(null);
      opened.close();
    };
  }, [id, live]);
  return [room, useSyncExternalStore(room?.subscribe ?? nothingToHear, room?.getState ?? getStill)];
}
