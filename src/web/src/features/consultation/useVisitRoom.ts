import { useMemo } from 'react';
import type { Session, User } from '../../api/session';
import { guestApi, visitApi } from '../../parts/conversation/api/roomApi';
import { useRoom } from '../../parts/conversation/hooks/useRoom';
import { type LineSession, openLive } from '../../realtime/live';
import { session } from '../../session';

type RoomSession = LineSession & Pick<Session, 'request'>;

const asOneself = (id: string) => ({ api: visitApi(session, id), live: openLive(session) });

/** Opens the room of one visit while the page is shown. */
export const useVisitRoom = (id: string, { id: userId, role }: User) =>
  useRoom({ id, place: 'visit', userId, role, connect: asOneself });

/** The same for a guest. */
export function useGuestRoom(id: string, userId: string, guest: RoomSession) {
  const connect = useMemo(() => (visit: string) => ({ api: guestApi(guest, visit), live: openLive(guest) }), [guest]);
  return useRoom({ id, place: 'visit', userId, role: 'GUEST', connect });
}
