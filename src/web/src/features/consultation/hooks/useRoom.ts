import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Session, User } from '../../../api/session';
import { type LineSession, openLive } from '../../../realtime/live';
import { session } from '../../../session';
import { dropOutbox, putOutbox, readOutbox } from '../../../storage/device';
import { roomApi } from '../api/consultations';
import { openRoom, type Room } from '../model/room';
import { closedRoom, type RoomState } from '../model/roomState';
import { forgetPictures } from './usePicture';

const nothingToHear = () => () => undefined;
const stillClosed = () => closedRoom;

/** Opens the room of one consultation while the page is shown. */
export function useRoom(id: string, { id: userId, role }: User): [Room | null, RoomState] {
  return useOpened(id, userId, role, session);
}

/** The same for a guest, of whom nothing is kept on this device. */
export function useGuestRoom(id: string, guestId: string, guest: RoomSession): [Room | null, RoomState] {
  return useOpened(id, guestId, 'GUEST', guest);
}

type RoomSession = LineSession & Pick<Session, 'request'>;

const keepsNothing = { read: async () => [], put: async () => undefined, drop: async () => undefined };

function useOpened(
  id: string,
  userId: string,
  role: User['role'] | 'GUEST',
  by: RoomSession,
): [Room | null, RoomState] {
  const [room, setRoom] = useState<Room | null>(null);
  useEffect(() => {
    const opened = openRoom({
      consultationId: id,
      me: { id: userId, role },
      api: roomApi(by, id),
      live: openLive(by),
      outbox:
        role === 'GUEST' ? keepsNothing : { read: () => readOutbox(userId, id), put: putOutbox, drop: dropOutbox },
    });
    setRoom(opened);
    return () => {
      setRoom(null);
      opened.leave();
      forgetPictures(opened);
    };
  }, [id, userId, role, by]);
  return [room, useSyncExternalStore(room?.subscribe ?? nothingToHear, room?.getState ?? stillClosed)];
}
