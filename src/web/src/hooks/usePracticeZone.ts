import { useQuery } from '@tanstack/react-query';
import { queryKeys } from '../api/queryKeys';
import { session } from '../session';

/** Where the clock of a practice is; patients have none. */
export const usePracticeZone = (isPractitioner: boolean) =>
  useQuery({
    queryKey: queryKeys.hourSettings,
    queryFn: ({ signal }) => session.request<{ timeZone: string }>('/api/availability/settings', { signal }),
    enabled: isPractitioner,
    staleTime: 60_000,
  });
