import { useEffect, useState } from 'react';
import { RoomView, useGuestRoom } from '../../consultation';
import type { Entered } from '../api/join';
import { createGuestSession } from '../model/guestSession';
import { EnteringVisit, PatientsVisit } from './PatientsVisit';

interface GuestRoomProps {
  entered: Entered;
  onOver(how: 'left' | 'ended'): void;
}

/** The visit as a guest is in it: the room of its two people, from the guest's coming on. */
export function GuestRoom({ entered, onOver }: GuestRoomProps) {
  const [session] = useState(() => createGuestSession(entered));
  const [room, state] = useGuestRoom(entered.consultationId, entered.guest.id, session);

  useEffect(() => {
    const stop = session.subscribe(() => {
      const now = session.getState();
      if (now.status === 'signedOut') onOver(now.reason === 'asked' ? 'left' : 'ended');
    });
    return () => {
      stop();
      session.stop();
    };
  }, [session, onOver]);

  const { consultation } = state;
  if (!room || !consultation) return <EnteringVisit />;
  if (entered.guest.role === 'PATIENT')
    return <PatientsVisit session={session} room={room} state={state} consultation={consultation} />;
  return <RoomView room={room} state={state} consultation={consultation} onLeave={() => void session.leave()} />;
}
