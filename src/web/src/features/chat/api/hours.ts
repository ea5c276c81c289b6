import { useQuery } from '@tanstack/react-query';
import { queryKeys } from '../../../api/queryKeys';
import { session } from '../../../session';

/** When an answer can be expected. */
export interface Hours {
  isOpen: boolean;
  /** Null while somebody works, and where the calendar says nothing of the next month. */
  nextAnswerAt: string | null;
  /** Whom to call where an answer would be too late. */
  emergencyNumbers: readonly string[];
}

/** Milliseconds: hours begin and end on the clock, and nobody tells of it. */
const refreshEvery = 5 * 60_000;

export const useHours = (conversationId: string, asked: boolean) =>
  useQuery({
    queryKey: queryKeys.conversationHours(conversationId),
    queryFn: ({ signal }) =>
      session.request<Hours>(`/api/conversations/${encodeURIComponent(conversationId)}/hours`, { signal }),
    refetchInterval: refreshEvery,
    enabled: asked,
  });
