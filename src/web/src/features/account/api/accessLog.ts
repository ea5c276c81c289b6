import { useInfiniteQuery } from '@tanstack/react-query';
import { queryKeys } from '../../../api/queryKeys';
import type { Page } from '../../../realtime/events';
import { session } from '../../../session';

export interface AccessLine {
  id: string;
  at: string;
  /** Null for the server itself, or for nobody who was signed in. */
  actorId: string | null;
  actorName: string | null;
  actorRole: string | null;
  /** CREATE, READ … and REFUSED. */
  action: string;
  /** What was tried, when it was refused. */
  attempted?: string | null;
  resource: string;
  /** As one of the two people of a consultation. */
  clinical?: boolean;
  outcome: string;
}

/** What was done with what is mine, newest first. */
export const useAccessLog = () =>
  useInfiniteQuery({
    queryKey: queryKeys.accessLog,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      session.request<Page<AccessLine>>(
        `/api/users/me/access-log?limit=50${pageParam && `&cursor=${encodeURIComponent(pageParam)}`}`,
        { signal },
      ),
    getNextPageParam: (page) => page.pageInfo.nextCursor,
  });
