import {
  EllipsisVertical,
  MessageCircleQuestion,
  Mic,
  Paperclip,
  SendHorizontal,
  TriangleAlert,
  X,
} from 'lucide-react';
import {
  type ClipboardEvent,
  type KeyboardEvent,
  lazy,
  type ReactNode,
  Suspense,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { useTranslation } from 'react-i18next';
import { useDraft } from '../../../hooks/useDraft';
import { IconButton } from '../../../primitives/Button';
import { Menu, MenuItem, MenuTrigger } from '../../../primitives/Menu';
import type { Message } from '../../../realtime/events';
import type { MessageExtras } from '../../../storage/device';
import { acceptedTypes } from '../api/files';
import { useTypingSignal } from '../hooks/useTypingSignal';
import { mostFiles } from '../model/attachments';
import type { Room } from '../model/room';
import type { UploadState } from '../model/roomState';
import { inOneLine } from '../model/words';
import { canRecord } from '../voice/recording';
import { AttachmentTray } from './AttachmentTray';
import { EmojiMenu } from './EmojiMenu';

const VoiceRecorder = lazy(() => import('../voice/VoiceRecorder'));

/** Characters; the server's own limit. */
const usualLength = 8_000;

interface ComposerProps {
  room: Room;
  place: string;
  otherName: string;
  /** A sent message that is being changed; null when a new one is written. */
  editing: Message | null;
  onEdited(): void;
  /** The message that is being answered, and whose it is: null for one's own. */
  replying?: { message: Message; name: string | null } | null;
  onReplied?(): void;
  uploads?: readonly UploadState[];
  /** Characters that one message may have here. */
  maxLength?: number;
  /** A message may be marked here as one that cannot wait, or that asks for an answer. */
  marks?: boolean;
  /** What whoever marks one as urgent is told. */
  urgentHelp?: string;
  /** What a message here is about, where it is about something. */
  intent?: string | undefined;
  /** Whoever has just started the visit wants to write. */
  focusFirst?: boolean;
}

export function Composer({
  room,
  place,
  otherName,
  editing,
  onEdited,
  replying = null,
  onReplied,
  uploads = [],
  maxLength = usualLength,
  marks = false,
  urgentHelp,
  intent,
  focusFirst = false,
}: ComposerProps) {
  const { t } = useTranslation();
  const [urgent, setUrgent] = useState(false);
  const [asksAnswer, setAsksAnswer] = useState(false);
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [draft, setDraft] = useDraft(room.me.id, place);
  const [edited, setEdited] = useState('');
  const [failed, setFailed] = useState(false);
  const [speaking, setSpeaking] = useState(false);
  const typing = useTypingSignal(room);
  const text = editing ? edited : draft;
  const tooLong = text.length - maxLength;
  const usable = uploads.filter(({ code }) => code === null);
  const underWay = usable.some(({ fileId }) => fileId === null);
  const sendable = (text.trim().length > 0 || (!editing && usable.length > 0)) && tooLong <= 0 && !underWay;
  const mayAttach = !editing && room.me.role !== 'GUEST';
  const maySpeak = mayAttach && canRecord();

  useEffect(() => {
    if (focusFirst) field.current?.focus();
  }, [focusFirst]);

  useEffect(() => {
    setEdited(editing?.text ?? '');
    setFailed(false);
    if (editing) field.current?.focus();
  }, [editing]);

  const answered = replying?.message.id;
  useEffect(() => {
    if (answered) field.current?.focus();
  }, [answered]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text.
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight}px`;
  }, [text]);

  function change(next: string) {
    if (editing) setEdited(next);
    else {
      setDraft(next);
      typing.heard(next);
    }
  }

  /** What was chosen for the message besides its words; it is chosen once. */
  function taken(): MessageExtras {
    setUrgent(false);
    setAsksAnswer(false);
    onReplied?.();
    return {
      ...(replying && { replyTo: replying.message.id }),
      ...(urgent && { urgent }),
      ...(asksAnswer && { requiresResponse: true }),
      ...(intent && { intent }),
    };
  }

  function endVoice() {
    setSpeaking(false);
    requestAnimationFrame(() => field.current?.focus());
  }

  async function submit() {
    if (!sendable) return;
    if (!editing) {
      setDraft('');
      typing.over();
      void room.send(text.trim() ? text : '', taken());
      return;
    }
    try {
      if (edited !== editing.text) await room.edit(editing, edited);
      onEdited();
    } catch {
      setFailed(true);
    }
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape' && editing) onEdited();
    if (event.key === 'Escape' && replying) onReplied?.();
    // A phone's Enter is a new line; an input method's Enter chooses a character.
    if (
      event.key !== 'Enter' ||
      event.shiftKey ||
      event.nativeEvent.isComposing ||
      matchMedia('(pointer: coarse)').matches
    )
      return;
    event.preventDefault();
    void submit();
  }

  function onPaste(event: ClipboardEvent) {
    if (!mayAttach || event.clipboardData.files.length === 0) return;
    event.preventDefault();
    room.attach(event.clipboardData.files);
  }

  function insert(sign: string) {
    const at = field.current?.selectionStart ?? text.length;
    change(text.slice(0, at) + sign + text.slice(field.current?.selectionEnd ?? at));
    field.current?.focus();
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      className="border-line border-t bg-paper pb-[env(safe-area-inset-bottom)]"
    >
      <div className="mx-auto w-full max-w-3xl px-2 py-2 tablet:px-5">
        {editing && (
          <Strip onEnd={onEdited} end={t('action.cancel')}>
            <span className="font-semibold text-brand">{t('composer.editing')}</span>
          </Strip>
        )}
        {replying && !editing && (
          <Strip onEnd={() => onReplied?.()} end={t('composer.noReply')}>
            <span className="font-semibold text-brand">
              {replying.name ? t('composer.replying', { name: replying.name }) : t('composer.goingOn')}
            </span>
            <span className="line-clamp-1 text-ink-soft">{inOneLine(t, replying.message, replying.name ?? '')}</span>
          </Strip>
        )}
        {urgent && !editing && (
          <Strip onEnd={() => setUrgent(false)} end={t('composer.notUrgent')}>
            <span className="flex items-center gap-1.5 font-semibold text-urgent">
              <TriangleAlert aria-hidden="true" className="size-4 shrink-0" />
              {t('message.urgent')}
            </span>
            <span className="text-ink-soft">
              {urgentHelp ?? t(room.me.role === 'PRACTITIONER' ? 'composer.urgentHelp' : 'waiting.worse')}
            </span>
          </Strip>
        )}
        {asksAnswer && !editing && (
          <Strip onEnd={() => setAsksAnswer(false)} end={t('composer.noAnswer')}>
            <span className="flex items-center gap-1.5 font-semibold text-waiting">
              <MessageCircleQuestion aria-hidden="true" className="size-4 shrink-0" />
              {t('message.asksAnswer')}
            </span>
          </Strip>
        )}
        {mayAttach && <AttachmentTray room={room} uploads={uploads} />}
        {failed && (
          <p role="alert" className="px-3 pb-2 text-small text-urgent">
            {t('message.changeFailed')}
          </p>
        )}
        {speaking && (
          <Suspense fallback={<div className="min-h-12" />}>
            <VoiceRecorder
              onSend={(file) => {
                room.sendVoice(file, taken());
                endVoice();
              }}
              onClose={endVoice}
            />
          </Suspense>
        )}
        <div
          className={`${speaking ? 'hidden' : 'flex'} items-end gap-0.5 rounded-outer border border-ink-faint bg-sheet p-0.5 has-[textarea:focus-visible]:outline-3 has-[textarea:focus-visible]:outline-brand`}
        >
          {mayAttach && (
            <FileTrigger
              allowsMultiple
              acceptedFileTypes={acceptedTypes}
              onSelect={(files) => files && room.attach(files)}
            >
              <IconButton label={t('composer.attach')} isDisabled={usable.length >= mostFiles}>
                <Paperclip aria-hidden="true" className="size-5" />
              </IconButton>
            </FileTrigger>
          )}
          <label htmlFor={id} className="sr-only">
            {t('composer.label', { name: otherName })}
          </label>
          <textarea
            id={id}
            ref={field}
            rows={1}
            value={text}
            placeholder={t('composer.placeholder')}
            onChange={(event) => change(event.target.value)}
            onKeyDown={onKeyDown}
            onPaste={onPaste}
            onBlur={typing.over}
            aria-invalid={tooLong > 0}
            aria-describedby={tooLong > 0 ? `${id}-long` : undefined}
            className="max-h-[10.25rem] min-h-11 w-full min-w-0 flex-1 resize-none bg-transparent px-1.5 py-2.5 outline-none placeholder:truncate focus-visible:outline-none"
          />
          {/* A phone's own keyboard has them, and its line is short. */}
          <span className="max-tablet:hidden">
            <EmojiMenu onChoose={insert} />
          </span>
          {marks && !editing && (
            <MenuTrigger>
              <IconButton label={t('composer.more')}>
                <EllipsisVertical aria-hidden="true" className="size-5" />
              </IconButton>
              <Menu label={t('composer.more')}>
                <MenuItem
                  icon={<TriangleAlert aria-hidden="true" className="size-5" />}
                  onAction={() => setUrgent(!urgent)}
                >
                  {t(urgent ? 'composer.notUrgent' : 'composer.urgent')}
                </MenuItem>
                <MenuItem
                  icon={<MessageCircleQuestion aria-hidden="true" className="size-5" />}
                  onAction={() => setAsksAnswer(!asksAnswer)}
                >
                  {t(asksAnswer ? 'composer.noAnswer' : 'composer.askAnswer')}
                </MenuItem>
              </Menu>
            </MenuTrigger>
          )}
          {maySpeak && (
            <span className={text ? 'max-desk:hidden' : ''}>
              <IconButton
                label={t('voice.record')}
                onPress={() => {
                  typing.over();
                  setSpeaking(true);
                }}
              >
                <Mic aria-hidden="true" className="size-5" />
              </IconButton>
            </span>
          )}
          {/* A phone's line is short: there one speaks or sends, whichever there is reason for. */}
          <span className={maySpeak && !text && usable.length === 0 ? 'max-desk:hidden' : ''}>
            <IconButton
              label={t(editing ? 'composer.save' : 'composer.send')}
              tone="brand"
              type="submit"
              isDisabled={!sendable}
            >
              <SendHorizontal aria-hidden="true" className="size-5" />
            </IconButton>
          </span>
        </div>
        {tooLong > 0 && (
          <p id={`${id}-long`} role="alert" className="px-3 pt-1 text-small text-urgent">
            {t('composer.tooLong', { count: tooLong })}
          </p>
        )}
      </div>
    </form>
  );
}

/** What is to be known of the message that is being written, above it, and the way to undo it. */
function Strip({ children, end, onEnd }: { children: ReactNode; end: string; onEnd(): void }) {
  return (
    <div className="flex items-center justify-between gap-2 pl-3 text-small">
      <div className="flex min-w-0 flex-col">{children}</div>
      <IconButton label={end} onPress={onEnd}>
        <X aria-hidden="true" className="size-5" />
      </IconButton>
    </div>
  );
}
