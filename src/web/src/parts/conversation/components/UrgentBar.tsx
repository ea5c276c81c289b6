import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../primitives/Button';
import type { Room } from '../model/room';
import type { RoomState } from '../model/roomState';
import { urgentOf } from '../model/urgent';
import { inOneLine } from '../model/words';

/** Urgent messages that nobody has seen to yet, above the thread for whoever has to: the oldest first, as it waits longest. */
export function UrgentBar({ room, state }: { room: Room; state: RoomState }) {
  const { t } = useTranslation();
  if (room.me.role !== 'PRACTITIONER') return null;
  const waiting = urgentOf(state, room.me.id);
  const [oldest] = waiting;
  if (!oldest) return null;
  return (
    <section aria-label={t('urgent.label')} className="border-line border-b bg-urgent-soft">
      <div className="mx-auto flex w-full max-w-3xl items-center gap-3 px-5 py-1.5">
        <TriangleAlert aria-hidden="true" className="size-5 shrink-0 text-urgent" />
        <p className="min-w-0 flex-1 text-small">
          <span className="font-semibold text-urgent">{t('urgent.waiting', { count: waiting.length })}</span>
          <span className="line-clamp-1">{inOneLine(t, oldest, '')}</span>
        </p>
        <Button look="quiet" onPress={() => void room.goTo(oldest.seq).catch(() => undefined)}>
          {t('urgent.goTo')}
        </Button>
      </div>
    </section>
  );
}
