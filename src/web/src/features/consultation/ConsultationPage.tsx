import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { User } from '../../api/session';
import { Skeleton } from '../../primitives/Skeleton';
import { ProblemPage } from '../shell';
import { RoomView } from './components/RoomView';
import { useVisitRoom } from './useVisitRoom';

const shape = ['h-12 w-full', 'mt-8 h-5 w-2/3', 'h-5 w-1/2', 'ml-auto h-5 w-1/2', 'h-5 w-3/5', 'ml-auto h-5 w-2/5'];

export function ConsultationPage({ user }: { user: User }) {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const [room, state] = useVisitRoom(id, user);

  if (room && state.consultation)
    return <RoomView key={id} room={room} state={state} consultation={state.consultation} />;
  return (
    <main className="mx-auto w-full max-w-3xl px-5 py-12">
      {state.problem ? (
        <ProblemPage
          category={state.problem.category}
          onRetry={canRetry(state.problem.category) ? room?.retry : undefined}
        />
      ) : (
        <Skeleton label={t('room.loading')} lines={shape} />
      )}
    </main>
  );
}

const canRetry = (category: string) => category !== 'missing' && category !== 'forbidden' && category !== 'invalid';
