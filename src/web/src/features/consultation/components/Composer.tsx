import { Paperclip, SendHorizontal, X } from 'lucide-react';
import { type ClipboardEvent, type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { useTranslation } from 'react-i18next';
import { useDraft } from '../../../hooks/useDraft';
import { IconButton } from '../../../primitives/Button';
import type { Message } from '../../../realtime/events';
import { acceptedTypes } from '../api/files';
import { useTypingSignal } from '../hooks/useTypingSignal';
import type { Room } from '../model/room';
import { EmojiMenu } from './EmojiMenu';

/** Characters; the server's own limit. */
const maxLength = 8_000;

interface ComposerProps {
  room: Room;
  place: string;
  otherName: string;
  /** A sent message that is being changed; null when a new one is written. */
  editing: Message | null;
  onEdited(): void;
  /** Whoever has just started the visit wants to write. */
  focusFirst?: boolean;
}

export function Composer({ room, place, otherName, editing, onEdited, focusFirst = false }: ComposerProps) {
  const { t } = useTranslation();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [draft, setDraft] = useDraft(room.me.id, place);
  const [edited, setEdited] = useState('');
  const [failed, setFailed] = useState(false);
  const typing = useTypingSignal(room);
  const text = editing ? edited : draft;
  const tooLong = text.length - maxLength;
  const sendable = text.trim().length > 0 && tooLong <= 0;

  useEffect(() => {
    if (focusFirst) field.current?.focus();
  }, [focusFirst]);

  useEffect(() => {
    setEdited(editing?.text ?? '');
    setFailed(false);
    if (editing) field.current?.focus();
  }, [editing]);

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

  async function submit() {
    if (!sendable) return;
    if (!editing) {
      setDraft('');
      typing.over();
      void room.send(text);
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
    if (editing || room.me.role === 'GUEST' || event.clipboardData.files.length === 0) return;
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
          <div className="flex items-center justify-between gap-2 pl-3 text-small">
            <span className="font-semibold text-brand">{t('composer.editing')}</span>
            <IconButton label={t('action.cancel')} onPress={onEdited}>
              <X aria-hidden="true" className="size-5" />
            </IconButton>
          </div>
        )}
        {failed && (
          <p role="alert" className="px-3 pb-2 text-small text-urgent">
            {t('message.changeFailed')}
          </p>
        )}
        <div className="flex items-end gap-0.5 rounded-outer border border-ink-faint bg-sheet p-0.5 has-[textarea:focus-visible]:outline-3 has-[textarea:focus-visible]:outline-brand">
          {!editing && room.me.role !== 'GUEST' && (
            <FileTrigger
              allowsMultiple
              acceptedFileTypes={acceptedTypes}
              onSelect={(files) => files && room.attach(files)}
            >
              <IconButton label={t('composer.attach')}>
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
            className="max-h-[10.25rem] min-h-11 w-full min-w-0 flex-1 resize-none bg-transparent px-1.5 py-2.5 outline-none focus-visible:outline-none"
          />
          <EmojiMenu onChoose={insert} />
          <IconButton
            label={t(editing ? 'composer.save' : 'composer.send')}
            tone="brand"
            type="submit"
            isDisabled={!sendable}
          >
            <SendHorizontal aria-hidden="true" className="size-5" />
          </IconButton>
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
