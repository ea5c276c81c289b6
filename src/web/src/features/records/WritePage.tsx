import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { queryKeys } from '../../api/queryKeys';
import type { User } from '../../api/session';
import { useAct } from '../../hooks/useAct';
import { useTitle } from '../../hooks/useTitle';
import { dayIn } from '../../i18n/time';
import { BackTo } from '../../parts/BackTo';
import { Loaded } from '../../parts/Loaded';
import { Refused } from '../../parts/Refused';
import { Notice } from '../../primitives/Notice';
import { ProblemPage } from '../shell';
import { type Patient, usePatients } from './api/patients';
import { type RecordKind, recordKinds, type Said } from './api/records';
import { attachReport, writeRecord } from './api/write';
import { ReportPicker } from './components/ReportPicker';
import { emptyExam, emptyPrescription, saidInExam, saidInPrescription } from './model/form';
import { placeOf, recordsBase } from './places';
import { ExamFields } from './writing/ExamFields';
import { asExam, asPrescription } from './writing/kinds';
import { PatientChoice } from './writing/PatientChoice';
import { PrescriptionFields } from './writing/PrescriptionFields';
import { useWriting } from './writing/useWriting';
import { WritingFrame } from './writing/WritingFrame';

/** A new prescription or result: for whom first, then what. */
export function WritePage({ user }: { user: User }) {
  const { t } = useTranslation();
  const { kind: named } = useParams();
  const kind = recordKinds.find((one) => one === named);
  const [asked] = useSearchParams();
  const patientId = asked.get('patient');
  const patients = usePatients(patientId !== null);
  const title = t(kind === 'exam' ? 'record.newExam' : 'record.newPrescription');
  useTitle(title);
  if (!kind) return <ProblemPage category="missing" />;
  return (
    <div className="flex flex-col gap-6">
      <BackTo near to={recordsBase(user)}>
        {t('record.title')}
      </BackTo>
      <h1 className="font-bold text-lead tablet:text-display tablet:tracking-tight">{title}</h1>
      {patientId === null ? (
        <PatientChoice kind={kind} />
      ) : (
        <Loaded query={patients} lines={['h-6 w-1/3', 'h-40 w-full']}>
          {(list) => {
            const patient = list.find(({ id }) => id === patientId);
            if (!patient) return <PatientChoice kind={kind} />;
            const props = { user, patient, visit: asked.get('visit') };
            return (
              <>
                <p className="-mt-4 text-ink-soft text-title">{t('record.forPatient', { name: patient.name })}</p>
                {kind === 'exam' ? <NewExam {...props} /> : <NewPrescription {...props} />}
              </>
            );
          }}
        </Loaded>
      )}
    </div>
  );
}

interface NewProps {
  user: User;
  patient: Patient;
  /** The visit that it comes of. */
  visit: string | null;
}

const placeOfDraft = (kind: RecordKind, { id }: Patient) => `record-new-${kind}-${id}`;

/** Writes it, and shows it; what failed about its report is told there. */
function useGiving({ user, patient, visit }: NewProps) {
  const act = useAct();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const give = (said: Partial<Said>, once: string, forget: () => void, after?: (id: string) => Promise<unknown>) =>
    act.run(async () => {
      const record = await writeRecord(
        { patientId: patient.id, ...(visit && { consultationId: visit }), ...said },
        once,
      );
      forget();
      const reportFailed = await after?.(record.id).then(
        () => false,
        () => true,
      );
      await queries.invalidateQueries({ queryKey: queryKeys.records });
      await navigate(placeOf(user, record.id), { state: { given: true, reportFailed }, replace: true });
    });
  return { ...act, give };
}

function NewPrescription(props: NewProps) {
  const { t } = useTranslation();
  const { user, patient } = props;
  const { busy, problem, give } = useGiving(props);
  const writing = useWriting({
    userId: user.id,
    place: placeOfDraft('prescription', patient),
    initial: emptyPrescription(),
    ...asPrescription,
    problem,
  });
  return (
    <WritingFrame
      writing={writing}
      name={patient.name}
      about={t('record.giveText', { name: patient.name })}
      busy={busy}
      refused={<NotGiven problem={problem} user={user} />}
      onSubmit={async () => {
        const form = writing.check();
        if (!form) return;
        const once = problem?.code === 'record_key_reused' ? writing.renew() : writing.once;
        await give(saidInPrescription(form), once, writing.forget);
      }}
    >
      <PrescriptionFields form={writing.form} onChange={writing.change} errorOf={writing.errorOf} />
    </WritingFrame>
  );
}

function NewExam(props: NewProps) {
  const { t } = useTranslation();
  const { user, patient } = props;
  const { busy, problem, give } = useGiving(props);
  const [today] = useState(() => dayIn(Date.now()));
  const [report, setReport] = useState<{ file: File; type: string } | null>(null);
  const writing = useWriting({
    userId: user.id,
    place: placeOfDraft('exam', patient),
    initial: emptyExam(today),
    ...asExam(today, false),
    problem,
  });
  return (
    <WritingFrame
      writing={writing}
      name={patient.name}
      about={t('record.giveText', { name: patient.name })}
      busy={busy}
      refused={<NotGiven problem={problem} user={user} />}
      onSubmit={async () => {
        const form = writing.check();
        if (!form) return;
        const once = problem?.code === 'record_key_reused' ? writing.renew() : writing.once;
        const attach = report ? (id: string) => attachReport(id, report.file, report.type) : undefined;
        await give(saidInExam(form, null), once, writing.forget, attach);
      }}
    >
      <ExamFields form={writing.form} today={today} onChange={writing.change} errorOf={writing.errorOf} />
      <ReportPicker
        label={t('record.attach')}
        file={report?.file ?? null}
        onChoose={(file, type) => setReport(file && { file, type })}
      />
    </WritingFrame>
  );
}

/** Why it was not taken as a whole; what concerns a field stands beside it. */
function NotGiven({ problem, user }: { problem: ReturnType<typeof useAct>['problem']; user: User }) {
  const { t } = useTranslation();
  if (problem?.code === 'record_key_reused')
    return (
      <Notice tone="waiting" alert>
        {t('record.alreadyGiven')}{' '}
        <Link to={recordsBase(user)} className="font-semibold underline underline-offset-4">
          {t('record.title')}
        </Link>
      </Notice>
    );
  return <Refused problem={problem} />;
}
