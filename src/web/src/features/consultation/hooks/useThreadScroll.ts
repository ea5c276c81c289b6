import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { VirtualizerHandle } from 'virtua';
import type { Room } from '../model/room';
import type { RoomState } from '../model/roomState';
import type { Row } from '../model/threadRows';
import { useAttention } from './useAttention';

/** Pixels from the end that still count as being at the newest message. */
const nearEnd = 60;
/** Pixels from the beginning at which older messages are asked for. */
const nearStart = 400;

/** Keeps the reader where they read: at the newest message while they are there, in place when older ones come in above. */
export function useThreadScroll(room: Room, state: RoomState, rows: readonly Row[]) {
  const viewport = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const stick = useRef(true);
  const placed = useRef(false);
  const before = useRef({ start: state.log.start, last: '' });
  const [atNewest, setAtNewest] = useState(true);
  const attention = useAttention();
  const shift = state.log.start < before.current.start;
  const last = rows.at(-1)?.key ?? '';
  const ownLast = rows.at(-1)?.kind === 'pending' || rows.at(-1)?.kind === 'upload';

  /** The last row is an empty one: room to breathe below the newest message. */
  const toNewest = useCallback(() => {
    stick.current = true;
    setAtNewest(true);
    list.current?.scrollToIndex(rows.length, { align: 'end' });
  }, [rows.length]);

  /** Tells the room up to which message the reader has had the thread before their eyes. */
  const tellSeen = useCallback(() => {
    const handle = list.current;
    if (!attention || !handle) return;
    const bottom = stick.current
      ? rows.length - 1
      : handle.findItemIndex(handle.scrollOffset + handle.viewportSize - 1) - 1;
    const seen = rows.slice(0, bottom + 1).findLast((row) => row.kind === 'message');
    if (seen?.kind === 'message') room.saw(seen.message.seq);
  }, [attention, rows, room]);

  // First placed at what is new, else at the end; later the end is followed only by who is there, or who has just written.
  useLayoutEffect(() => {
    const handle = list.current;
    if (!handle || rows.length === 0) return;
    const unread = rows.findIndex((row) => row.kind === 'unread');
    const grew = last !== before.current.last;
    if (!placed.current && unread >= 0) {
      placed.current = true;
      handle.scrollToIndex(unread, { align: 'start', offset: -80 });
    } else if (!placed.current || stick.current || (grew && ownLast)) {
      placed.current = true;
      stick.current = true;
      handle.scrollToIndex(rows.length, { align: 'end' });
    }
    before.current = { start: state.log.start, last };
  }, [rows, last, ownLast, state.log.start]);

  // The keyboard of a phone, a growing composer, a turned screen: the end stays the end.
  useEffect(() => {
    const element = viewport.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      if (stick.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, []);

  useEffect(tellSeen, [tellSeen]);

  const onScroll = useCallback(() => {
    const element = viewport.current;
    if (!element) return;
    stick.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearEnd;
    setAtNewest(stick.current);
    if (element.scrollTop < nearStart) void room.loadOlder();
    tellSeen();
  }, [room, tellSeen]);

  return { viewport, list, shift, atNewest, onScroll, toNewest };
}
