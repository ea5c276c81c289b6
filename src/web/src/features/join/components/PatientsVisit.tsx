import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { withWords } from '../../../i18n';
import { chime } from '../../../parts/chime';
import { Button } from '../../../primitives/Button';
import { Skeleton } from '../../../primitives/Skeleton';
import { RoomView } from '../../consultation';
import type { GuestWaitingProps } from './GuestWaiting';

const GuestWaiting = lazy(async () => ({
  default: (await withWords('patient', () => import('./GuestWaiting'))).GuestWaiting,
}));

/** The visit of who came by the patient's link: the waiting room until they are called in, then the room. */
export function PatientsVisit({ session, room, state, consultation, testAt }: Omit<GuestWaitingProps, 'onNote'>) {
  const { t } = useTranslation();
  const [writing, setWriting] = useState(false);
  const { status } = consultation;
  const waits = status === 'scheduled' || status === 'confirmed';
  const waited = useRef(waits);

  useEffect(() => {
    if (waited.current && status === 'in_progress') chime();
    waited.current = waits;
  }, [waits, status]);

  if (waits && !writing) {
    return (
      <Suspense fallback={<EnteringVisit />}>
        <GuestWaiting
          session={session}
          room={room}
          state={state}
          consultation={consultation}
          testAt={testAt}
          onNote={() => setWriting(true)}
        />
      </Suspense>
    );
  }
  // The room is as high as the page by itself; below the way back it takes what is left.
  return (
    <div className="flex h-dvh flex-col [&>:last-child]:h-auto [&>:last-child]:min-h-0 [&>:last-child]:flex-1">
      {waits && (
        <div className="border-line border-b bg-paper">
          <div className="mx-auto w-full max-w-3xl px-5">
            <Button look="plain" onPress={() => setWriting(false)}>
              {t('join.toWaiting')}
            </Button>
          </div>
        </div>
      )}
      <RoomView room={room} state={state} consultation={consultation} onLeave={() => void session.leave()} />
    </div>
  );
}

/** The shape of what is coming, while it is fetched. */
export function EnteringVisit() {
  const { t } = useTranslation();
  return (
    <main className="mx-auto w-full max-w-3xl px-5 py-12">
      <Skeleton label={t('room.loading')} lines={['h-12 w-full', 'mt-8 h-5 w-2/3', 'h-5 w-1/2']} />
    </main>
  );
}
