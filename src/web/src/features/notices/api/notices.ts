import { type InfiniteData, type QueryClient, useQuery } from '@tanstack/react-query';
import { usePages } from '../../../api/pages';
import { queryKeys } from '../../../api/queryKeys';
import { currentLanguage } from '../../../i18n';
import type { Page } from '../../../realtime/events';
import { session } from '../../../session';

export interface Notice {
  id: string;
  type: string;
  /** In the reader's language; of health it says nothing. */
  title: string;
  message: string;
  /** A path of this origin: what the notice is about. */
  linkUrl: string;
  /** The start that was planned when it came to be. */
  startsAt: string;
  isRead: boolean;
  createdAt: string;
}

interface NoticePage extends Page<Notice> {
  /** Of all, not of the page. */
  unreadCount: number;
}

const path = '/api/notifications';
/** Milliseconds: the line tells at once; this is for the day it does not. */
const refreshEvery = 60_000;

/** How many are not read, and the newest of them. */
export const useNewestNotice = () =>
  useQuery({
    queryKey: queryKeys.newestNotice,
    queryFn: ({ signal }) => session.request<NoticePage>(`${path}?unread=true&limit=1`, { signal }),
    refetchInterval: refreshEvery,
  });

export const useNotices = () =>
  usePages<Notice>(queryKeys.noticeList(currentLanguage()), path, {
    limit: '30',
  });

/** Shows them as read at once; what the server says afterwards counts. */
async function readHere(queries: QueryClient, isMeant: (notice: Notice) => boolean, act: () => Promise<void>) {
  await queries.cancelQueries({ queryKey: queryKeys.notices });
  queries.setQueriesData<InfiniteData<Page<Notice>>>({ queryKey: queryKeys.noticeList(currentLanguage()) }, (known) =>
    known
      ? {
          ...known,
          pages: known.pages.map((page) => ({
            ...page,
            items: page.items.map((notice) => (isMeant(notice) ? { ...notice, isRead: true } : notice)),
          })),
        }
      : known,
  );
  try {
    await act();
  } finally {
    await queries.invalidateQueries({ queryKey: queryKeys.notices });
  }
}

export const markRead = (queries: QueryClient, id: string) =>
  readHere(
    queries,
    (notice) => notice.id === id,
    () => session.request<void>(`${path}/${id}/read`, { method: 'PUT' }),
  );

export const markAllRead = (queries: QueryClient) =>
  readHere(
    queries,
    () => true,
    () => session.request<void>(`${path}/read-all`, { method: 'PUT' }),
  );
