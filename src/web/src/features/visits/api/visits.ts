import { useQuery } from '@tanstack/react-query';
import { usePages } from '../../../api/pages';
import { queryKeys } from '../../../api/queryKeys';
import { visitPath } from '../../../parts/useVisit';
import type { Visit, VisitFormat, VisitStatus } from '../../../parts/visit';
import { session } from '../../../session';

const path = '/api/consultations';

/** What is ahead, soonest first. */
export const useUpcomingVisits = () => usePages<Visit>(queryKeys.upcomingVisits, `${path}/upcoming`, { limit: '20' });

export const endedStates = ['COMPLETED', 'CANCELLED', 'NO_SHOW'] as const satisfies readonly VisitStatus[];

export interface PastFilter {
  status: (typeof endedStates)[number] | '';
  format: VisitFormat | '';
}

/** What has ended, newest first. */
export const usePastVisits = (filter: PastFilter) =>
  usePages<Visit>(queryKeys.pastVisits(filter), `${path}/history`, { ...filter, limit: '20' });

export interface VisitEvent {
  id: string;
  type: string;
  actorRole: string | null;
  at: string;
}

/** What has happened to a visit, oldest first. */
export const useVisitEvents = (id: string) =>
  useQuery({
    queryKey: queryKeys.visitEvents(id),
    queryFn: async ({ signal }) =>
      (await session.request<{ items: VisitEvent[] }>(`${visitPath(id)}/events`, { signal })).items,
  });

export const cancelVisit = (id: string, reason: string) =>
  session.request<Visit>(`${visitPath(id)}/cancel`, { method: 'PUT', body: reason ? { reason } : {} });

export const moveVisit = (id: string, scheduledAt: string) =>
  session.request<Visit>(`${visitPath(id)}/reschedule`, { method: 'PUT', body: { scheduledAt } });
