import { useQueryClient } from '@tanstack/react-query';
import { lazy, useEffect } from 'react';
import { Route, Routes } from 'react-router';
import { queryKeys } from './api/queryKeys';
import type { User } from './api/session';
import { BookedPage, BookPage, FindPage, PractitionerPage } from './features/booking';
import { ProblemPage } from './features/shell';
import { MovePage, PastVisitsPage, VisitPage, VisitsPage } from './features/visits';
import { WaitingRoomPage } from './features/waiting-room';
import { useFreshPage } from './hooks/useFreshPage';
import { useLive } from './hooks/useLive';
import { withWords } from './i18n';

const CallTestPage = lazy(async () => ({
  default: (await withWords('callTest', () => import('./features/call-test'))).CallTestPage,
}));

/** What a patient does here besides talking: finds, books, moves, waits. */
export function PatientPages({ user }: { user: User }) {
  const live = useLive();
  const queries = useQueryClient();
  useEffect(() => {
    if (!live) return;
    const refresh = () => void queries.invalidateQueries({ queryKey: queryKeys.patient });
    const stops = [
      live.on('consultation.updated', refresh),
      live.on('consultation.started', refresh),
      live.on('consultation.handed_over', refresh),
      live.on('waiting_list.offered', refresh),
      live.on('consultation.closed', refresh),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [live, queries]);
  useFreshPage();
  return (
    <Routes>
      <Route path="practitioners" element={<FindPage />} />
      <Route path="practitioners/:id" element={<PractitionerPage />} />
      <Route path="practitioners/:id/book" element={<BookPage user={user} />} />
      <Route path="visits" element={<VisitsPage />} />
      <Route path="visits/past" element={<PastVisitsPage />} />
      <Route path="visits/:id" element={<VisitPage user={user} />} />
      <Route path="visits/:id/booked" element={<BookedPage />} />
      <Route path="visits/:id/move" element={<MovePage />} />
      <Route path="visits/:id/test" element={<CallTestPage home="/patient/visits" />} />
      <Route path="visits/:id/waiting-room" element={<WaitingRoomPage live={live} />} />
      <Route path="*" element={<ProblemPage category="missing" />} />
    </Routes>
  );
}
