import type { Session } from '../api/session';
import { type Live, openLive } from './live';

let open: { live: Live; listeners: number } | null = null;

/** The one line of this tab's signed-in person, open as long as anybody on the pages listens. What is given back is closed by the last of them. */
export function shareLine(session: Session): { live: Live; release(): void } {
  open ??= { live: openLive(session), listeners: 0 };
  const line = open;
  line.listeners += 1;
  return {
    live: line.live,
    release() {
      line.listeners -= 1;
      if (line.listeners > 0) return;
      line.live.close();
      open = null;
    },
  };
}
