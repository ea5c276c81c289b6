import { useInfiniteQuery } from '@tanstack/react-query';
import { queryKeys } from '../../../api/queryKeys';
import type { Page } from '../../../realtime/events';
import { session } from '../../../session';

export interface ConsultationItem {
  id: string;
  status: 'SCHEDULED' | 'CONFIRMED' | 'IN_PROGRESS' | 'COMPLETED' | 'CANCELLED' | 'NO_SHOW';
  format: 'VIDEO' | 'AUDIO' | 'IN_PERSON';
  scheduledAt: string;
  /** Minutes. */
  duration: number;
  startedAt: string | null;
  endedAt: string | null;
  practitioner: { id: string; name: string; title: string | null; specialty: string | null };
  patient: { id: string; name: string };
  unreadCount: number;
  lastMessageAt: string | null;
  /** Until then the patient may cancel or move it. */
  cancellableUntil: string | null;
  /** The patient waits for the practitioner. */
  waiting: boolean;
}

/** Milliseconds: a practitioner learns within this time who has come to wait. */
const refreshEvery = 10_000;

/** The signed-in person's consultations, newest appointment first, page by page; kept fresh while the page is looked at. */
export function useMyConsultations() {
  return useInfiniteQuery({
    queryKey: queryKeys.myConsultations,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      session.request<Page<ConsultationItem>>(
        `/api/consultations/mine?limit=50${pageParam && `&cursor=${encodeURIComponent(pageParam)}`}`,
        { signal },
      ),
    getNextPageParam: (page) => page.pageInfo.nextCursor,
    refetchInterval: refreshEvery,
  });
}
