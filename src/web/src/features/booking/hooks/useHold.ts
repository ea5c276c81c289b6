import { useCallback, useEffect, useRef, useState } from 'react';
import { Problem } from '../../../api/problem';
import { type Hold, holdSlot, releaseHold } from '../api/bookings';
import { endOfHold } from '../model/hold';

/** Longest that anything is kept (milliseconds): an offer to who was on the waiting list. */
const longestOffer = 30 * 60_000;

type State =
  | { phase: 'taking' }
  | { phase: 'held'; hold: Hold; toldAt: number; endsAt: number }
  | { phase: 'refused'; problem: Problem };

function held(hold: Hold, longest?: number): State {
  const toldAt = Date.now();
  return { phase: 'held', hold, toldAt, endsAt: endOfHold(hold.expiresAt, toldAt, longest) };
}

/** Keeps a time for as long as the page is open and the server allows; `given` is one that is kept already. */
export function useHold(practitionerId: string, scheduledAt: string, given: Hold | null) {
  const [state, setState] = useState<State>(() => (given ? held(given, longestOffer) : { phase: 'taking' }));
  const taken = useRef<Promise<Hold> | null>(null);
  const spent = useRef(false);

  const take = useCallback(async () => {
    setState({ phase: 'taking' });
    const asking = holdSlot(practitionerId, scheduledAt);
    taken.current = asking;
    try {
      const hold = await asking;
      if (taken.current === asking) setState(held(hold));
    } catch (reason) {
      if (taken.current === asking) setState({ phase: 'refused', problem: Problem.from(reason) });
    }
  }, [practitionerId, scheduledAt]);

  useEffect(() => {
    if (!given) void take();
    return () => {
      const asked = taken.current;
      taken.current = null;
      // Whoever leaves without booking lets others have the time; if that gets lost, it ends by itself.
      if (!spent.current) void asked?.then(({ id }) => releaseHold(id)).catch(() => undefined);
    };
  }, [given, take]);

  const spend = useCallback(() => {
    spent.current = true;
  }, []);
  return { state, take, spend };
}
