import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Problem } from '../../../api/problem';
import { useNow } from '../../../hooks/useNow';
import { useTitle } from '../../../hooks/useTitle';
import { withWords } from '../../../i18n';
import { capitalized } from '../../../i18n/time';
import { OwnLink } from '../../../parts/OwnLink';
import { minutesInWords } from '../../../parts/time';
import { formatKey, isLive } from '../../../parts/visit';
import { Skeleton } from '../../../primitives/Skeleton';
import { TextLink } from '../../../primitives/TextLink';
import { useHourSettings } from '../../availability';
import { ChatButton } from '../../chat/ways';
import { KeepingActs } from '../../keeping/ways';
import { ProblemPage } from '../../shell';
import { useVisit, type Visit } from '../api/visits';
import { VisitActions } from '../components/VisitActions';
import { VisitStatus } from '../components/VisitStatus';
import { whenOf } from '../when';
import { Timeline } from './Timeline';

const GuestLinks = lazy(async () => ({
  default: (await withWords('room', () => import('../../../parts/guests'))).GuestLinks,
}));

const VisitRecords = lazy(async () => ({
  default: (await withWords('records', () => import('../../records/ways'))).VisitRecords,
}));

const TestsFound = lazy(async () => ({
  default: (await withWords('callTest', () => import('../../call-test/found'))).TestsFound,
}));

const tick = 15_000;
const shape = ['h-10 w-2/3', 'h-6 w-1/2', 'mt-4 h-11 w-48', 'mt-8 h-24 w-full'];

/** One visit from its booking to its end: when, with whom, how it stands, what happened, what to do. */
export function VisitPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const visit = useVisit(id);
  const settings = useHourSettings();
  useTitle(visit.data?.patient.name ?? t('agenda.title'));
  const failed = visit.error ?? settings.error;
  if (!visit.data || !settings.data) {
    if (failed)
      return <ProblemPage category={Problem.from(failed).category} onRetry={() => void visit.refetch()} home={false} />;
    return <Skeleton label={t('list.loading')} lines={shape} />;
  }
  return <Details visit={visit.data} zone={settings.data.timeZone} />;
}

function Details({ visit, zone }: { visit: Visit; zone: string }) {
  const { t } = useTranslation();
  const now = useNow(tick);
  const { patient, scheduledAt, duration, format, reason, unreadCount, cancelReason, actualDuration } = visit;
  const facts: [string, string][] = [
    [t('care.format'), t(formatKey(format))],
    [t('care.planned'), minutesInWords(duration)],
  ];
  if (actualDuration !== null) facts.push([t('care.actual'), minutesInWords(actualDuration)]);
  return (
    <div className="mx-auto grid w-full max-w-5xl items-start gap-x-16 gap-y-10 desk:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="flex min-w-0 flex-col gap-8">
        <OwnLink />
        <section className="flex flex-col gap-4">
          <p>
            <VisitStatus visit={visit} />
          </p>
          <div className="flex flex-col gap-1">
            <h1 className="font-bold text-display tracking-tight">{patient.name}</h1>
            <p className="text-ink-soft text-title">{capitalized(whenOf(t, scheduledAt, zone))}</p>
          </div>
          {visit.waiting && <p className="font-semibold text-large text-waiting">{t('care.hereText')}</p>}
          <VisitActions visit={visit} zone={zone} now={now} />
        </section>
        {reason && (
          <section className="measure flex flex-col gap-2">
            <h2 className="font-semibold text-ink-soft">{t('care.reason')}</h2>
            <p className="whitespace-pre-line border-brand border-l-2 pl-4 text-large">{reason}</p>
          </section>
        )}
        {cancelReason && (
          <section className="measure flex flex-col gap-2">
            <h2 className="font-semibold text-ink-soft">{t('care.whyCancelled')}</h2>
            <p className="whitespace-pre-line border-line border-l-2 pl-4">{cancelReason}</p>
          </section>
        )}
        {format !== 'IN_PERSON' && isLive(visit.status) && (
          <Suspense fallback={null}>
            <TestsFound visit={visit} when={(at) => whenOf(t, at, zone)} />
          </Suspense>
        )}
        <Suspense fallback={null}>
          <VisitRecords visit={visit} patient={patient} />
        </Suspense>
        <section className="flex flex-col gap-2">
          <h2 className="font-semibold text-ink-soft">{t('care.conversation')}</h2>
          <p>
            {unreadCount > 0 ? (
              <strong className="text-brand">{t('home.unread', { count: unreadCount })}</strong>
            ) : (
              <span className="text-ink-soft">{t('care.conversationText', { name: patient.name })}</span>
            )}
          </p>
          <div className="flex flex-wrap gap-x-6">
            <TextLink to={`/consultations/${visit.id}`}>{t('care.openConversation')}</TextLink>
            <ChatButton with={patient} as="PRACTITIONER" />
            <KeepingActs conversation={visit.id} others={patient.name} mayHold />
          </div>
        </section>
        {format !== 'IN_PERSON' && (
          <Suspense fallback={null}>
            <GuestLinks
              visit={visit.id}
              user={{ id: visit.practitioner.id, role: 'PRACTITIONER' }}
              isOver={!isLive(visit.status)}
              zone={zone}
            />
          </Suspense>
        )}
      </div>
      <aside
        aria-label={t('care.details')}
        className="flex flex-col gap-8 desk:self-stretch desk:border-line desk:border-l desk:pl-8"
      >
        <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5">
          {facts.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-ink-soft">{name}</dt>
              <dd>{capitalized(value)}</dd>
            </div>
          ))}
        </dl>
        <Timeline visit={visit} zone={zone} />
      </aside>
    </div>
  );
}
