import { MessageCircleQuestion, Paperclip, PencilLine, Printer } from 'lucide-react';
import { lazy, type RefObject, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate, useParams } from 'react-router';
import { Problem } from '../../api/problem';
import type { User } from '../../api/session';
import { useTitle } from '../../hooks/useTitle';
import { withWords } from '../../i18n';
import { shortDate } from '../../i18n/time';
import { BackTo } from '../../parts/BackTo';
import { addressOf } from '../../parts/visit';
import { Button } from '../../primitives/Button';
import { Notice } from '../../primitives/Notice';
import { Skeleton } from '../../primitives/Skeleton';
import { ChatButton } from '../chat/ways';
import { KeepingActs } from '../keeping/ways';
import { ProblemPage } from '../shell';
import { type ClinicalRecord, isCorrected, useRecord } from './api/records';
import { AttachReport } from './components/AttachReport';
import { Content } from './components/Content';
import { History } from './components/History';
import { ReportFile } from './components/ReportFile';
import { dayText } from './model/days';
import { isPractitioner, placeOf, questionsOf, recordsBase } from './places';

const Questions = lazy(() => withWords('room', () => withWords('chat', () => import('./talk/Questions'))));

const shape = ['h-8 w-1/2', 'h-5 w-1/3', 'mt-6 h-16 w-full', 'h-16 w-full'];
const quiet = 'inline-flex min-h-11 items-center gap-2 font-semibold text-brand underline-offset-4 hover:underline';

/** One prescription or result; beside it, when asked for, the conversation about it. */
export function RecordPage({ user }: { user: User }) {
  const { t } = useTranslation();
  const { id = '', part } = useParams();
  const { data, error, refetch } = useRecord(id);
  useTitle(t('record.title'));
  if (part !== undefined && part !== 'questions') return <ProblemPage category="missing" />;
  if (data) return <Beside key={id} record={data} user={user} asking={part === 'questions'} />;
  if (error) return <ProblemPage category={Problem.from(error).category} onRetry={() => void refetch()} />;
  return <Skeleton label={t('list.loading')} lines={shape} />;
}

interface BesideProps {
  record: ClinicalRecord;
  user: User;
  asking: boolean;
}

/** What led here, told by the page before. */
interface Arrived {
  given?: boolean;
  reportFailed?: boolean;
  /** The questions were opened from the record, which the browser's own way back leads to. */
  fromRecord?: boolean;
}

function Beside({ record, user, asking }: BesideProps) {
  const navigate = useNavigate();
  const { state } = useLocation() as { state: Arrived | null };
  const opener = useRef<HTMLAnchorElement>(null);
  const wasAsking = useRef(asking);
  useEffect(() => {
    // Whoever closes the questions is back where they opened them.
    if (wasAsking.current && !asking) opener.current?.focus();
    wasAsking.current = asking;
  }, [asking]);
  const close = () => (state?.fromRecord ? navigate(-1) : navigate(placeOf(user, record.id), { replace: true }));
  return (
    <div
      className={
        asking
          ? // Wider than the column of reading, so that both are in sight.
            'desk:ml-[calc(50%-min(36rem,50vw-2.5rem))] desk:grid desk:w-[min(72rem,100vw-5rem)] desk:grid-cols-[minmax(0,1fr)_27rem] desk:items-start desk:gap-12'
          : ''
      }
    >
      <Shown record={record} user={user} opener={opener} arrived={state} />
      {asking && (
        <Suspense fallback={null}>
          <Questions record={record} user={user} onClose={() => void close()} />
        </Suspense>
      )}
    </div>
  );
}

interface ShownProps {
  record: ClinicalRecord;
  user: User;
  opener: RefObject<HTMLAnchorElement | null>;
  arrived: Arrived | null;
}

function Shown({ record, user, opener, arrived }: ShownProps) {
  const { t } = useTranslation();
  const [printing, setPrinting] = useState(false);
  const { exam, practitioner, patient, createdAt, updatedAt, id, report, versions } = record;
  const author = addressOf({ title: practitioner.title ?? null, name: practitioner.name });
  const mayWrite = isPractitioner(user) && practitioner.id === user.id;
  useEffect(() => {
    if (!printing) return;
    window.print();
    setPrinting(false);
  }, [printing]);
  return (
    <article className="flex min-w-0 flex-col gap-8">
      <BackTo near to={recordsBase(user)}>
        {t('record.title')}
      </BackTo>
      {arrived?.given && <Notice tone="done">{t('record.given', { name: patient.name })}</Notice>}
      <div className={`flex flex-col gap-6 ${printing ? 'printed' : ''}`}>
        <header className="flex flex-col gap-1">
          {exam && <p className="text-ink-soft">{t('record.exam')}</p>}
          <h1 className="break-words font-bold text-lead tablet:text-display tablet:tracking-tight">
            {exam ? exam.exam : t('record.ofDay', { date: shortDate(createdAt) })}
          </h1>
          <p className="text-ink-soft text-large">
            {exam?.date
              ? t('record.by', { author, patient: patient.name, date: dayText(exam.date) })
              : t('record.byFor', { author, patient: patient.name })}
          </p>
          {isCorrected(record) && (
            <p className="font-semibold text-waiting">{t('record.corrected', { date: shortDate(updatedAt) })}</p>
          )}
        </header>
        <Content said={record} />
      </div>
      {report && <ReportFile record={id} file={report} />}
      {exam && mayWrite && <AttachReport record={record} failed={arrived?.reportFailed ?? false} />}
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2 print:hidden">
        <Link
          ref={opener}
          to={questionsOf(user, id)}
          state={{ fromRecord: true }}
          className="inline-flex min-h-12 items-center justify-center gap-2 rounded-outer bg-brand px-5 font-semibold text-on-brand hover:bg-brand-strong"
        >
          <MessageCircleQuestion aria-hidden="true" className="size-5 shrink-0" />
          {t(exam ? 'record.askExam' : 'record.askPrescription')}
        </Link>
        {mayWrite && (
          <Link to={`${placeOf(user, id)}/correct`} className={quiet}>
            <PencilLine aria-hidden="true" className="size-4" />
            {t('record.correct')}
          </Link>
        )}
        {mayWrite && !exam && (
          <Link to={questionsOf(user, id)} state={{ fromRecord: true }} className={quiet}>
            <Paperclip aria-hidden="true" className="size-4" />
            {t('record.sendFile')}
          </Link>
        )}
        <ChatButton
          with={mayWrite ? patient : { id: practitioner.id, name: author }}
          as={isPractitioner(user) ? 'PRACTITIONER' : 'EMPLOYEE'}
        />
        <KeepingActs conversation={id} others={mayWrite ? patient.name : author} mayHold={isPractitioner(user)} />
        <Button look="plain" onPress={() => setPrinting(true)}>
          <Printer aria-hidden="true" className="size-4" />
          {t('record.print')}
        </Button>
      </div>
      {versions && versions.length > 1 && <History versions={versions} />}
    </article>
  );
}
