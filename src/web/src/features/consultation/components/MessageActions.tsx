import { Copy, Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../../primitives/Button';
import { Menu, MenuItem, MenuRow, MenuSign, MenuTrigger } from '../../../primitives/Menu';
import { Question } from '../../../primitives/Question';
import type { Message } from '../../../realtime/events';
import type { Room } from '../model/room';

/** The few answers that need no words. */
const signs = ['👍', '❤️', '🙏', '😊', '😢', '✅'];
/** Milliseconds in which one's own message may be changed or taken back; the server holds to it. */
const changeWindow = 15 * 60_000;

interface MessageActionsProps {
  room: Room;
  message: Message;
  own: boolean;
  writable: boolean;
  tabbable: boolean;
  /** Shown beside the button where the line itself shows none. */
  time: string | null;
  onEdit(message: Message): void;
}

export function MessageActions({ room, message, own, writable, tabbable, time, onEdit }: MessageActionsProps) {
  const { t } = useTranslation();
  const [deleting, setDeleting] = useState(false);
  const mayChange = own && writable && Date.now() - Date.parse(message.createdAt) < changeWindow;
  if (!writable && !message.text) return null;
  return (
    <div className="flex shrink-0 items-center text-ink-soft opacity-0 transition-opacity focus-within:opacity-100 group-hover:opacity-100 group-focus:opacity-100 has-[[aria-expanded=true]]:opacity-100 pointer-coarse:opacity-60">
      <MenuTrigger>
        <span className="-my-2.5">
          <IconButton label={t('message.actions')} excludeFromTabOrder={!tabbable}>
            <Ellipsis aria-hidden="true" className="size-5" />
          </IconButton>
        </span>
        <Menu label={t('message.actions')}>
          {writable && (
            <MenuRow label={t('message.actions')}>
              {signs.map((emoji) => {
                const chosen = message.reactions.some(
                  (given) => given.emoji === emoji && given.userIds.includes(room.me.id),
                );
                return (
                  <MenuSign
                    key={emoji}
                    sign={emoji}
                    chosen={chosen}
                    label={t(chosen ? 'message.unreact' : 'message.react', { emoji })}
                    onAction={() => void room.react(message, emoji, !chosen).catch(() => undefined)}
                  />
                );
              })}
            </MenuRow>
          )}
          {message.text && (
            <MenuItem
              icon={<Copy aria-hidden="true" className="size-5" />}
              onAction={() => void navigator.clipboard.writeText(message.text ?? '')}
            >
              {t('message.copy')}
            </MenuItem>
          )}
          {mayChange && message.text && (
            <MenuItem icon={<Pencil aria-hidden="true" className="size-5" />} onAction={() => onEdit(message)}>
              {t('message.edit')}
            </MenuItem>
          )}
          {mayChange && (
            <MenuItem danger icon={<Trash2 aria-hidden="true" className="size-5" />} onAction={() => setDeleting(true)}>
              {t('message.delete')}
            </MenuItem>
          )}
        </Menu>
      </MenuTrigger>
      {time && (
        <span aria-hidden="true" className="hidden text-small tablet:inline">
          {time}
        </span>
      )}
      {deleting && (
        <Question
          title={t('message.deleteTitle')}
          text={
            message.file
              ? t('message.deleteFile', { file: message.file.name })
              : t('message.deleteText', { text: shortened(message.text ?? '') })
          }
          confirm={t('message.delete')}
          busy={t('message.delete')}
          failed={t('message.changeFailed')}
          act={() => room.remove(message)}
          onClose={() => setDeleting(false)}
        />
      )}
    </div>
  );
}

const shortened = (text: string) => (text.length > 80 ? `${text.slice(0, 79)}…` : text);
