import type { Slot } from '../../../parts/slots/useSlots';

import { wallOf } from './wall';

/** Where a visit goes that somebody holds: one of the free times in sight. */
export type Step = 'earlier' | 'later' | 'dayBefore' | 'dayAfter';

/** The free time to begin with: the first that is not before the visit's own, else the last. */
export const firstTarget = (slots: readonly Slot[], scheduledAt: string): Slot | null =>
  slots.find(({ startsAt }) => startsAt >= scheduledAt) ?? slots.at(-1) ?? null;

/** The free time one step on; the same where there is no other. `slots` are in order. */
export function stepTo(slots: readonly Slot[], from: Slot, step: Step, zone: string): Slot {
  const index = slots.findIndex(({ startsAt }) => startsAt === from.startsAt);
  if (step === 'earlier' || step === 'later') return slots[index + (step === 'later' ? 1 : -1)] ?? from;
  const here = wallOf(from.startsAt, zone);
  const days = [...new Set(slots.map(({ startsAt }) => wallOf(startsAt, zone).date))];
  const day = days[days.indexOf(here.date) + (step === 'dayAfter' ? 1 : -1)];
  return (day && nearest(slots, { date: day, minute: here.minute }, zone)) || from;
}

/** The free time of that day that is nearest to a place in its column, at most `reach` minutes away. */
export function nearest(
  slots: readonly Slot[],
  { date, minute }: { date: string; minute: number },
  zone: string,
  reach = Number.POSITIVE_INFINITY,
): Slot | null {
  let best: Slot | null = null;
  let distance = reach;
  for (const slot of slots) {
    const at = wallOf(slot.startsAt, zone);
    const away = Math.abs(at.minute - minute);
    if (at.date !== date || away >= distance) continue;
    best = slot;
    distance = away;
  }
  return best;
}
