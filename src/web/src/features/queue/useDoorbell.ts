import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryKeys } from '../../api/queryKeys';
import { useLive } from '../../hooks/useLive';
import { useTitleBadge } from '../../hooks/useTitle';
import { chime } from '../../parts/chime';
import { useQueue } from './api/queue';
import { arrivals, own } from './model/waiting';
import { useSound } from './sound';

/** Rings, counts and says it when somebody enters the waiting room, whatever page of the practice is open. */
export function useDoorbell(): { waiting: number; said: string } {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data } = useQueue();
  const sound = useSound();
  const [said, setSaid] = useState('');
  const known = useRef<ReadonlySet<string> | null>(null);
  const waiting = own(data?.items ?? []).length;
  const live = useLive();
  useTitleBadge(waiting);

  useEffect(() => {
    if (!live) return;
    // What the line says is a hint to look again: a word that gets lost costs seconds, never a patient.
    const lookAtQueue = () => void queries.invalidateQueries({ queryKey: queryKeys.queue });
    const lookAtVisits = () => {
      lookAtQueue();
      void queries.invalidateQueries({ queryKey: queryKeys.care });
      void queries.invalidateQueries({ queryKey: queryKeys.allOwnSlots });
      void queries.invalidateQueries({ queryKey: queryKeys.myConsultations });
    };
    const stops = [
      live.on('queue.updated', lookAtQueue),
      live.on('consultation.updated', lookAtVisits),
      live.on('consultation.started', lookAtVisits),
      live.on('consultation.closed', lookAtVisits),
      live.onStatus((status) => status === 'connected' && lookAtVisits()),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [live, queries]);

  useEffect(() => {
    if (!data) return;
    const newcomers = arrivals(known.current, data.items);
    known.current = new Set(data.items.map(({ consultationId }) => consultationId));
    if (newcomers.length === 0) return;
    setSaid(newcomers.map(({ patient }) => t('queue.entered', { name: patient.name })).join(' '));
    if (sound) chime();
  }, [data, sound, t]);

  return { waiting, said };
}
