import type { Visit, VisitFormat } from '../../../parts/visit';
import { session } from '../../../session';

/** A time kept for one patient while they decide. */
export interface Hold {
  id: string;
  expiresAt: string;
}

const path = '/api/consultations';

/** Keeps a time; one that was kept before is let go. */
export const holdSlot = (practitionerId: string, scheduledAt: string) =>
  session.request<Hold>(`${path}/holds`, { method: 'POST', body: { practitionerId, scheduledAt } });

export const releaseHold = (id: string) =>
  session.request<void>(`${path}/holds/${encodeURIComponent(id)}`, { method: 'DELETE' });

export interface Booking {
  practitionerId: string;
  scheduledAt: string;
  format: VisitFormat;
  reason?: string;
  holdId?: string;
}

/** Books; asked again under the same `once` after a lost answer, it is still one visit. */
export const book = (booking: Booking, once: string) =>
  session.request<Visit>(path, { method: 'POST', body: booking, once });
