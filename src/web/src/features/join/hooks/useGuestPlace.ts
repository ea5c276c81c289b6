import { useEffect, useState } from 'react';
import { Problem } from '../../../api/problem';
import type { Session } from '../../../api/session';
import type { QueueItem } from '../../../realtime/events';
import { type Place, waitingRoomApi } from '../../waiting-room';
import { placeOf } from '../model/placeOf';

/** Milliseconds between questions whether the practitioner is there; of all else the line tells. */
const askEvery = 15_000;

interface Line {
  /** The place as the line told it last; null where there is none. */
  told: QueueItem | null;
  connected: boolean;
  /** The visit is not ahead any more, as far as the server says: worth another look. */
  onChanged(): void;
}

/** The patient's place in one visit as a guest holds it who came by the patient's link; null until it is known. */
export function useGuestPlace(
  session: Pick<Session, 'request'>,
  id: string,
  { told, connected, onChanged }: Line,
): Place | null {
  const [asked, setAsked] = useState<Place | null>(null);
  const hasPlace = told !== null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a place that is gone is asked for at once; what to do on a change is no reason to ask.
  useEffect(() => {
    if (!connected) return;
    let gone = false;
    const api = waitingRoomApi(session, id);
    async function ask() {
      // The account may have given the place up meanwhile: who stays takes it anew.
      const place = await api.place().catch((reason) => {
        if (Problem.from(reason).code !== 'not_waiting') throw reason;
        return api.enter();
      });
      if (!gone) setAsked(place);
    }
    const look = () =>
      void ask().catch((reason) => !gone && Problem.from(reason).category === 'conflict' && onChanged());
    look();
    const asking = setInterval(look, askEvery);
    return () => {
      gone = true;
      clearInterval(asking);
    };
  }, [session, id, connected, hasPlace]);

  return placeOf(told, asked);
}
