import { useQuery } from '@tanstack/react-query';
import { queryKeys } from '../../../api/queryKeys';
import { session } from '../../../session';

export const keptKinds = ['consultation', 'direct', 'prescription', 'exam'] as const;
export type KeptKind = (typeof keptKinds)[number];

/** How long one kind of conversation is kept after the last that was said. */
export interface RetentionRule {
  kind: KeptKind;
  years: number;
  /** What the installation demands at least. */
  floorYears: number;
}

/** What was erased on one day: numbers alone. */
export interface PurgeReport {
  organizationId: string;
  kind: KeptKind;
  day: string;
  conversations: number;
  messages: number;
  files: number;
  keys: number;
  records: number;
}

/** Years; the server's own limit. */
export const mostYears = 150;

interface Rules {
  items: RetentionRule[];
}

const pathOf = (organization: string) => `/api/admin-huntzen/companies/${organization}/retention`;

export const useOwnRules = () =>
  useQuery({
    queryKey: queryKeys.ownRetention,
    queryFn: async ({ signal }) => (await session.request<Rules>('/api/companies/me/retention', { signal })).items,
  });

export const useRules = (organization: string) =>
  useQuery({
    queryKey: queryKeys.retention(organization),
    queryFn: async ({ signal }) => (await session.request<Rules>(pathOf(organization), { signal })).items,
  });

export const changeRule = async (organization: string, kind: KeptKind, years: number) =>
  (await session.request<Rules>(pathOf(organization), { method: 'PUT', body: { kind, years } })).items;

export const usePurges = () =>
  useQuery({
    queryKey: queryKeys.purges,
    queryFn: async ({ signal }) =>
      (await session.request<{ items: PurgeReport[] }>('/api/admin-huntzen/retention/reports?limit=200', { signal }))
        .items,
  });
