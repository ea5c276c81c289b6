import { useEffect, useState, useSyncExternalStore } from 'react';
import type { User } from '../../../api/session';
import { openLive } from '../../../realtime/live';
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
  const [room, setRoom] = useState<Room | null>(null);
  useEffect(() => {
    const opened = openRoom({
      consultationId: id,
      me: { id: userId, role },
      api: roomApi(session, id),
      live: openLive(session),
      outbox: { read: () => readOutbox(userId, id), put: putOutbox, drop: dropOutbox },
    });
    setRoom(opened);
    return () => {
      setRoom(null);
      opened.leave();
      forgetPictures(opened);
    };
  }, [id, userId, role]);
  return [room, useSyncExternalStore(room?.subscribe ?? nothingToHear, room?.getState ?? stillClosed)];
}
