import { useEffect } from 'react';
import type { User } from '../../../api/session';
import { useOrganizations } from '../api/organizations';

/** All of them, however many pages they are: to name and to choose from. */
export function useAllOrganizations(user: User) {
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useOrganizations(user, {
    search: '',
    status: '',
  });
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return { all: data?.pages.flatMap((page) => page.items), error, refetch };
}
