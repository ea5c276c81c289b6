import { FlaskConical, Pill } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Problem } from '../../../api/problem';
import type { User } from '../../../api/session';
import { Refused } from '../../../parts/Refused';
import type { Visit } from '../../../parts/visit';
import { TextLink } from '../../../primitives/TextLink';
import { useRecords } from '../api/records';
import { RecordRow } from '../components/RecordRow';
import { newRecord, recordsBase } from '../places';

interface VisitRecordsProps {
  visit: Pick<Visit, 'id' | 'status'>;
  /** Whose records a practitioner sees here; the patient sees those of the visit. */
  patient?: { id: string; name: string };
}

/** Rows on the page of a visit; the rest is one step away. */
const shown = 5;
const quiet = 'inline-flex min-h-11 items-center gap-2 font-semibold text-brand underline-offset-4 hover:underline';

/** What was written of a visit; for the practitioner also the ways to write, and what they wrote for this patient before. */
export function VisitRecords({ visit, patient }: VisitRecordsProps) {
  const { t } = useTranslation();
  const user: Pick<User, 'role'> = { role: patient ? 'PRACTITIONER' : 'EMPLOYEE' };
  const query = useRecords({ kind: '', patientId: patient?.id ?? '' }, 50);
  const mayWrite = ['CONFIRMED', 'IN_PROGRESS', 'COMPLETED'].includes(visit.status);
  const items = (query.data?.pages.flatMap((page) => page.items) ?? []).filter(
    ({ consultationId }) => patient || consultationId === visit.id,
  );
  // A patient need not be told of each visit that nothing was written.
  if (!patient && items.length === 0) return null;
  const title = patient ? t('record.ofThem', { name: patient.name }) : t('record.visit');
  const all = patient ? `${recordsBase(user)}?patient=${patient.id}` : recordsBase(user);
  return (
    <section className="flex flex-col gap-2">
      <h2 className="font-semibold text-ink-soft">{title}</h2>
      {items.length > 0 && (
        <ul aria-label={title} className="border-line border-t">
          {items.slice(0, shown).map((record) => (
            <li key={record.id} className="border-line border-b py-2">
              <RecordRow record={record} user={user} named={!patient} />
            </li>
          ))}
        </ul>
      )}
      {query.data && items.length === 0 && (
        <p className="text-ink-soft">{t(mayWrite ? 'record.visitNone' : 'record.visitUnconfirmed')}</p>
      )}
      {!query.data && query.error && <Refused problem={Problem.from(query.error)} />}
      <div className="flex flex-wrap gap-x-6">
        {patient && mayWrite && (
          <>
            <Link to={newRecord('prescription', { patient: patient.id, visit: visit.id })} className={quiet}>
              <Pill aria-hidden="true" className="size-4" />
              {t('record.writePrescription')}
            </Link>
            <Link to={newRecord('exam', { patient: patient.id, visit: visit.id })} className={quiet}>
              <FlaskConical aria-hidden="true" className="size-4" />
              {t('record.writeExam')}
            </Link>
          </>
        )}
        {items.length > shown && <TextLink to={all}>{t('record.seeAll')}</TextLink>}
      </div>
    </section>
  );
}
