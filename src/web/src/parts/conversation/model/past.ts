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

/** True when no message lies between the window and what is known to the newest. */
export const reaches = (past: Past, { start }: ConversationLog) => newestOf(past) >= start - 1;
