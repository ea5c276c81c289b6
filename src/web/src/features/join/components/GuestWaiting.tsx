import { useTranslation } from 'react-i18next';
import { useArrival } from '../../../hooks/useArrival';
import { useTitle } from '../../../hooks/useTitle';
import { addressOf } from '../../../parts/visit';
import { Button } from '../../../primitives/Button';
import { Skeleton } from '../../../primitives/Skeleton';
import { TextLink } from '../../../primitives/TextLink';
import type { Consultation } from '../../../realtime/events';
import type { useGuestRoom } from '../../consultation';
import { DeviceCheck, LineWords, Meanwhile, Waiting } from '../../waiting-room';
import { useGuestPlace } from '../hooks/useGuestPlace';
import type { GuestSession } from '../model/guestSession';

type Opened = ReturnType<typeof useGuestRoom>;

export interface GuestWaitingProps {
  session: GuestSession;
  room: NonNullable<Opened[0]>;
  state: Opened[1];
  consultation: Consultation;
  /** Where camera and connection are tested. */
  testAt: string;
  onNote(): void;
}

/** The waiting room of who came by the patient's link: the patient's own, without an account. */
export function GuestWaiting({ session, room, state, consultation, testAt, onNote }: GuestWaitingProps) {
  const { t } = useTranslation();
  const arrival = useArrival<HTMLElement>();
  const place = useGuestPlace(session, consultation.id, {
    told: consultation.queueItem,
    connected: state.joined,
    onChanged: room.retry,
  });
  const name = addressOf(consultation.doctor);
  useTitle(t('wait.title'));
  return (
    <main
      ref={arrival}
      tabIndex={-1}
      className="mx-auto flex w-full max-w-3xl flex-col gap-10 px-5 py-8 outline-none tablet:px-8 tablet:py-12"
    >
      <div className="flex flex-col gap-5">
        <LineWords status={state.link} />
        {place ? (
          <Waiting place={place} scheduledAt={consultation.scheduledAt} name={name} onLeave={session.leave} />
        ) : (
          <Skeleton label={t('wait.entering')} lines={['h-10 w-3/4', 'h-6 w-1/2', 'h-6 w-2/3']} />
        )}
      </div>
      {consultation.format !== 'in_person' && (
        <div className="flex flex-col gap-2">
          <DeviceCheck camera={consultation.format === 'video'} />
          <TextLink to={testAt}>{t('join.test')}</TextLink>
        </div>
      )}
      <Meanwhile
        name={name}
        note={
          <Button look="plain" onPress={onNote}>
            {t('wait.writeNote')}
          </Button>
        }
      />
    </main>
  );
}
