import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { chime } from '../../../parts/chime';
import type { Consultation } from '../../../realtime/events';
import { useSenderName } from '../hooks/useSenderName';
import type { Room } from '../model/room';
import type { RoomState } from '../model/roomState';
import { otherPerson } from '../people';

/** Says aloud, to screen readers, what changes while nobody looks: messages, who comes and goes, the line, the beginning and the end. */
export function Announcements({
  room,
  state,
  consultation,
}: {
  room: Room;
  state: RoomState;
  consultation: Consultation;
}) {
  const { t } = useTranslation();
  const [said, setSaid] = useState('');
  const { id, name } = otherPerson(consultation, room.me.id);
  const nameOf = useSenderName(consultation, state, name);
  const newest = state.log.messages.at(-1);
  const last = useRef({
    seq: newest?.seq ?? 0,
    here: state.presence.online.has(id),
    link: state.link,
    status: consultation.status,
  });

  useEffect(() => {
    const before = last.current;
    const here = state.presence.online.has(id);
    last.current = { seq: newest?.seq ?? 0, here, link: state.link, status: consultation.status };
    if (newest && newest.seq > before.seq && newest.senderId !== room.me.id) {
      setSaid(
        newest.file
          ? t('room.saidFile', { name: nameOf(newest), file: newest.file.name })
          : t('room.said', { name: nameOf(newest), text: newest.text ?? '' }),
      );
    } else if (consultation.status !== before.status && consultation.status === 'in_progress') {
      setSaid(t('waiting.begun'));
      if (room.me.role === 'EMPLOYEE') chime();
    } else if (consultation.status !== before.status && consultation.status === 'closed') {
      setSaid(t('composer.closed'));
    } else if (state.link !== before.link) setSaid(t(`room.link.${state.link}`));
    else if (here !== before.here && state.joined) setSaid(`${name} ${t(here ? 'room.online' : 'room.away')}`);
  }, [newest, state, consultation.status, id, name, nameOf, room, t]);

  return (
    <div role="status" className="sr-only">
      {said}
    </div>
  );
}
