import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Route, Routes, useLocation } from 'react-router';
import { queryKeys } from '../../api/queryKeys';
import type { User } from '../../api/session';
import { useFreshPage } from '../../hooks/useFreshPage';
import { useLive } from '../../hooks/useLive';
import { ProblemPage } from '../shell';
import { CorrectPage } from './CorrectPage';
import { isPractitioner } from './places';
import { RecordPage } from './RecordPage';
import { RecordsPage } from './RecordsPage';
import { WritePage } from './WritePage';

/** Prescriptions and results, as both of a record's people read them, and as a practitioner writes them. */
export default function RecordPages({ user }: { user: User }) {
  const writes = isPractitioner(user);
  const live = useLive();
  const queries = useQueryClient();
  // What is asked beside a record is on the record's page.
  useFreshPage(useLocation().pathname.replace(/\/questions$/, ''));
  useEffect(() => {
    if (!live) return;
    const refresh = () => void queries.invalidateQueries({ queryKey: queryKeys.records });
    const stops = [
      live.on('record.created', refresh),
      live.on('record.updated', refresh),
      // What was told while the line was away was told to nobody.
      live.onStatus((status) => status === 'connected' && refresh()),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [live, queries]);
  return (
    <Routes>
      <Route index element={<RecordsPage user={user} />} />
      {writes && <Route path="new/:kind" element={<WritePage user={user} />} />}
      {writes && <Route path=":id/correct" element={<CorrectPage user={user} />} />}
      <Route path=":id/:part?" element={<RecordPage user={user} />} />
      <Route path="*" element={<ProblemPage category="missing" />} />
    </Routes>
  );
}
