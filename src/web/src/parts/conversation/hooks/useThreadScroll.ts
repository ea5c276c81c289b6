import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { VirtualizerHandle } from 'virtua';
import { most } from '../model/past';
import type { Room } from '../model/room';
import { type RoomState, shown } from '../model/roomState';
import type { Row } from '../model/threadRows';
import { useAttention } from './useAttention';

/** Pixels from the end that still count as being at the newest message. */
const nearEnd = 60;
/** Pixels from the beginning, or from the end of what is loaded somewhere back, at which more is asked for. */
const nearEdge = 1_500;

/** Pixels of room below the newest message. */
const breath = 20;

/** Keeps the reader where they read: at the newest message while they are there, in place when older ones come in above. */
export function useThreadScroll(room: Room, state: RoomState, rows: readonly Row[]) {
  const viewport = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const stick = useRef(true);
  const placed = useRef(false);
  const { start, messages } = shown(state).log;
  const { view, target } = state;
  const isBack = state.past !== null;
  const before = useRef({ start, last: '', view, target });
  const [atNewest, setAtNewest] = useState(true);
  const attention = useAttention();
  // Rows came in above, or went from there: what is read stays where it is.
  const shift = start !== before.current.start && view === before.current.view;
  const last = rows.at(-1)?.key ?? '';
  const ownLast = rows.at(-1)?.kind === 'pending';

  const called = useRef(false);
  const toNewest = useCallback(() => {
    stick.current = true;
    called.current = isBack;
    setAtNewest(true);
    if (isBack) room.toNewest();
    else list.current?.scrollToIndex(rows.length - 1, { align: 'end', offset: breath });
  }, [rows.length, isBack, room]);

  /** Tells the room up to which message the reader has had the thread before their eyes. */
  const tellSeen = useCallback(() => {
    const handle = list.current;
    if (!attention || !handle || isBack) return;
    const bottom = stick.current
      ? rows.length - 1
      : handle.findItemIndex(handle.scrollOffset + handle.viewportSize - 1) - 1;
    const seen = rows.slice(0, bottom + 1).findLast((row) => row.kind === 'message');
    if (seen?.kind === 'message') room.saw(seen.message.seq);
  }, [attention, rows, room, isBack]);

  // First placed at what was asked for or is new, else, or where the newest was asked for, at the end; later the end is followed only by who is there, or who has just written.
  useLayoutEffect(() => {
    const handle = list.current;
    if (!handle || rows.length === 0) return;
    const { current: known } = before;
    if (view !== known.view) placed.current = false;
    const asked = target && target !== known.target;
    const wanted = asked ? rows.findIndex((row) => row.kind === 'message' && row.message.seq === target.seq) : -1;
    const unread = rows.findIndex((row) => row.kind === 'unread');
    const grew = last !== known.last;
    if (wanted >= 0) {
      placed.current = true;
      stick.current = false;
      setAtNewest(false);
      handle.scrollToIndex(wanted, { align: 'center' });
    } else if (!placed.current && unread >= 0 && !called.current) {
      placed.current = true;
      handle.scrollToIndex(unread, { align: 'start', offset: -80 });
    } else if ((!placed.current || stick.current || (grew && ownLast)) && !isBack) {
      placed.current = true;
      stick.current = true;
      called.current = false;
      handle.scrollToIndex(rows.length - 1, { align: 'end', offset: breath });
    }
    before.current = { start, last, view, target };
  }, [rows, last, ownLast, start, view, target, isBack]);

  // The keyboard of a phone, a growing composer, a turned screen: the end stays the end.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view has other elements.
  useEffect(() => {
    const element = viewport.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      if (stick.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, [view]);

  useEffect(tellSeen, [tellSeen]);

  // In a frame of its own: rows that come in at one end and go at the other at once could not be told apart.
  const tooMany = messages.length > most;
  useEffect(() => {
    const handle = list.current;
    if (!tooMany || !handle) return;
    const frame = requestAnimationFrame(() => {
      const middle = handle.findItemIndex(handle.scrollOffset + handle.viewportSize / 2);
      const read = rows.slice(0, middle + 1).findLast((row) => row.kind === 'message');
      if (read?.kind === 'message') room.trim(stick.current ? (messages.at(-1)?.seq ?? 0) : read.message.seq);
    });
    return () => cancelAnimationFrame(frame);
  }, [tooMany, rows, messages, room]);

  // Whoever is at the very edge already when a page comes scrolls no further, and still wants what lies beyond.
  const { loading, failed } = shown(state).older;
  useEffect(() => {
    const element = viewport.current;
    if (!element || messages.length === 0 || loading || failed || stick.current || !placed.current) return;
    const frame = requestAnimationFrame(() => {
      if (element.scrollTop < nearEdge) void room.loadOlder();
    });
    return () => cancelAnimationFrame(frame);
  }, [messages, loading, failed, room]);

  const onScroll = useCallback(() => {
    const element = viewport.current;
    if (!element) return;
    const below = element.scrollHeight - element.scrollTop - element.clientHeight;
    stick.current = !isBack && below < nearEnd;
    setAtNewest(stick.current);
    if (element.scrollTop < nearEdge) void room.loadOlder();
    if (isBack && below < nearEdge) void room.loadNewer();
    tellSeen();
  }, [room, tellSeen, isBack]);

  return { viewport, list, shift, atNewest, onScroll, toNewest };
}
