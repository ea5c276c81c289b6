import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { withWords } from '../../../i18n';
import { ButtonLink } from '../../../primitives/TextLink';
import { RoomView, useGuestRoom } from '../../consultation';
import type { Entered } from '../api/join';
import { createGuestSession } from '../model/guestSession';
import { EnteringVisit, PatientsVisit } from './PatientsVisit';

const CallTest = lazy(async () => ({
  default: (await withWords('callTest', () => import('../../call-test'))).CallTest,
}));

interface GuestRoomProps {
  entered: Entered;
  /** The link's own address. */
  home: string;
  /** Here to test camera and connection. */
  tests: boolean;
  onOver(how: 'left' | 'ended'): void;
}

/** The visit as a guest is in it: the room of its two people, from the guest's coming on. */
export function GuestRoom({ entered, home, tests, onOver }: GuestRoomProps) {
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

  const { consultation } = state;
  if (!room || !consultation) return <EnteringVisit />;
  if (tests && consultation.status !== 'closed' && consultation.format !== 'in_person')
    return (
      <main className="mx-auto flex w-full max-w-3xl flex-col px-5 py-8 tablet:px-8 tablet:py-12">
        <Suspense fallback={<EnteringVisit />}>
          <CallTest
            visit={consultation.id}
            request={session.request}
            camera={consultation.format === 'video'}
            back={<ButtonLink to={home}>{t('test.toVisit')}</ButtonLink>}
          />
        </Suspense>
      </main>
    );
  if (entered.guest.role === 'PATIENT')
    return (
      <PatientsVisit session={session} room={room} state={state} consultation={consultation} testAt={`${home}/test`} />
    );
  return <RoomView room={room} state={state} consultation={consultation} onLeave={() => void session.leave()} />;
}
