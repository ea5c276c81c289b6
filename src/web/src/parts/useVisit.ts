import { useQuery } from '@tanstack/react-query';
import { queryKeys } from '../api/queryKeys';
import { session } from '../session';
import type { Visit } from './visit';

export const visitPath = (id: string) => `/api/consultations/${encodeURIComponent(id)}`;

/** Milliseconds: what the line does not tell is seen within this time. */
const refreshEvery = 15_000;

/** One visit of the signed-in patient, kept fresh while it is looked at. */
export const useVisit = (id: string) =>
  useQuery({
    queryKey: queryKeys.visit(id),
    refetchInterval: refreshEvery,
    queryFn: ({ signal }) => session.request<Visit>(visitPath(id), { signal }),
  });
