import type { Visit } from '../api/visits';
import { endOf } from './visits';

/** How a visit looks in the calendar; never by colour alone, the word stands beside it. */
export type Tone = 'asked' | 'sure' | 'here' | 'running' | 'past' | 'missed';

export function toneOf(visit: Visit, now: number): Tone {
  if (visit.status === 'IN_PROGRESS') return 'running';
  if (visit.status === 'NO_SHOW') return 'missed';
  if (visit.status === 'COMPLETED' || visit.status === 'CANCELLED') return 'past';
  if (visit.waiting) return 'here';
  if (endOf(visit) < now) return 'past';
  return visit.status === 'CONFIRMED' ? 'sure' : 'asked';
}
