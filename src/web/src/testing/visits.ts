import type { Visit } from '../parts/visit';

/** A visit of the patient with Dr Amina Rahal on 24 November 2026 at 13:30 UTC, for tests. */
export function visit(differently: Partial<Visit> = {}): Visit {
  return {
    id: 'v1',
    status: 'CONFIRMED',
    format: 'VIDEO',
    scheduledAt: '2026-11-24T13:30:00Z',
    duration: 50,
    actualDuration: null,
    startedAt: null,
    endedAt: null,
    practitioner: { id: 'amina', name: 'Amina Rahal', title: 'Dr', specialty: 'General medicine' },
    reason: null,
    timeZone: 'Europe/Paris',
    createdAt: '2026-11-20T09:00:00Z',
    confirmedAt: '2026-11-20T09:00:00Z',
    cancelledAt: null,
    cancelledBy: null,
    cancelReason: null,
    cancellableUntil: '2026-11-24T11:30:00Z',
    unreadCount: 0,
    waiting: false,
    ...differently,
  };
}
