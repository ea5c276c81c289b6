import { useQuery } from '@tanstack/react-query';
import { queryKeys } from '../../../api/queryKeys';
import type { Day } from '../../../parts/time';
import { session } from '../../../session';

interface FreeTime {
  startsAt: string;
  available: boolean;
}

/** What patients could book with me between two dates of my own calendar. */
export const useFreeTimes = (from: Day, to: Day) =>
  useQuery({
    queryKey: queryKeys.ownSlots({ from, to, free: true }),
    queryFn: async ({ signal }) =>
      (
        await session.request<{ items: FreeTime[] }>(`/api/availability/slots?${new URLSearchParams({ from, to })}`, {
          signal,
        })
      ).items.filter(({ available }) => available),
  });
