import { Route, Routes } from 'react-router';
import type { User } from '../../api/session';
import { ProblemPage } from '../shell';
import { RecordPage } from './RecordPage';
import { RecordsPage } from './RecordsPage';

/** Prescriptions and results, as both of a record's people read them. */
export default function RecordPages({ user }: { user: User }) {
  return (
    <Routes>
      <Route index element={<RecordsPage user={user} />} />
      <Route path=":id" element={<RecordPage user={user} />} />
      <Route path="*" element={<ProblemPage category="missing" />} />
    </Routes>
  );
}
