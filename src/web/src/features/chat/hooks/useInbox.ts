import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { queryKeys } from '../../../api/queryKeys';
import { useLive } from '../../../hooks/useLive';

/** Milliseconds in which several words of the line are one reason to look again. */
const together = 250;

/** Keeps all lists of conversations as the server has them: what the line says is a hint to look again. */
export function useInbox() {
  const live = useLive();
  const queries = useQueryClient();
  useEffect(() => {
    if (!live) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void queries.invalidateQueries({ queryKey: queryKeys.conversations });
      }, together);
    };
    const join = () => void live.ask('inbox.join', {}).catch(() => undefined);
    const stops = [
      live.on('inbox.message', look),
      live.on('inbox.read', look),
      live.on('conversation.updated', look),
      // One's own words are told to the conversation alone.
      live.on('chat.message_created', look),
      live.on('chat.message_updated', look),
      live.onStatus((status) => {
        if (status !== 'connected') return;
        join();
        // What came while the line was away has told nobody.
        look();
      }),
    ];
    if (live.getStatus() === 'connected') join();
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [live, queries]);
}
