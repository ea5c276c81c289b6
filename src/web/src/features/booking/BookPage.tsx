import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate, useParams, useSearchParams } from 'react-router';
import { Problem } from '../../api/problem';
import { queryKeys } from '../../api/queryKeys';
import type { User } from '../../api/session';
import { useAct } from '../../hooks/useAct';
import { useDraft } from '../../hooks/useDraft';
import { useTitle } from '../../hooks/useTitle';
import { deviceZone } from '../../parts/time';
import type { VisitFormat } from '../../parts/visit';
import { Skeleton } from '../../primitives/Skeleton';
import { ProblemPage } from '../shell';
import { book, type Hold } from './api/bookings';
import { type Practitioner, usePractitioner } from './api/practitioners';
import { ConfirmStep } from './components/ConfirmStep';
import { HowStep } from './components/HowStep';
import { KeptFor } from './components/KeptFor';
import { Steps } from './components/Steps';
import { useHold } from './hooks/useHold';
import { nameOf } from './model/words';
import { placeOf } from './places';

const shape = ['h-6 w-64', 'h-10 w-3/4', 'h-6 w-1/2', 'mt-6 h-40 w-full'];

/** From a chosen time to a visit: how, then yes. The time is kept meanwhile. */
export function BookPage({ user }: { user: User }) {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const [search] = useSearchParams();
  const { data, error, refetch } = usePractitioner(id);
  const at = search.get('at') ?? '';
  if (Number.isNaN(Date.parse(at))) return <ProblemPage category="missing" />;
  if (data) return <Booking key={`${id}/${at}`} practitioner={data} at={at} user={user} />;
  if (error) return <ProblemPage category={Problem.from(error).category} onRetry={() => void refetch()} />;
  return <Skeleton label={t('list.loading')} lines={shape} />;
}

function Booking({ practitioner, at, user }: { practitioner: Practitioner; at: string; user: User }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  // What the waiting list keeps for this patient comes along with the way here.
  const [given] = useState((useLocation().state as { hold?: Hold } | null)?.hold ?? null);
  const { state, take, spend } = useHold(practitioner.id, at, given);
  const [step, setStep] = useState<'how' | 'confirm'>('how');
  const [format, setFormat] = useState<VisitFormat>(practitioner.formats[0] ?? 'VIDEO');
  const [reason, setReason] = useDraft(user.id, `booking/${practitioner.id}`);
  const [once] = useState(() => crypto.randomUUID());
  const { busy, problem, run } = useAct();
  const heading = useRef<HTMLHeadingElement>(null);
  const name = nameOf(practitioner);
  const zone = deviceZone();
  useTitle(t('book.title', { name }));

  const refused = state.phase === 'refused' ? state.problem : problem;
  const lost = refused !== null && isGone(refused);
  useEffect(() => {
    if (lost) void navigate(placeOf(practitioner.id), { replace: true, state: { lost: true } });
  }, [lost, navigate, practitioner.id]);

  function go(next: typeof step) {
    setStep(next);
    requestAnimationFrame(() => heading.current?.focus());
  }

  async function confirm() {
    const done = await run(async () => {
      const visit = await book(
        {
          practitionerId: practitioner.id,
          scheduledAt: at,
          format,
          ...(reason.trim() && { reason: reason.trim() }),
          ...(state.phase === 'held' && { holdId: state.hold.id }),
        },
        once,
      );
      spend();
      setReason('');
      void navigate(`/patient/visits/${visit.id}/booked`, { replace: true });
    });
    if (done) void queries.invalidateQueries({ queryKey: queryKeys.patient });
  }

  const shared = { practitioner, name, at, zone, heading };
  return (
    <div className="flex flex-col gap-7">
      <Steps at={step} back={placeOf(practitioner.id)} onHow={() => go('how')} />
      {step === 'how' ? (
        <HowStep
          {...shared}
          format={format}
          reason={reason}
          onFormat={setFormat}
          onReason={setReason}
          onNext={() => go('confirm')}
        />
      ) : (
        <ConfirmStep
          {...shared}
          format={format}
          reason={reason.trim()}
          problem={lost ? null : problem}
          busy={busy}
          ready={state.phase === 'held'}
          onBack={() => go('how')}
          onConfirm={() => void confirm()}
        />
      )}
      <KeptFor state={state} onAgain={() => void take()} />
    </div>
  );
}

/** Somebody else has it, or it has passed: then there is nothing to do here but to choose another. */
const isGone = ({ code, errors, category }: Problem) =>
  code === 'slot_taken' || (category === 'invalid' && 'scheduledAt' in errors);
