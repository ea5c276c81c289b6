import type { Message } from '../../../realtime/events';
import type { Cursor } from '../api/roomApi';
import { type ConversationLog, conversationLog, type LogEvent } from './conversationLog';

/** A window somewhere back in a long conversation, which does not reach the newest message. */
export interface Past {
  readonly log: ConversationLog;
  readonly older: { cursor: Cursor | null; loading: boolean; failed: boolean };
  readonly loadingNewer: boolean;
}

/** The window that these messages are, oldest first. */
export function pastOf(messages: readonly Message[]): Past {
  const start = messages[0]?.seq ?? 1;
  return {
    log: { messages, start, change: 0, behind: false },
    older: { cursor: start > 1 ? start : null, loading: false, failed: false },
    loadingNewer: false,
  };
}

export const newestOf = ({ log }: Past) => log.messages.at(-1)?.seq ?? 0;

/** What changed in messages that the window shows; it neither grows by what is new nor asks for what it lacks. */
export function pastHeard(past: Past, event: LogEvent): Past {
  if (event.type !== 'updated' && event.type !== 'delivered' && event.type !== 'read') return past;
  return { ...past, log: { ...conversationLog(past.log, event), change: 0, behind: false } };
}

/** Messages that are held around what is read; a conversation may have as many as it likes. */
export const most = 300;
/** Of those that stay, how many lie on each side of what is read. */
const side = 100;

/** The window without what lies far from `seq`. Where it begins later than before, what was dropped can be asked for again. */
export function trimmed({ log, older }: Pick<Past, 'log' | 'older'>, seq: number): Pick<Past, 'log' | 'older'> {
  const messages = log.messages.filter((message) => Math.abs(message.seq - seq) <= side);
  const start = messages[0]?.seq ?? log.start;
  if (messages.length === 0 || start === log.messages[0]?.seq) return { log: { ...log, messages }, older };
  return { log: { ...log, messages, start }, older: { ...older, cursor: start } };
}

/** True when no message lies between the window and what is known to the newest. */
export const reaches = (past: Past, { start }: ConversationLog) => newestOf(past) >= start - 1;
