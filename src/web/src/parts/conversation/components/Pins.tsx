import { ChevronDown, Pin, PinOff } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../../primitives/Button';
import type { Message } from '../../../realtime/events';
import type { Room } from '../model/room';
import type { RoomState } from '../model/roomState';
import { inOneLine } from '../model/words';

interface PinsProps {
  room: Room;
  state: RoomState;
  nameOf(message: Message): string;
  writable: boolean;
}

/** What is kept at hand, above the thread: the newest of it, and the rest when asked for. */
export function Pins({ room, state, nameOf, writable }: PinsProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const pins = state.pins.toReversed();
  const shownPins = open ? pins : pins.slice(0, 1);
  if (pins.length === 0) return null;
  return (
    <section aria-label={t('pins.title')} className="border-line border-b bg-paper">
      <div className="mx-auto flex w-full max-w-3xl items-start gap-1 px-5 py-1">
        <Pin aria-hidden="true" className="mt-3.5 size-4 shrink-0 text-brand" />
        <ul className="max-h-44 min-w-0 flex-1 overflow-y-auto">
          {shownPins.map((message) => {
            const name = message.senderId === room.me.id ? t('room.you') : nameOf(message);
            return (
              <li key={message.id} className="flex items-center">
                <button
                  type="button"
                  onClick={() => void room.goTo(message.seq).catch(() => undefined)}
                  className="min-h-11 min-w-0 flex-1 cursor-pointer truncate rounded-inner px-1.5 text-left text-small hover:bg-well"
                >
                  <span className="sr-only">{t('pins.goTo')} </span>
                  <span className="font-semibold">{name}</span> {inOneLine(t, message, name)}
                </button>
                {open && writable && (
                  <IconButton
                    label={t('message.unpin')}
                    onPress={() => void room.pin(message, false).catch(() => undefined)}
                  >
                    <PinOff aria-hidden="true" className="size-5" />
                  </IconButton>
                )}
              </li>
            );
          })}
        </ul>
        {(pins.length > 1 || writable) && (
          <IconButton
            label={open ? t('pins.less') : t('pins.all', { count: pins.length })}
            aria-expanded={open}
            onPress={() => setOpen(!open)}
          >
            <ChevronDown
              aria-hidden="true"
              className={`size-5 transition-transform duration-150 ${open ? 'rotate-180' : ''}`}
            />
          </IconButton>
        )}
      </div>
    </section>
  );
}
