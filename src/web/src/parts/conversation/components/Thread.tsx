import { ArrowDown } from 'lucide-react';
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Virtualizer } from 'virtua';
import { Button } from '../../../primitives/Button';
import type { Message } from '../../../realtime/events';
import { useSenderName } from '../hooks/useSenderName';
import { useThreadScroll } from '../hooks/useThreadScroll';
import type { Room } from '../model/room';
import { type RoomState, shown } from '../model/roomState';
import { type Row, threadRows } from '../model/threadRows';
import { subjectIn } from '../people';
import { ThreadRow } from './ThreadRow';

interface ThreadProps {
  room: Room;
  state: RoomState;
  otherName: string;
  writable: boolean;
  /** What stands where nothing has been said; null for those who may not write. */
  emptyWords: string | null;
  onEdit(message: Message): void;
  onReply(message: Message): void;
}

/** Height of the line above the oldest loaded message, in pixels; the list must know it. */
const topLine = 48;

export function Thread({ room, state, otherName, writable, emptyWords, onEdit, onReply }: ThreadProps) {
  const { t } = useTranslation();
  const rows = useMemo(() => threadRows(state, room.me.id), [state, room.me.id]);
  const { viewport, list, shift, atNewest, onScroll, toNewest } = useThreadScroll(room, state, rows);
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const nameOf = useSenderName(state, otherName);
  const frame = useRef<HTMLDivElement>(null);
  const lastMessage = rows.findLastIndex((row) => row.kind === 'message' && row.message.kind !== 'system');
  const chosen = rows.findIndex((row) => row.key === activeKey);
  const active = chosen >= 0 ? chosen : lastMessage;
  const unseen = state.log.messages.filter(
    (message) => message.seq > state.readSeq && message.senderId !== room.me.id,
  ).length;
  const { older } = shown(state);
  const { target } = state;
  const isEmpty = state.log.messages.length === 0 && state.outbox.length === 0;

  // Once the row is there: it may have to be scrolled into being, or its list to be measured first.
  const focusRow = useCallback((key: string) => {
    let frames = 60;
    const attempt = () => {
      const row = frame.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"]`);
      row?.focus({ preventScroll: true });
      frames -= 1;
      if ((!row || document.activeElement !== row) && frames > 0) requestAnimationFrame(attempt);
    };
    requestAnimationFrame(() => requestAnimationFrame(attempt));
  }, []);

  const known = useRef(target);
  useEffect(() => {
    if (!target || target === known.current) return;
    const row = rows.find((one) => one.kind === 'message' && one.message.seq === target.seq);
    if (!row) return;
    known.current = target;
    setActiveKey(row.key);
    focusRow(row.key);
  }, [target, rows, focusRow]);

  function onKeyDown(event: KeyboardEvent) {
    if (!(event.target instanceof HTMLElement) || !event.target.dataset.row) return;
    const next = neighbour(rows, active, event.key);
    if (next === null) return;
    event.preventDefault();
    const key = rows[next]?.key ?? '';
    setActiveKey(key);
    list.current?.scrollToIndex(next, { align: 'nearest' });
    focusRow(key);
  }

  return (
    <section ref={frame} aria-label={t('room.thread', { name: otherName })} className="relative min-h-0 flex-1">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys move the focus between the messages inside, which are focusable themselves. */}
      <div
        ref={viewport}
        onKeyDown={onKeyDown}
        className="absolute inset-0 overflow-y-auto overscroll-contain [overflow-anchor:none]"
      >
        <div className="mx-auto flex min-h-full w-full max-w-3xl flex-col justify-end px-5 pb-5">
          {/* Always there, so that nothing moves when the beginning is reached. */}
          <div className="flex h-12 shrink-0 items-center justify-center text-ink-soft text-small" role="status">
            {older.loading && t('room.olderLoading')}
            {older.failed && (
              <span className="flex items-center gap-2">
                {t('room.olderFailed')}
                <Button look="plain" onPress={() => void room.loadOlder()}>
                  {t('action.retry')}
                </Button>
              </span>
            )}
          </div>
          <Virtualizer
            key={state.view}
            ref={list}
            scrollRef={viewport}
            as="ol"
            item="li"
            shift={shift}
            startMargin={topLine}
            keepMounted={active >= 0 ? [active] : []}
            onScroll={onScroll}
          >
            {rows.map((row, index) => (
              <ThreadRow
                key={row.key}
                row={row}
                room={room}
                otherName={otherName}
                nameOf={nameOf}
                subjectName={(message) => subjectIn(state, message)}
                active={index === active}
                writable={writable}
                online={state.link === 'connected'}
                marked={row.kind === 'message' && row.message.seq === target?.seq}
                emptyWords={isEmpty ? emptyWords : null}
                onEdit={onEdit}
                onReply={onReply}
              />
            ))}
          </Virtualizer>
        </div>
      </div>
      {!atNewest && (
        <div className="fade-in absolute inset-x-0 bottom-3 flex justify-center">
          <div className="rounded-outer shadow-float">
            <Button look="quiet" onPress={toNewest}>
              <ArrowDown aria-hidden="true" className="size-4" />
              {unseen > 0 ? t('room.newest', { count: unseen }) : t('room.toNewest')}
            </Button>
          </div>
        </div>
      )}
    </section>
  );
}

/** The message to go to from the one at `index`; null when the key is not for us or there is none. */
function neighbour(rows: readonly Row[], index: number, key: string): number | null {
  const isMessage = (row: Row) => row.kind === 'message' && row.message.kind !== 'system';
  const found =
    key === 'ArrowUp'
      ? rows.findLastIndex((row, at) => at < index && isMessage(row))
      : key === 'ArrowDown'
        ? rows.findIndex((row, at) => at > index && isMessage(row))
        : key === 'Home'
          ? rows.findIndex(isMessage)
          : key === 'End'
            ? rows.findLastIndex(isMessage)
            : -1;
  return found < 0 ? null : found;
}
