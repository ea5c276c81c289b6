import { useQuery } from '@tanstack/react-query';
import { queryKeys } from '../../../api/queryKeys';
import { session } from '../../../session';

/** Someone's wish for a time with a practitioner who has none. */
export interface Wish {
  id: string;
  practitionerId: string;
  /** Instants between which a time would do; null where any would. */
  from: string | null;
  until: string | null;
  status: 'WAITING' | 'OFFERED';
  /** A time that became free, kept for this patient for a while. */
  offer: { scheduledAt: string; duration: number; holdId: string; expiresAt: string } | null;
}

const path = '/api/consultations/waiting-list';

/** Milliseconds: an offer is good for half an hour. */
const refreshEvery = 30_000;

export const useWishes = () =>
  useQuery({
    queryKey: queryKeys.waitingList,
    refetchInterval: refreshEvery,
    queryFn: async ({ signal }) => (await session.request<{ items: Wish[] }>(path, { signal })).items,
  });

export const addWish = (practitionerId: string, from: string | null, until: string | null) =>
  session.request<Wish>(path, {
    method: 'POST',
    body: { practitionerId, ...(from && { from }), ...(until && { until }) },
  });

export const dropWish = (id: string) =>
  session.request<void>(`${path}/${encodeURIComponent(id)}`, { method: 'DELETE' });
