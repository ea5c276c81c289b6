import { useInfiniteQuery } from '@tanstack/react-query';
import { queryKeys } from '../../../api/queryKeys';
import type { Page } from '../../../realtime/events';
import { session } from '../../../session';

export interface AccessLine {
  id: string;
  at: string;
  /** Of someone who was refused, the role alone; null for nobody who was signed in. */
  actor: { id: string | null; name: string | null; role: string | null } | null;
  /** It was oneself. */
  self: boolean;
  /** CREATE, READ … and REFUSED. */
  action: string;
  /** What was tried, when it was refused. */
  attempted: string | null;
  resource: string;
  why: string;
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
