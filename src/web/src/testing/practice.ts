import type { Slot } from '../parts/slots/useSlots';
import type { Visit } from '../parts/visit';

/** A confirmed visit of the patient Nadia Benali, for tests. */
export function visit(
  scheduledAt: string,
  differently: Partial<Visit> & { patient?: { id: string; name: string } } = {},
) {
  return {
    id: `v${scheduledAt}`,
    status: 'CONFIRMED' as Visit['status'],
    format: 'VIDEO' as const,
    scheduledAt,
    duration: 50,
    actualDuration: null,
    startedAt: null,
    endedAt: null,
    practitioner: { id: 'amina', name: 'Amina Rahal', title: 'Dr', specialty: null },
    patient: { id: 'nadia', name: 'Nadia Benali' },
    reason: null,
    createdAt: '2026-11-01T09:00:00Z',
    confirmedAt: null,
    cancelledAt: null,
    cancelledBy: null,
    cancelReason: null,
    cancellableUntil: null,
    timeZone: 'Europe/Paris',
    unreadCount: 0,
    waiting: false,
    ...differently,
  };
}

/** A free time of 50 minutes. */
export const slot = (startsAt: string): Slot => ({
  startsAt,
  endsAt: new Date(Date.parse(startsAt) + 50 * 60_000).toISOString(),
  duration: 50,
  available: true,
});
