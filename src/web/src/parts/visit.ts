export type VisitFormat = 'VIDEO' | 'AUDIO' | 'IN_PERSON';
export type VisitStatus = 'SCHEDULED' | 'CONFIRMED' | 'IN_PROGRESS' | 'COMPLETED' | 'CANCELLED' | 'NO_SHOW';

/** A consultation as its patient sees it. */
export interface Visit {
  id: string;
  status: VisitStatus;
  format: VisitFormat;
  scheduledAt: string;
  /** Minutes, as planned. */
  duration: number;
  /** Minutes that it took; null until it has ended. */
  actualDuration: number | null;
  startedAt: string | null;
  endedAt: string | null;
  practitioner: { id: string; name: string; title: string | null; specialty: string | null };
  reason: string | null;
  /** Where the practitioner's clock is. */
  timeZone: string;
  createdAt: string;
  confirmedAt: string | null;
  cancelledAt: string | null;
  cancelledBy: string | null;
  cancelReason: string | null;
  /** Until then the patient may cancel or move it; null when it cannot be any more. */
  cancellableUntil: string | null;
  unreadCount: number;
  /** The patient is in the waiting room. */
  waiting: boolean;
}

/** As one addresses them: "Dr Amina Rahal". */
export const addressOf = ({ title, name }: { title: string | null; name: string }) =>
  [title, name].filter(Boolean).join(' ');

export const formatKey = (format: VisitFormat) => `format.${format.toLowerCase() as 'video'}` as const;

/** Minutes before the planned time at which the waiting room usually opens; the server has the last word. */
const opensEarly = 30;

export const roomOpensAt = ({ scheduledAt }: Pick<Visit, 'scheduledAt'>) =>
  Date.parse(scheduledAt) - opensEarly * 60_000;

export const isAhead = ({ status }: Pick<Visit, 'status'>) => status === 'SCHEDULED' || status === 'CONFIRMED';

/** Neither over nor called off. */
export const isLive = (status: VisitStatus) =>
  status === 'SCHEDULED' || status === 'CONFIRMED' || status === 'IN_PROGRESS';

/** Where a visit stands for its patient, which decides what the page says and what one can do. */
export type Standing = 'asked' | 'ahead' | 'open' | 'running' | 'done' | 'cancelled' | 'missed';

export function standingOf(visit: Pick<Visit, 'status' | 'scheduledAt'>, now: number): Standing {
  if (visit.status === 'IN_PROGRESS') return 'running';
  if (visit.status === 'COMPLETED') return 'done';
  if (visit.status === 'CANCELLED') return 'cancelled';
  if (visit.status === 'NO_SHOW') return 'missed';
  if (roomOpensAt(visit) <= now) return 'open';
  return visit.status === 'CONFIRMED' ? 'ahead' : 'asked';
}

/** Whether the patient may still cancel or move it. */
export const mayChange = (visit: Visit, now: number) =>
  isAhead(visit) && visit.cancellableUntil !== null && Date.parse(visit.cancellableUntil) > now;
