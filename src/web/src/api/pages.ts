import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { Page } from '../realtime/events';
import { session } from '../session';

/** A list that is read page by page; `filter` becomes the query, empty members left out. */
export function usePages<T>(key: readonly unknown[], from: string, filter: Record<string, string>) {
  return useInfiniteQuery({
    queryKey: key,
    initialPageParam: '',
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam, signal }) => {
      const asked = Object.entries({ ...filter, cursor: pageParam }).filter(([, value]) => value);
      return session.request<Page<T>>(`${from}?${new URLSearchParams(asked)}`, { signal });
    },
    getNextPageParam: (last) => last.pageInfo.nextCursor ?? undefined,
  });
}
