import { useTranslation } from 'react-i18next';
import { ProblemPage } from '../../../features/shell';
import { Skeleton } from '../../../primitives/Skeleton';
import type { Room } from '../model/room';
import type { RoomState } from '../model/roomState';

interface TalkMissingProps {
  room: Room | null;
  state: RoomState;
  /** The shape of what is coming. */
  lines: readonly string[];
}

/** In place of a conversation that is not there: why not, or that it comes. */
export function TalkMissing({ room, state: { problem }, lines }: TalkMissingProps) {
  const { t } = useTranslation();
  if (!problem) return <Skeleton label={t('room.loading')} lines={lines} />;
  return (
    <ProblemPage
      category={problem.category}
      onRetry={problem.category === 'unreachable' ? room?.retry : undefined}
      home={false}
    />
  );
}
