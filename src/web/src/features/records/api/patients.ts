import { useQuery } from '@tanstack/react-query';
import { queryKeys } from '../../../api/queryKeys';
import type { Visit } from '../../../parts/visit';
import type { Page } from '../../../realtime/events';
import { session } from '../../../session';

/** Somebody for whom one may write. */
export interface Patient {
  id: string;
  name: string;
  /** When their newest visit is or was. */
  lastVisitAt: string;
}

type Seen = Pick<Visit, 'scheduledAt' | 'status'> & { patient: { id: string; name: string } };

/** Visits that make a relation of care, as the server has it. */
const caring = ['CONFIRMED', 'IN_PROGRESS', 'COMPLETED'] as const satisfies readonly Visit['status'][];
/** Visits that are looked through; whoever was seen before them is found by their visit's page. */
const most = 1_000;

/** One's patients by name, each once. */
export const usePatients = (enabled: boolean) =>
  useQuery({
    queryKey: queryKeys.carePatients,
    enabled,
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const seen: Seen[] = [];
      let cursor: string | null = '';
      while (cursor !== null && seen.length < most) {
        const asked = new URLSearchParams({ limit: '100', ...(cursor && { cursor }) });
        const page: Page<Seen> = await session.request(`/api/consultations/mine?${asked}`, { signal });
        seen.push(...page.items);
        cursor = page.pageInfo.nextCursor;
      }
      return patientsOf(seen);
    },
  });

/** Visits come newest first, so the first of a patient is their last. */
function patientsOf(visits: readonly Seen[]): Patient[] {
  const patients = new Map<string, Patient>();
  for (const { patient, scheduledAt, status } of visits)
    if (caring.some((one) => one === status) && !patients.has(patient.id))
      patients.set(patient.id, { ...patient, lastVisitAt: scheduledAt });
  return [...patients.values()].sort((a, b) => a.name.localeCompare(b.name));
}
