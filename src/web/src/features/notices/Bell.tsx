import { useQueryClient } from '@tanstack/react-query';
import { Bell as BellSign } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { queryKeys } from '../../api/queryKeys';
import { useLive } from '../../hooks/useLive';
import { useNewestNotice } from './api/notices';
import { usePushes } from './usePushes';

/** The way to one's notices, on every page but the room; counts those that are not read, and says it when one comes. */
export function Bell({ userId }: { userId: string }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data } = useNewestNotice();
  const live = useLive();
  const [said, setSaid] = useState('');
  const known = useRef<string | null | undefined>(undefined);
  const count = data?.unreadCount ?? 0;
  usePushes(userId);

  useEffect(() => {
    if (!live) return;
    const look = () => void queries.invalidateQueries({ queryKey: queryKeys.notices });
    const stops = [
      live.on('notification.created', look),
      // What came while the line was away has told nobody.
      live.onStatus((status) => status === 'connected' && look()),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [live, queries]);

  useEffect(() => {
    if (!data) return;
    const newest = data.items[0];
    // The first look tells nobody anything new; ids rise with time, so that reading one brings up an older one in silence.
    if (newest && known.current !== undefined && newest.id > (known.current ?? ''))
      setSaid(t('bell.said', { title: newest.title }));
    const highest = known.current ?? '';
    known.current = newest && newest.id > highest ? newest.id : (known.current ?? null);
  }, [data, t]);

  return (
    <>
      <NavLink
        to="/notices"
        className="relative grid size-11 shrink-0 place-items-center rounded-outer text-ink-soft transition-colors duration-150 hover:bg-well hover:text-ink aria-[current=page]:bg-well aria-[current=page]:text-ink"
      >
        <BellSign aria-hidden="true" className="size-5" />
        {count > 0 && (
          <span
            aria-hidden="true"
            className="absolute top-0.5 left-1/2 grid w-max min-w-5 place-items-center rounded-full bg-brand px-1 font-semibold text-on-brand text-small leading-5 ring-2 ring-paper"
          >
            {count > 99 ? '99+' : count}
          </span>
        )}
        <span className="sr-only">
          {count > 0 ? t('bell.unread', { count }) : t(data ? 'bell.none' : 'notices.title')}
        </span>
      </NavLink>
      <p role="status" className="sr-only">
        {said}
      </p>
    </>
  );
}
