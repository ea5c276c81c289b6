import type { User } from '../../../api/session';
import { shareLine } from '../../../realtime/line';
import { session } from '../../../session';
import { conversationApi } from '../api/roomApi';
import { useRoom } from './useRoom';

/** By the line that the tab has already: its lists hear of this conversation what it hears. */
function connect(id: string) {
  const { live, release } = shareLine(session);
  return { api: conversationApi(session, id), live: { ...live, close: release } };
}

/** Opens one conversation while the page is shown. */
export const useTalk = (id: string, { id: userId, role }: User) =>
  useRoom({ id, place: 'talk', userId, role, connect });
