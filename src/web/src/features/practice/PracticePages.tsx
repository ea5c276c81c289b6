import { lazy } from 'react';
import { Route, Routes } from 'react-router';
import { withWords } from '../../i18n';
import { AgendaPage, VisitPage } from '../agenda';
import { AvailabilityPage } from '../availability';
import { QueuePage } from '../queue';
import { ProblemPage } from '../shell';
import { StatsPage } from '../stats';

const CallTestPage = lazy(async () => ({
  default: (await withWords('callTest', () => import('../call-test'))).CallTestPage,
}));

/** What those who give care have besides the visits themselves. */
export function PracticePages() {
  return (
    <Routes>
      <Route path="agenda" element={<AgendaPage />} />
      <Route path="queue" element={<QueuePage />} />
      <Route path="availability" element={<AvailabilityPage />} />
      <Route path="stats" element={<StatsPage />} />
      <Route path="professional/consultations/:id" element={<VisitPage />} />
      <Route path="professional/consultations/:id/test" element={<CallTestPage home="/professional/consultations" />} />
      <Route path="*" element={<ProblemPage category="missing" />} />
    </Routes>
  );
}
