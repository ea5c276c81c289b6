import { useCallback, useEffect, useRef } from 'react';
import type { Room } from '../model/room';

/** Milliseconds between two "I am writing"; the other side believes one for twice as long. */
const repeatEvery = 3_000;
/** Milliseconds without a key after which one is no longer writing. */
const pause = 4_000;

/** Tells the other side that one is writing: seldom, and never what. */
export function useTypingSignal(room: Room) {
  const toldAt = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const over = useCallback(() => {
    clearTimeout(timer.current);
    if (toldAt.current === 0) return;
    toldAt.current = 0;
    room.typing(false);
  }, [room]);

  const heard = useCallback(
    (text: string) => {
      if (!text.trim()) return over();
      clearTimeout(timer.current);
      timer.current = setTimeout(over, pause);
      const now = Date.now();
      if (now - toldAt.current < repeatEvery) return;
      toldAt.current = now;
      room.typing(true);
    },
    [room, over],
  );

  useEffect(() => over, [over]);
  return { heard, over };
}
