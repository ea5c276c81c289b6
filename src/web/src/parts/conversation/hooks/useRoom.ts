import { useEffect, useState, useSyncExternalStore } from 'react';
import type { User } from '../../../api/session';
import type { Live } from '../../../realtime/live';
import { dropOutbox, putOutbox, readOutbox } from '../../../storage/device';
import type { RoomApi } from '../api/roomApi';
import { openRoom, type Room } from '../model/room';
import { closedRoom, type RoomState } from '../model/roomState';
import { forgetRoom } from './keptPerRoom';

const nothingToHear = () => () => undefined;
const stillClosed = () => closedRoom;
const keepsNothing = { read: async () => [], put: async () => undefined, drop: async () => undefined };

/** Between a frame's scrolling and its drawing: the list knows then where it is, and nothing flickers. A page that is not shown has no frames. */
const quiet = () =>
  new Promise<void>((resolve) => {
    if (document.visibilityState === 'hidden') resolve();
    else requestAnimationFrame(() => resolve());
  });

export interface RoomAddress {
  id: string;
  place: 'visit' | 'talk';
  userId: string;
  role: User['role'] | 'GUEST';
  /** What it takes to open it; must stay the same as long as the room is meant to. */
  connect(id: string): { api: RoomApi; live: Live };
}

/** Opens the room of one conversation while the page is shown. Of a guest nothing is kept on this device. */
export function useRoom({ id, place, userId, role, connect }: RoomAddress): [Room | null, RoomState] {
  const [room, setRoom] = useState<Room | null>(null);
  useEffect(() => {
    const opened = openRoom({
      conversationId: id,
      place,
      me: { id: userId, role },
      ...connect(id),
      quiet,
      outbox:
        role === 'GUEST' ? keepsNothing : { read: () => readOutbox(userId, id), put: putOutbox, drop: dropOutbox },
    });
    setRoom(opened);
    return () => {
      setRoom(null);
      opened.leave();
      forgetRoom(opened);
    };
  }, [id, place, userId, role, connect]);
  return [room, useSyncExternalStore(room?.subscribe ?? nothingToHear, room?.getState ?? stillClosed)];
}
