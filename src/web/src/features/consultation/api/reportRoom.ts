import { visitPath } from '../../../parts/useVisit';
import { session } from '../../../session';

/** Tells the visit's record of one's coming into the room of a media server, and of leaving it. It is a word beside the visit: lost, nothing fails. */
export const reportRoom = (id: string, type: 'ROOM_JOINED' | 'ROOM_LEFT') =>
  void session.request(`${visitPath(id)}/events`, { method: 'POST', body: { type } }).catch(() => undefined);
