import { useQuery } from '@tanstack/react-query';
import { usePages } from '../../../api/pages';
import { queryKeys } from '../../../api/queryKeys';
import type { VisitFormat } from '../../../parts/visit';
import type { Page } from '../../../realtime/events';
import { session } from '../../../session';

/** What patients read of a practitioner. */
export interface Practitioner {
  id: string;
  firstName: string;
  lastName: string;
  title: string | null;
  specialty: string | null;
  /** Language tags. */
  languages: string[];
  bio: string;
  /** Years. */
  experience: number | null;
  diplomas: string[];
  formats: VisitFormat[];
  timeZone: string;
  avatarUrl: string | null;
  /** Null when nothing is free as far as one may book. */
  nextAvailableAt: string | null;
}

const path = '/api/practitioners';

/** What the directory is asked for; members that are empty ask nothing. */
export interface DirectoryFilter {
  q: string;
  specialty: string;
  language: string;
  format: VisitFormat | '';
  /** An instant: only who has a free time before. */
  availableBefore: string;
}

/** Who can be seen, who can be seen soonest first. Every card asks for its own free times, so the pages are short. */
export const useDirectory = (filter: DirectoryFilter) =>
  usePages<Practitioner>(queryKeys.directory(filter), `${path}/search`, {
    ...filter,
    q: filter.q.trim(),
    sort: 'nextAvailable',
    limit: '10',
  });

export const usePractitioner = (id: string) =>
  useQuery({
    queryKey: queryKeys.practitioner(id),
    queryFn: ({ signal }) => session.request<Practitioner>(`${path}/${encodeURIComponent(id)}`, { signal }),
  });

/** What there is to choose from in the filters: the specialties and languages of the first hundred. */
export const useChoices = () =>
  useQuery({
    queryKey: queryKeys.specialties,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const { items } = await session.request<Page<Practitioner>>(`${path}/search?limit=100`, { signal });
      return {
        specialties: [...new Set(items.flatMap(({ specialty }) => specialty ?? []))].sort((a, b) => a.localeCompare(b)),
        languages: [...new Set(items.flatMap(({ languages }) => languages))],
      };
    },
  });
