import { FlaskConical, Pill } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { User } from '../../api/session';
import { useTitle } from '../../hooks/useTitle';
import { Rows } from '../../parts/Rows';
import { Segments } from '../../primitives/Segments';
import { SelectField } from '../../primitives/SelectField';
import { ButtonLink } from '../../primitives/TextLink';
import { usePatients } from './api/patients';
import { type RecordKind, recordKinds, useRecords } from './api/records';
import { RecordRow } from './components/RecordRow';
import { isPractitioner, newRecord } from './places';

const titles = { prescription: 'record.prescriptions', exam: 'record.exams' } as const;

/** Prescriptions and results, the newest first: for a patient their own, for a practitioner those they wrote. */
export function RecordsPage({ user }: { user: User }) {
  const { t } = useTranslation();
  const [asked, ask] = useSearchParams();
  const writes = isPractitioner(user);
  const kind = recordKinds.find((one) => one === asked.get('kind')) ?? '';
  const patientId = writes ? (asked.get('patient') ?? '') : '';
  const query = useRecords({ kind, patientId });
  const filtered = kind !== '' || patientId !== '';
  const change = (part: { kind?: string; patient?: string }) =>
    ask(Object.entries({ kind, patient: patientId, ...part }).filter(([, value]) => value) as [string, string][], {
      replace: true,
    });
  useTitle(t('record.title'));
  return (
    <div className="flex flex-col gap-6">
      <h1 className="font-bold text-lead tablet:text-display tablet:tracking-tight">{t('record.title')}</h1>
      {writes && (
        <div className="flex flex-wrap gap-3">
          <ButtonLink to={newRecord('prescription', patientId ? { patient: patientId } : {})}>
            <Pill aria-hidden="true" className="mr-2 size-5" />
            {t('record.writePrescription')}
          </ButtonLink>
          <Link
            to={newRecord('exam', patientId ? { patient: patientId } : {})}
            className="inline-flex min-h-11 items-center rounded-outer border border-line bg-sheet px-5 font-semibold hover:bg-well"
          >
            <FlaskConical aria-hidden="true" className="mr-2 size-5" />
            {t('record.writeExam')}
          </Link>
        </div>
      )}
      <search className="flex flex-wrap items-end justify-between gap-4">
        <Segments<RecordKind | ''>
          quiet
          label={t('record.which')}
          value={kind}
          options={[
            { value: '', label: t('record.all') },
            ...recordKinds.map((value) => ({ value, label: t(titles[value]) })),
          ]}
          onChange={(next) => change({ kind: next })}
        />
        {writes && <PatientFilter value={patientId} onChange={(patient) => change({ patient })} />}
      </search>
      <Rows
        query={query}
        label={t('record.title')}
        empty={t(filtered ? 'record.noneOf' : writes ? 'record.noneWritten' : 'record.none')}
      >
        {(record) => <RecordRow record={record} user={user} />}
      </Rows>
    </div>
  );
}

function PatientFilter({ value, onChange }: { value: string; onChange(id: string): void }) {
  const { t } = useTranslation();
  const { data = [] } = usePatients(true);
  return (
    <div className="w-full tablet:w-72">
      <SelectField
        label={t('record.ofPatient')}
        value={value}
        options={[
          { value: '', label: t('record.everyone') },
          ...data.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={onChange}
      />
    </div>
  );
}
