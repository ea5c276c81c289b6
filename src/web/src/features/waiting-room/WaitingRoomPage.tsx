import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useTitle } from '../../hooks/useTitle';
import { addressOf, type Visit } from '../../parts/visit';
import { Skeleton } from '../../primitives/Skeleton';
import { TextLink } from '../../primitives/TextLink';
import type { Live } from '../../realtime/live';
import { ProblemPage } from '../shell';
import { Called } from './components/Called';
import { DeviceCheck } from './components/DeviceCheck';
import { Early, Left, Over } from './components/Elsewhere';
import { LineWords } from './components/LineWords';
import { Meanwhile } from './components/Meanwhile';
import { Waiting } from './components/Waiting';
import { useWaitingRoom } from './hooks/useWaitingRoom';
import type { WaitingRoom, WaitingState } from './model/waitingRoom';

const shape = ['h-6 w-40', 'h-10 w-3/4', 'h-6 w-1/2', 'mt-8 h-40 w-full'];

/** One calm page: where I am in the line, what to do meanwhile, and the door when it opens. */
export function WaitingRoomPage({ live }: { live: Live | null }) {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const [room, state] = useWaitingRoom(id, live);
  const called = state.phase === 'called';
  useTitle(t(called ? 'wait.titleCalled' : 'wait.title'));
  if (state.phase === 'failed')
    return <ProblemPage category={state.problem?.category ?? 'broken'} onRetry={() => room?.retry()} />;
  if (!room || !state.visit || state.phase === 'opening') return <Skeleton label={t('wait.entering')} lines={shape} />;
  return <Inside room={room} state={state} visit={state.visit} />;
}

function Inside({ room, state, visit }: { room: WaitingRoom; state: WaitingState; visit: Visit }) {
  const { t } = useTranslation();
  const name = addressOf(visit.practitioner);
  const { phase, place } = state;
  const isIn = phase === 'waiting' || phase === 'early';
  return (
    <div className="flex flex-col gap-10">
      <div className="flex flex-col gap-5">
        {phase !== 'over' && phase !== 'left' && <LineWords status={state.link} />}
        {phase === 'called' && <Called visit={visit} name={name} />}
        {phase === 'waiting' && place && (
          <Waiting place={place} scheduledAt={visit.scheduledAt} name={name} onLeave={room.leave} />
        )}
        {phase === 'early' && <Early visit={visit} name={name} />}
        {phase === 'left' && <Left visit={visit} onBack={room.comeBack} />}
        {phase === 'over' && <Over visit={visit} name={name} />}
      </div>
      {isIn && visit.format !== 'IN_PERSON' && <DeviceCheck camera={visit.format === 'VIDEO'} />}
      {isIn && (
        <Meanwhile name={name} note={<TextLink to={`/consultations/${visit.id}`}>{t('wait.writeNote')}</TextLink>} />
      )}
    </div>
  );
}
