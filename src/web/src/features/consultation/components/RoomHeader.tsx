import { ArrowLeft, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useArrival } from '../../../hooks/useArrival';
import { capitalized, clock, dayName } from '../../../i18n/time';
import { LinkWords } from '../../../parts/conversation/components/LinkWords';
import type { Room } from '../../../parts/conversation/model/room';
import type { RoomState } from '../../../parts/conversation/model/roomState';
import { otherPerson } from '../../../parts/conversation/people';
import { InviteGuest } from '../../../parts/guests/InviteGuest';
import { Button, IconButton } from '../../../primitives/Button';
import { Question } from '../../../primitives/Question';
import type { Consultation } from '../../../realtime/events';

/** Who is there, and how the line is: always here, always in words. */
export function RoomHeader({
  room,
  state,
  consultation,
  onLeave,
  staged = false,
}: {
  room: Room;
  state: RoomState;
  consultation: Consultation;
  onLeave?: (() => void) | undefined;
  /** A picture has the page: as wide as it is, and away where there is no height to spare. */
  staged?: boolean;
}) {
  const { t } = useTranslation();
  const arrival = useArrival<HTMLHeadingElement>();
  const [asking, setAsking] = useState(false);
  const [inviting, setInviting] = useState(false);
  const { name } = otherPerson(consultation, room.me.id);
  const { status, format } = consultation;
  const open = status === 'in_progress' || status === 'scheduled' || status === 'confirmed';
  const mayInvite = open && format !== 'in_person' && room.me.role !== 'GUEST';
  const here = state.guests.filter(({ id, leftAt }) => leftAt === null && id !== room.me.id);
  const mayEnd = room.me.role === 'PRACTITIONER' && consultation.status === 'in_progress';
  return (
    <header className={`border-line border-b bg-paper ${staged ? 'short:hidden' : ''}`}>
      <div
        className={`mx-auto flex min-h-16 w-full flex-wrap items-center gap-2 py-2 pr-5 pl-1.5 ${staged ? 'desk:pl-12' : 'max-w-3xl'}`}
      >
        {!onLeave && (
          <Link
            to="/"
            aria-label={t('room.back')}
            className="grid size-11 shrink-0 place-items-center rounded-outer text-ink-soft hover:bg-well hover:text-ink desk:-ml-10 desk:mr-0.5"
          >
            <ArrowLeft aria-hidden="true" className="size-5" />
          </Link>
        )}
        <div className="min-w-24 flex-1">
          <h1 ref={arrival} tabIndex={-1} className="line-clamp-2 outline-none font-bold text-large leading-tight">
            {name}
          </h1>
          <p className="flex flex-wrap gap-x-1.5 text-ink-soft text-small">
            <PresenceWords state={state} consultation={consultation} me={room.me.id} />
          </p>
          {here.length > 0 && (
            <p className="text-ink-soft text-small">
              {t('guest.also', {
                names: here.map(({ name, role }) => t('guest.named', { name, role: t(`guest.${role}`) })).join(', '),
              })}
            </p>
          )}
        </div>
        {mayInvite && (
          <IconButton label={t('invite.open')} onPress={() => setInviting(true)}>
            <UserPlus aria-hidden="true" className="size-5" />
          </IconButton>
        )}
        {onLeave && (
          <Button look="quiet" onPress={onLeave}>
            {t('join.leave')}
          </Button>
        )}
        {mayEnd && (
          <div className="ml-auto">
            <Button look="quiet" onPress={() => setAsking(true)}>
              {t('room.end')}
            </Button>
          </div>
        )}
      </div>
      {inviting && (
        <InviteGuest
          as={room.me.role === 'PRACTITIONER' ? 'PRACTITIONER' : 'EMPLOYEE'}
          invite={room.invite}
          onClose={() => setInviting(false)}
        />
      )}
      {asking && (
        <Question
          title={t('room.endTitle', { name })}
          text={t('room.endText')}
          confirm={t('room.endConfirm')}
          busy={t('room.endBusy')}
          failed={t('room.endFailed')}
          act={room.close}
          onClose={() => setAsking(false)}
        />
      )}
    </header>
  );
}

function PresenceWords({ state, consultation, me }: { state: RoomState; consultation: Consultation; me: string }) {
  const { t } = useTranslation();
  const { status, scheduledAt } = consultation;
  const ended = status === 'closed' || status === 'cancelled' || status === 'no_show';
  const when = `${capitalized(dayName(scheduledAt))}, ${clock(scheduledAt)}`;
  if (ended) return <span>{`${t(`status.${status}`)} · ${when}`}</span>;
  const other = otherPerson(consultation, me).id;
  const here = state.presence.online.has(other);
  return (
    <>
      {state.joined && (
        <span className={here ? 'font-semibold text-done' : ''}>
          {state.presence.typing.has(other) ? t('room.typing') : t(here ? 'room.online' : 'room.away')}
        </span>
      )}
      {/* Whoever is seen to be there, or not, is connected: on a phone that is one line. */}
      <span className={state.joined ? 'flex gap-1.5 max-tablet:sr-only' : ''}>
        {state.joined && <span aria-hidden="true">·</span>}
        <LinkWords status={state.link} />
      </span>
    </>
  );
}
