import { useEffect, useSyncExternalStore } from 'react';
import type { Room } from '../../parts/conversation/model/room';
import type { RoomState } from '../../parts/conversation/model/roomState';
import { isRung } from '../../parts/conversation/people';
import type { Consultation } from '../../realtime/events';
import { answering } from './answering';
import { CallOffer } from './components/CallOffer';
import { Stage } from './components/Stage';
import { useCallSession } from './hooks/useCallSession';

interface CallPlaceProps {
  room: Room;
  state: RoomState;
  consultation: Consultation;
  otherName: string;
  talking: boolean;
  unseen: number;
  onTalking(talking: boolean): void;
  /** Whether the picture has the page now, and the conversation stands beside it. */
  onStage(on: boolean): void;
}

/** The call in a visit's page: offered above the conversation, or on the stage beside it. */
export function CallPlace({
  room,
  state,
  consultation,
  otherName,
  talking,
  unseen,
  onTalking,
  onStage,
}: CallPlaceProps) {
  const [session, call] = useCallSession(room, consultation.id, state);
  const given = useSyncExternalStore(answering.subscribe, answering.get);
  const on = call !== null && call.phase !== 'outside';
  useEffect(() => {
    onStage(on);
    return () => onStage(false);
  }, [on, onStage]);

  // It rang on another page, or on this one, and was answered there.
  useEffect(() => {
    if (!session || !state.joined || given?.consultationId !== consultation.id) return;
    answering.take();
    void session.accept(given.callId, given.media);
  }, [session, state.joined, given, consultation.id]);

  if (!session || !call) return <div className="min-h-20" />;
  if (on)
    return (
      <Stage
        session={session}
        state={call}
        otherName={otherName}
        talking={talking}
        unseen={unseen}
        onTalking={onTalking}
      />
    );
  return (
    <CallOffer
      session={session}
      state={call}
      me={room.me.id}
      mayCall={isRung(room, state)}
      format={consultation.format}
      otherName={otherName}
    />
  );
}
