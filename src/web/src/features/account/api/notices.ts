import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { queryKeys } from '../../../api/queryKeys';
import { session } from '../../../session';

/** When neither mails nor devices tell of messages: on the clocks of a zone, as HH:mm; null as long as there are none. */
export interface QuietHours {
  enabled: boolean;
  from: string | null;
  to: string | null;
  timeZone: string | null;
  urgentPasses: boolean;
}

export interface NoticeSettings {
  /** What comes by mail; everything is in the list of notices anyway. */
  mail: { changes: boolean; reminders: boolean; messages: boolean };
  /** What comes to the devices that asked for it. */
  push: { messages: boolean };
  quietHours: QuietHours;
  /** How long before a visit, the farthest first. */
  reminderMinutes: number[];
}

const path = '/api/notifications/settings';
/** The server takes no more. */
export const mostReminders = 5;

export const useNoticeSettings = () =>
  useQuery({
    queryKey: queryKeys.noticeSettings,
    queryFn: ({ signal }) => session.request<NoticeSettings>(path, { signal }),
  });

/** Shown at once and sent one after another, so that of two quick choices the later stays; what was not taken is asked for anew. */
export function useChangeNoticeSettings() {
  const queries = useQueryClient();
  return useMutation({
    scope: { id: 'notice-settings' },
    mutationFn: (settings: NoticeSettings) => session.request<NoticeSettings>(path, { method: 'PUT', body: settings }),
    onMutate: async (settings) => {
      await queries.cancelQueries({ queryKey: queryKeys.noticeSettings });
      queries.setQueryData(queryKeys.noticeSettings, settings);
    },
    onError: () => queries.invalidateQueries({ queryKey: queryKeys.noticeSettings }),
  });
}
