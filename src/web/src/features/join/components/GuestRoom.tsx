import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Skeleton } from '../../../primitives/Skeleton';
import { RoomView, useGuestRoom } from '../../consultation';
import type { Entered } from '../api/join';
import { createGuestSession } from '../model/guestSession';

interface GuestRoomProps {
  entered: Entered;
  onOver(how: 'left' | 'ended'): void;
}

/** The visit as a guest is in it: the room of its two people, from the guest's coming on. */
export function GuestRoom({ entered, onOver }: GuestRoomProps) {
  const { t } = useTranslation();
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

  if (room && state.consultation) {
    return (
      <RoomView room={room} state={state} consultation={state.consultation} onLeave={() => void session.leave()} />
    );
  }
  return (
    <main className="mx-auto w-full max-w-3xl px-5 py-12">
      <Skeleton label={t('room.loading')} lines={['h-12 w-full', 'mt-8 h-5 w-2/3', 'h-5 w-1/2']} />
    </main>
  );
}
