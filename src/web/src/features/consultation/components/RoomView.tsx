import { lazy, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTitle } from '../../../hooks/useTitle';
import { withWords } from '../../../i18n';
import { Announcements } from '../../../parts/conversation/components/Announcements';
import { Conversing } from '../../../parts/conversation/components/Conversing';
import { useAttention } from '../../../parts/conversation/hooks/useAttention';
import type { Room } from '../../../parts/conversation/model/room';
import type { RoomState } from '../../../parts/conversation/model/roomState';
import { isRung, otherPerson } from '../../../parts/conversation/people';
import type { Consultation } from '../../../realtime/events';
import { reportRoom } from '../api/reportRoom';
import { BeforeVisit } from './BeforeVisit';
import { RoomHeader } from './RoomHeader';
import { type TalkSize, TalkTop, talkClasses } from './TalkPane';

const RoomByProvider = lazy(async () => ({
  default: (await withWords('callRooms', () => import('../../call-rooms'))).RoomByProvider,
}));
const CallPlace = lazy(() => withWords('call', () => import('../../call')));
const Incoming = lazy(async () => ({
  default: (await withWords('call', () => import('../../call/ringing'))).Incoming,
}));

interface RoomViewProps {
  room: Room;
  state: RoomState;
  consultation: Consultation;
  /** A guest's way out; the two have one of their own. */
  onLeave?: () => void;
}

/** One consultation: who, the conversation, and a place to write. */
export function RoomView({ room, state, consultation, onLeave }: RoomViewProps) {
  const { t } = useTranslation();
  const attention = useAttention();
  const other = otherPerson(consultation, room.me.id);
  const { name } = other;
  const { status } = consultation;
  const isGuest = room.me.role === 'GUEST';
  const upcoming = status === 'scheduled' || status === 'confirmed';
  const ended = status === 'closed' || status === 'cancelled' || status === 'no_show';
  // A practitioner who writes has started the visit; a patient may leave a note before.
  const unstarted = upcoming && room.me.role === 'PRACTITIONER';
  const outside = upcoming && room.me.role === 'EMPLOYEE' && !state.joined && consultation.queueItem === null;
  const writable = !ended && !unstarted && !outside;
  const unseen = state.log.messages.filter(
    (message) => message.seq > state.readSeq && message.senderId !== room.me.id,
  ).length;
  // Nothing to read and nothing to write: the page is what stands above.
  const blank = !writable && state.log.messages.length === 0;
  const wasUnstarted = useRef(unstarted);
  const [staged, setStaged] = useState(false);
  // Beside the picture there is room for it at a desk; on a phone the picture comes first.
  const [talk, setTalk] = useState<TalkSize>(() => (matchMedia('(min-width: 64rem)').matches ? 'part' : 'none'));
  const nameOf = (id: string) =>
    [consultation.patient, consultation.doctor, ...state.guests].find((one) => one.id === id)?.name;
  const remote = status === 'in_progress' && consultation.format !== 'in_person';
  useTitle(!attention && unseen > 0 ? `(${unseen}) ${name}` : name);

  return (
    <div className="flex h-dvh flex-col">
      <RoomHeader room={room} state={state} consultation={consultation} onLeave={onLeave} staged={staged} />
      <main className={`flex min-h-0 flex-1 flex-col ${staged ? 'desk:flex-row short:flex-row' : ''}`}>
        {upcoming && !isGuest && <BeforeVisit room={room} state={state} consultation={consultation} />}
        {upcoming && isGuest && (
          <p role="status" className="border-line border-b bg-well px-5 py-5 text-center text-ink-soft">
            {t('guest.early', { name })}
          </p>
        )}
        {remote && (
          <Suspense fallback={<div className="min-h-20" />}>
            <RoomByProvider
              ask={room.entry}
              onStage={setStaged}
              nameOf={nameOf}
              report={isGuest ? undefined : (what) => reportRoom(consultation.id, what)}
            >
              <CallPlace
                room={room}
                state={state}
                consultation={consultation}
                otherName={name}
                talking={talk !== 'none'}
                unseen={unseen}
                onTalking={(talking) => setTalk(talking ? 'part' : 'none')}
                onStage={setStaged}
              />
            </RoomByProvider>
          </Suspense>
        )}
        <div className={talkClasses(staged ? talk : null)}>
          {staged && talk !== 'none' && <TalkTop size={talk} onSize={setTalk} />}
          {(!staged || talk !== 'none') && (
            <Conversing
              room={room}
              state={state}
              otherName={name}
              hasThread={!blank}
              writable={writable}
              emptyWords={
                isGuest
                  ? null
                  : t(room.me.role === 'PRACTITIONER' ? 'room.emptyPractitioner' : 'room.emptyPatient', { name })
              }
              focusFirst={wasUnstarted.current}
              shut={ended ? t(`composer.${status}`) : unstarted && !blank ? t('ready.reading') : null}
            />
          )}
        </div>
      </main>
      <Announcements room={room} state={state} other={other} />
      {isRung(room, state) && (
        <Suspense fallback={null}>
          <Incoming live={room.live} byLink={isGuest} />
        </Suspense>
      )}
    </div>
  );
}
