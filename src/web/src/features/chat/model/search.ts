import { type ChatMessage, messageOf } from '../../../parts/conversation/api/wire';
import type { Message } from '../../../realtime/events';

/** A stretch of a text, in UTF-16 units. */
interface Place {
  start: number;
  length: number;
}

/** One line of the server's answer: a hit, how far it is, or its end. */
export interface SearchLine {
  scanned: number;
  message?: ChatMessage;
  highlights?: Place[];
  end?: boolean;
  nextCursor?: string;
}

export interface Hit {
  message: Message;
  places: readonly Place[];
}

export interface Search {
  readonly status: 'idle' | 'running' | 'done' | 'stopped' | 'failed';
  readonly hits: readonly Hit[];
  /** Messages looked at so far. */
  readonly scanned: number;
  /** Where another search goes on; null when all was looked at. */
  readonly next: string | null;
}

export const noSearch: Search = { status: 'idle', hits: [], scanned: 0, next: null };

/** What one more line makes of a search; `before` were looked at by the searches that this one goes on from. */
export function heard(search: Search, line: SearchLine, before = 0): Search {
  const scanned = before + line.scanned;
  if (line.message) {
    const hit = { message: messageOf(line.message), places: line.highlights ?? [] };
    return { ...search, scanned, hits: [...search.hits, hit] };
  }
  return line.end ? { ...search, scanned, status: 'done', next: line.nextCursor ?? null } : { ...search, scanned };
}

/** Whole lines of a stream of text, whatever pieces it comes in. */
export async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of pieces) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line) yield line;
  }
  if (rest) yield rest;
}

/** Characters shown before the first hit, and in all. */
const lead = 40;
const most = 200;

/** The part of a text that shows why it was found: pieces of it, in order, and which of them were asked for. */
export function excerpt(text: string, places: readonly Place[]): { text: string; hit: boolean }[] {
  const first = places[0]?.start ?? 0;
  const from = text.length > most && first > lead ? text.lastIndexOf(' ', first - lead) + 1 || first - lead : 0;
  const to = Math.min(text.length, from + most);
  const pieces: { text: string; hit: boolean }[] = from > 0 ? [{ text: '…', hit: false }] : [];
  let at = from;
  for (const { start, length } of places) {
    const end = Math.min(start + length, to);
    if (start < at || start >= to) continue;
    if (start > at) pieces.push({ text: text.slice(at, start), hit: false });
    pieces.push({ text: text.slice(start, end), hit: true });
    at = end;
  }
  if (at < to) pieces.push({ text: text.slice(at, to), hit: false });
  if (to < text.length) pieces.push({ text: '…', hit: false });
  return pieces;
}
