import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { queryKeys } from '../../../api/queryKeys';
import type { Page } from '../../../realtime/events';
import { session } from '../../../session';

/** Who is asked when an urgent message finds nobody; all null without one. */
interface Deputy {
  deputyId: string | null;
  name: string | null;
  /** How long the message waits before. */
  afterMinutes: number | null;
}

/** Somebody who could be one. */
interface Colleague {
  id: string;
  firstName: string;
  lastName: string;
  title: string | null;
  specialty: string | null;
}

const path = '/api/practitioners/me/deputy';

export const useDeputy = () =>
  useQuery({ queryKey: queryKeys.deputy, queryFn: ({ signal }) => session.request<Deputy>(path, { signal }) });

export function useNameDeputy() {
  const queries = useQueryClient();
  return useMutation({
    scope: { id: 'deputy' },
    mutationFn: (body: { deputyId: string | null; afterMinutes: number | null }) =>
      session.request<Deputy>(path, { method: 'PUT', body }),
    onSuccess: (deputy) => queries.setQueryData(queryKeys.deputy, deputy),
  });
}

/** The practitioners of the directory whose names hold these words; the first of them without any. */
export const useColleagues = (q: string) =>
  useQuery({
    queryKey: queryKeys.colleagues(q),
    queryFn: async ({ signal }) => {
      const asked = new URLSearchParams({ limit: '20', ...(q && { q }) });
      return (await session.request<Page<Colleague>>(`/api/practitioners/search?${asked}`, { signal })).items;
    },
    placeholderData: keepPreviousData,
  });
