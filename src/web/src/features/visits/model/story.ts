import type { VisitEvent } from '../api/visits';

/** What of a visit's events a patient wants to read; comings and goings in the room are none of them. */
const told = [
  'Scheduled',
  'Confirmed',
  'Rescheduled',
  'Cancelled',
  'HandedOver',
  'Started',
  'Ended',
  'NoShow',
] as const;
type Told = (typeof told)[number];

/** "NO_SHOW", "NoShow" and "no_show" are one word. */
const plain = (type: string) => type.replaceAll('_', '').toLowerCase();

export interface Chapter {
  id: string;
  type: Told;
  at: string;
}

/** The events that make the story of a visit, oldest first. */
export const storyOf = (events: readonly VisitEvent[]): Chapter[] =>
  events
    .flatMap(({ id, type, at }) => {
      const known = told.find((one) => plain(one) === plain(type));
      return known ? [{ id, type: known, at }] : [];
    })
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
