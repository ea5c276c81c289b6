import { useQuery } from '@tanstack/react-query';
import { queryKeys } from '../../../api/queryKeys';
import { session } from '../../../session';

export interface CalendarFeed {
  active: boolean;
  createdAt: string | null;
  /** Where it is fetched from; told when it is made, and never again. */
  url?: string;
}

const path = '/api/calendar/feed';

export const useCalendarFeed = () =>
  useQuery({
    queryKey: queryKeys.calendarFeed,
    queryFn: ({ signal }) => session.request<CalendarFeed>(path, { signal }),
  });

/** A new address; the one before stops working. */
export const renewCalendarFeed = () =>
  session.request<CalendarFeed & { url: string }>(`${path}/regenerate`, { method: 'POST', body: {} });

export const dropCalendarFeed = () => session.request<void>(path, { method: 'DELETE' });
