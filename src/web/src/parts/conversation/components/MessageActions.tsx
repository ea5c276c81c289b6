import { Copy, Ellipsis, Pencil, Pin, PinOff, Reply, SmilePlus, Trash2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../../primitives/Button';
import { Menu, MenuItem, MenuRow, MenuSign, MenuTrigger } from '../../../primitives/Menu';
import { Question } from '../../../primitives/Question';
import type { Message } from '../../../realtime/events';
import type { Room } from '../model/room';

const SignPicker = lazy(() => import('./SignPicker'));

/** The few answers that need no words. */
const signs = ['👍', '❤️', '🙏', '😊', '😢', '✅'];
/** Milliseconds in which one's own message may be changed or taken back; the server holds to it. */
const changeWindow = 15 * 60_000;
const sign = 'size-5';

interface MessageActionsProps {
  room: Room;
  message: Message;
  own: boolean;
  writable: boolean;
  tabbable: boolean;
  /** Shown beside the button where the line itself shows none. */
  time: string | null;
  onEdit(message: Message): void;
  onReply(message: Message): void;
}

export function MessageActions(props: MessageActionsProps) {
  const { room, message, own, writable, tabbable, time, onEdit, onReply } = props;
  const { t } = useTranslation();
  const [asking, setAsking] = useState<'delete' | 'sign' | null>(null);
  const close = () => setAsking(null);
  const mayChange = own && writable && Date.now() - Date.parse(message.createdAt) < changeWindow;
  const { pinnedAt } = message;
  const has = (emoji: string) =>
    message.reactions.some((given) => given.emoji === emoji && given.userIds.includes(room.me.id));
  const answer = (emoji: string) => void room.react(message, emoji, !has(emoji)).catch(() => undefined);
  if (!writable && !message.text) return null;
  return (
    <div className="flex shrink-0 items-center text-ink-soft opacity-0 transition-opacity focus-within:opacity-100 group-hover:opacity-100 group-focus:opacity-100 has-[[aria-expanded=true]]:opacity-100 pointer-coarse:opacity-60">
      <MenuTrigger>
        <span className="-my-2.5">
          <IconButton label={t('message.actions')} excludeFromTabOrder={!tabbable}>
            <Ellipsis aria-hidden="true" className={sign} />
          </IconButton>
        </span>
        <Menu label={t('message.actions')}>
          {writable && (
            <MenuRow label={t('message.actions')}>
              {signs.map((emoji) => (
                <MenuSign
                  key={emoji}
                  sign={emoji}
                  chosen={has(emoji)}
                  label={t(has(emoji) ? 'message.unreact' : 'message.react', { emoji })}
                  onAction={() => answer(emoji)}
                />
              ))}
            </MenuRow>
          )}
          {writable && (
            <MenuItem icon={<Reply aria-hidden="true" className={sign} />} onAction={() => onReply(message)}>
              {t('message.reply')}
            </MenuItem>
          )}
          {writable && (
            <MenuItem icon={<SmilePlus aria-hidden="true" className={sign} />} onAction={() => setAsking('sign')}>
              {t('message.moreSigns')}
            </MenuItem>
          )}
          {writable && (
            <MenuItem
              icon={
                pinnedAt ? <PinOff aria-hidden="true" className={sign} /> : <Pin aria-hidden="true" className={sign} />
              }
              onAction={() => void room.pin(message, !pinnedAt).catch(() => undefined)}
            >
              {t(pinnedAt ? 'message.unpin' : 'message.pin')}
            </MenuItem>
          )}
          {message.text && (
            <MenuItem
              icon={<Copy aria-hidden="true" className={sign} />}
              onAction={() => void navigator.clipboard.writeText(message.text ?? '')}
            >
              {t('message.copy')}
            </MenuItem>
          )}
          {mayChange && message.text && (
            <MenuItem icon={<Pencil aria-hidden="true" className={sign} />} onAction={() => onEdit(message)}>
              {t('message.edit')}
            </MenuItem>
          )}
          {mayChange && (
            <MenuItem danger icon={<Trash2 aria-hidden="true" className={sign} />} onAction={() => setAsking('delete')}>
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
      {asking === 'sign' && (
        <Suspense fallback={null}>
          <SignPicker onChoose={answer} onClose={close} />
        </Suspense>
      )}
      {asking === 'delete' && (
        <Question
          title={t('message.deleteTitle')}
          text={
            message.file && !message.text
              ? t('message.deleteFile', { file: message.file.name })
              : t('message.deleteText', { text: shortened(message.text ?? '') })
          }
          confirm={t('message.delete')}
          busy={t('message.delete')}
          failed={t('message.changeFailed')}
          act={() => room.remove(message)}
          onClose={close}
        />
      )}
    </div>
  );
}

const shortened = (text: string) => (text.length > 80 ? `${text.slice(0, 79)}…` : text);
