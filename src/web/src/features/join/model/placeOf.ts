import type { QueueItem } from '../../../realtime/events';
import type { Place } from '../../waiting-room';

/** What the line told of a place, which is the newest, with what only an answer says: whether the practitioner is there. */
export function placeOf(told: QueueItem | null, asked: Place | null): Place | null {
  if (!told) return null;
  const { position, joinedAt, expectedAt = asked?.expectedAt ?? null, delayMinutes = asked?.delayMinutes ?? 0 } = told;
  return { position, joinedAt, expectedAt, delayMinutes, practitionerPresent: asked?.practitionerPresent ?? false };
}
