import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { queryKeys } from '../../../api/queryKeys';
import { type ConversationAnswer, conversationOf } from '../../../parts/conversation/api/wire';
import type { Page } from '../../../realtime/events';
import { session } from '../../../session';

const path = '/api/conversations';
/** Milliseconds: the line tells at once; this is for the day it does not. */
const refreshEvery = 60_000;

const ask = async (query: Record<string, string>, signal: AbortSignal) => {
  const asked = Object.entries(query).filter(([, value]) => value);
  const page = await session.request<Page<ConversationAnswer>>(`${path}?${new URLSearchParams(asked)}`, { signal });
  return { ...page, items: page.items.map(conversationOf) };
};

/** One's conversations page by page, the one with the newest message first. */
export const useConversations = (archived: boolean) =>
  useInfiniteQuery({
    queryKey: queryKeys.conversationList(archived),
    initialPageParam: '',
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam, signal }) =>
      ask({ archived: archived ? 'true' : '', limit: '40', cursor: pageParam }, signal),
    getNextPageParam: (last) => last.pageInfo.nextCursor ?? undefined,
  });

/** The newest of them, for what counts the unread and names people; `asks` always where an answer of a second ago may miss the word it is about. */
export const useNewestConversations = (asks: 'always' | 'when old' = 'when old') =>
  useQuery({
    queryKey: queryKeys.unreadConversations,
    queryFn: ({ signal }) => ask({ limit: '100' }, signal),
    refetchInterval: refreshEvery,
    refetchOnMount: asks === 'always' ? 'always' : true,
  });
