import { useEffect, useState } from 'react';
import type { Live } from '../../../realtime/live';
import { session } from '../../../session';
import { type RingingCall, ringingNow } from './calls';

/** The call that rings for this person, and how to make it stop here. */
export function useRinging(live: Live | null, asks: boolean): [RingingCall | null, (callId: string) => void] {
  const [ringing, setRinging] = useState<RingingCall | null>(null);
  useEffect(() => {
    if (!live) return;
    let over = false;
    // What has been answered or ended here must not begin again by an answer that was under way.
    const done = new Set<string>();
    const look = () =>
      asks &&
      void ringingNow(session).then(
        (calls) => {
          if (!over) setRinging(calls.find(({ call }) => !done.has(call.id)) ?? null);
        },
        () => undefined,
      );
    const stops = [
      live.on('call.ringing', (heard) => setRinging(heard)),
      // Answered here or on another device, given up, or ended.
      live.on('call.updated', ({ call }) => {
        if (call.state === 'ringing') return;
        done.add(call.id);
        setRinging((now) => (now?.call.id === call.id ? null : now));
      }),
      live.onStatus((status) => status === 'connected' && look()),
    ];
    if (live.getStatus() === 'connected') look();
    return () => {
      over = true;
      for (const stop of stops) stop();
    };
  }, [live, asks]);
  return [ringing, (callId) => setRinging((now) => (now?.call.id === callId ? null : now))];
}
