import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { chime } from '../../../parts/chime';
import { useSenderName } from '../hooks/useSenderName';
import type { Room } from '../model/room';
import type { RoomState } from '../model/roomState';
import { inOneLine } from '../model/words';
import { subjectIn } from '../people';

interface AnnouncementsProps {
  room: Room;
  state: RoomState;
  /** Whom one talks to. */
  other: { id: string; name: string };
}

/** Says aloud, to screen readers, what changes while nobody looks: messages, who comes and goes, the line, the beginning and the end. */
export function Announcements({ room, state, other: { id, name } }: AnnouncementsProps) {
  const { t } = useTranslation();
  const [said, setSaid] = useState('');
  const nameOf = useSenderName(state, name);
  const newest = state.log.messages.at(-1);
  const status = state.consultation?.status ?? null;
  const last = useRef({
    seq: newest?.seq ?? 0,
    here: state.presence.online.has(id),
    link: state.link,
    status,
  });

  useEffect(() => {
    const before = last.current;
    const here = state.presence.online.has(id);
    last.current = { seq: newest?.seq ?? 0, here, link: state.link, status };
    if (newest && newest.seq > before.seq && newest.senderId !== room.me.id) {
      const sender = nameOf(newest);
      setSaid(
        newest.file && !newest.text
          ? t('room.saidFile', { name: sender, file: newest.file.name })
          : t('room.said', {
              name: sender,
              text: inOneLine(t, newest, sender, subjectIn(state, newest)),
            }),
      );
    } else if (status !== before.status && status === 'in_progress') {
      setSaid(t('waiting.begun'));
      if (room.me.role === 'EMPLOYEE') chime();
    } else if (status !== before.status && status === 'closed') {
      setSaid(t('composer.closed'));
    } else if (state.link !== before.link) setSaid(t(`room.link.${state.link}`));
    else if (here !== before.here && state.joined) setSaid(`${name} ${t(here ? 'room.online' : 'room.away')}`);
  }, [newest, state, status, id, name, nameOf, room, t]);

  return (
    <div role="status" className="sr-only">
      {said}
    </div>
  );
}
