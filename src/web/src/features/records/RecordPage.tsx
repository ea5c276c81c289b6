import { ArrowLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { Problem } from '../../api/problem';
import type { User } from '../../api/session';
import { useTitle } from '../../hooks/useTitle';
import { shortDate } from '../../i18n/time';
import { addressOf } from '../../parts/visit';
import { Skeleton } from '../../primitives/Skeleton';
import { ButtonLink } from '../../primitives/TextLink';
import { ProblemPage } from '../shell';
import { type ClinicalRecord, type ExamValue, type Medication, useRecord } from './api';
import { recordsBase, talkOf } from './places';

const shape = ['h-8 w-1/2', 'h-5 w-1/3', 'mt-6 h-16 w-full', 'h-16 w-full'];

/** One prescription or result, and the way to ask about it. */
export function RecordPage({ user }: { user: User }) {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { data, error, refetch } = useRecord(id);
  useTitle(t('record.title'));
  if (data) return <Shown record={data} user={user} />;
  if (error) return <ProblemPage category={Problem.from(error).category} onRetry={() => void refetch()} />;
  return <Skeleton label={t('list.loading')} lines={shape} />;
}

function Shown({ record, user }: { record: ClinicalRecord; user: User }) {
  const { t } = useTranslation();
  const { prescription, exam, practitioner, patient, createdAt, updatedAt, version, id } = record;
  const author = addressOf({ title: practitioner.title ?? null, name: practitioner.name });
  return (
    <article className="flex flex-col gap-6">
      <Link
        to={recordsBase(user)}
        className="-mt-3 inline-flex min-h-11 items-center gap-1.5 self-start text-ink-soft underline-offset-4 hover:text-ink hover:underline"
      >
        <ArrowLeft aria-hidden="true" className="size-4" />
        {t('record.title')}
      </Link>
      <header className="flex flex-col gap-1">
        <h1 className="font-bold text-lead">{exam ? exam.exam : t('record.prescription')}</h1>
        <p className="text-ink-soft text-large">
          {t('record.by', { author, patient: patient.name, date: shortDate(exam?.date ?? createdAt) })}
        </p>
        {version > 1 && <p className="text-waiting">{t('record.corrected', { date: shortDate(updatedAt) })}</p>}
      </header>
      {prescription?.medications && (
        <ul aria-label={t('record.medications')} className="border-line border-t">
          {prescription.medications.map((line) => (
            <Dose key={`${line.medication} ${line.dosage} ${line.frequency}`} line={line} />
          ))}
        </ul>
      )}
      {prescription?.notes && <p className="measure whitespace-pre-line">{prescription.notes}</p>}
      {exam?.values && exam.values.length > 0 && (
        <ul aria-label={t('record.values')} className="border-line border-t">
          {exam.values.map((value) => (
            <Measured key={value.name} value={value} />
          ))}
        </ul>
      )}
      {exam?.conclusion && (
        <p className="measure whitespace-pre-line border-brand border-l-2 pl-4 text-large">{exam.conclusion}</p>
      )}
      <div>
        <ButtonLink to={talkOf(user, id)}>{t(exam ? 'record.askExam' : 'record.askPrescription')}</ButtonLink>
      </div>
    </article>
  );
}

function Dose({ line: { medication, dosage, frequency, duration, notes } }: { line: Medication }) {
  return (
    <li className="border-line border-b py-3">
      <p className="font-semibold text-large">{medication}</p>
      <p>{[dosage, frequency, duration].filter(Boolean).join(' · ')}</p>
      {notes && <p className="text-ink-soft">{notes}</p>}
    </li>
  );
}

const flags = ['low', 'high', 'critical_low', 'critical_high', 'abnormal'] as const;

function Measured({ value: { name, value, unit, referenceRange, flag } }: { value: ExamValue }) {
  const { t } = useTranslation();
  const known = flags.find((one) => one === flag);
  return (
    <li className="flex flex-wrap items-baseline gap-x-4 border-line border-b py-3">
      <span className="min-w-40 flex-1">{name}</span>
      <span className="font-semibold">{[value, unit].filter(Boolean).join(' ')}</span>
      {referenceRange && (
        <span className="text-ink-soft text-small">{t('record.range', { range: referenceRange })}</span>
      )}
      {known && (
        <span className={`font-semibold text-small ${known.startsWith('critical') ? 'text-urgent' : 'text-waiting'}`}>
          {t(`record.flag.${known}`)}
        </span>
      )}
    </li>
  );
}
