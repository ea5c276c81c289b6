import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { Problem } from '../../api/problem';
import { queryKeys } from '../../api/queryKeys';
import type { User } from '../../api/session';
import { useAct } from '../../hooks/useAct';
import { useTitle } from '../../hooks/useTitle';
import { dayIn } from '../../i18n/time';
import { BackTo } from '../../parts/BackTo';
import { Refused } from '../../parts/Refused';
import { Notice } from '../../primitives/Notice';
import { Skeleton } from '../../primitives/Skeleton';
import { ProblemPage } from '../shell';
import { type ClinicalRecord, type Exam, type Prescription, type Said, useRecord } from './api/records';
import { correctRecord } from './api/write';
import { examForm, prescriptionForm, saidInExam, saidInPrescription } from './model/form';
import { placeOf } from './places';
import { ExamFields } from './writing/ExamFields';
import { asExam, asPrescription } from './writing/kinds';
import { PrescriptionFields } from './writing/PrescriptionFields';
import { useWriting } from './writing/useWriting';
import { WritingFrame, type WritingFrameProps } from './writing/WritingFrame';

const shape = ['h-10 w-2/3', 'h-6 w-1/2', 'mt-6 h-40 w-full'];

/** The next version of a record; what it said before stays. */
export function CorrectPage({ user }: { user: User }) {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { data, error, refetch } = useRecord(id);
  const title = t(data?.exam ? 'record.correctExam' : 'record.correctPrescription');
  useTitle(title);
  if (!data) {
    if (error) return <ProblemPage category={Problem.from(error).category} onRetry={() => void refetch()} />;
    return <Skeleton label={t('list.loading')} lines={shape} />;
  }
  // Another practitioner's record is nobody else's to correct.
  if (data.practitioner.id !== user.id) return <ProblemPage category="forbidden" />;
  return (
    <div className="flex flex-col gap-6">
      <BackTo near to={placeOf(user, id)}>
        {t('record.back')}
      </BackTo>
      <div className="flex flex-col gap-1">
        <h1 className="font-bold text-lead tablet:text-display tablet:tracking-tight">{title}</h1>
        <p className="text-ink-soft text-title">{t('record.forPatient', { name: data.patient.name })}</p>
      </div>
      {data.exam ? (
        <Exams record={data} exam={data.exam} user={user} />
      ) : (
        data.prescription && <Prescriptions record={data} prescription={data.prescription} user={user} />
      )}
    </div>
  );
}

interface CorrectProps {
  record: ClinicalRecord;
  user: User;
}

const placeOfDraft = ({ id }: ClinicalRecord) => `record-correct-${id}`;

function useCorrecting({ record, user }: CorrectProps) {
  const act = useAct();
  const queries = useQueryClient();
  const navigate = useNavigate();
  /** The version that this page was opened on: what was written since must be read first. */
  const [base] = useState(record.version);
  const [same, setSame] = useState(false);
  const overtaken = act.problem?.code === 'record_changed';

  async function give(said: Partial<Said>, forget: () => void) {
    const isSame = JSON.stringify(said) === JSON.stringify(saidOf(record));
    setSame(isSame);
    if (isSame) return;
    await act.run(async () => {
      try {
        // Told of the newer version, whoever gives it once more has decided.
        await correctRecord(record.id, overtaken ? record.version : base, said);
      } catch (reason) {
        if (Problem.from(reason).code === 'record_changed')
          await queries.refetchQueries({ queryKey: queryKeys.record(record.id) });
        throw reason;
      }
      forget();
      await queries.invalidateQueries({ queryKey: queryKeys.records });
      await navigate(placeOf(user, record.id), { state: { given: true }, replace: true });
    });
  }
  return { ...act, overtaken, same, give };
}

/** The same shape as a form gives, to compare with. */
const saidOf = ({ prescription, exam }: ClinicalRecord): Partial<Said> =>
  exam
    ? saidInExam(examForm(exam), exam.reportFileId)
    : prescription
      ? saidInPrescription(prescriptionForm(prescription))
      : {};

function Prescriptions({ record, prescription, user }: CorrectProps & { prescription: Prescription }) {
  const correcting = useCorrecting({ record, user });
  const writing = useWriting({
    userId: user.id,
    place: placeOfDraft(record),
    initial: prescriptionForm(prescription),
    ...asPrescription,
    problem: correcting.problem,
  });
  return (
    <Frame
      record={record}
      user={user}
      correcting={correcting}
      writing={writing}
      give={async () => {
        const form = writing.check();
        if (form) await correcting.give(saidInPrescription(form), writing.forget);
      }}
    >
      <PrescriptionFields form={writing.form} onChange={writing.change} errorOf={writing.errorOf} />
    </Frame>
  );
}

function Exams({ record, exam, user }: CorrectProps & { exam: Exam }) {
  const correcting = useCorrecting({ record, user });
  const [today] = useState(() => dayIn(Date.now()));
  const writing = useWriting({
    userId: user.id,
    place: placeOfDraft(record),
    initial: examForm(exam),
    ...asExam(today, exam.reportFileId !== null),
    problem: correcting.problem,
  });
  return (
    <Frame
      record={record}
      user={user}
      correcting={correcting}
      writing={writing}
      give={async () => {
        const form = writing.check();
        if (form) await correcting.give(saidInExam(form, exam.reportFileId), writing.forget);
      }}
    >
      <ExamFields form={writing.form} today={today} onChange={writing.change} errorOf={writing.errorOf} />
    </Frame>
  );
}

interface FrameProps extends CorrectProps, Pick<WritingFrameProps, 'writing' | 'children'> {
  correcting: ReturnType<typeof useCorrecting>;
  give(): Promise<void>;
}

function Frame({ record, user, correcting, writing, give, children }: FrameProps) {
  const { t } = useTranslation();
  const { busy, problem, same, overtaken } = correcting;
  const { name } = record.patient;
  return (
    <WritingFrame
      writing={writing}
      name={name}
      about={t('record.correctText', { name, count: record.version + 1 })}
      busy={busy}
      onSubmit={give}
      refused={
        <>
          {overtaken ? (
            <Notice tone="waiting" alert>
              {t('record.overtaken', { count: record.version })}{' '}
              <Link to={placeOf(user, record.id)} className="font-semibold underline underline-offset-4">
                {t('record.back')}
              </Link>
            </Notice>
          ) : (
            <Refused problem={problem} />
          )}
          {same && <Notice tone="info">{t('record.same')}</Notice>}
        </>
      }
    >
      {children}
    </WritingFrame>
  );
}
