import type { Message } from '../../../realtime/events';

/** What this client holds of one conversation: a window of messages that ends at the newest. */
export interface ConversationLog {
  /** Ordered by seq, each once. */
  readonly messages: readonly Message[];
  /** The seq at which the window begins; what is older has not been loaded. */
  readonly start: number;
  /** Highest change that is known to be applied here, without a gap below it. */
  readonly change: number;
  /** The server has something that this log lacks: join again after {@link head} and {@link change}. */
  readonly behind: boolean;
}

export type LogEvent =
  | { type: 'page'; messages: readonly Message[] }
  | { type: 'restarted'; messages: readonly Message[]; change: number }
  | { type: 'created'; message: Message }
  | { type: 'updated'; message: Message }
  | { type: 'caughtUp'; change: number }
  | { type: 'heard'; seq: number; change: number }
  | { type: 'delivered'; seq: number; by: string; at: string }
  | { type: 'read'; seq: number; by: string; at: string };

export const emptyLog: ConversationLog = { messages: [], start: 1, change: 0, behind: false };

/** The newest seq up to which this log has no gap; 0 when it is empty. */
export function head({ messages, start }: ConversationLog): number {
  let seq = start - 1;
  for (const message of messages) {
    if (message.seq !== seq + 1) break;
    seq = message.seq;
  }
  return seq;
}

const hasGap = (log: ConversationLog) => head(log) < (log.messages.at(-1)?.seq ?? 0);

export function conversationLog(log: ConversationLog, event: LogEvent): ConversationLog {
  switch (event.type) {
    case 'page':
      return settle({ ...log, messages: merge(log.messages, event.messages), start: startWith(log, event.messages) });
    case 'restarted':
      return settle(restart(log, event.messages, event.change));
    case 'created':
      return settle({ ...log, messages: merge(log.messages, [event.message]) });
    case 'updated':
      return applyUpdate(log, event.message);
    case 'caughtUp':
      return settle({ ...log, change: Math.max(log.change, event.change), behind: false });
    case 'heard':
      return event.seq > head(log) || event.change > log.change ? { ...log, behind: true } : log;
    case 'delivered':
      return mark(log, event, (message) => (message.deliveredAt ? message : { ...message, deliveredAt: event.at }));
    case 'read':
      return mark(log, event, (message) =>
        message.readAt ? message : { ...message, readAt: event.at, deliveredAt: message.deliveredAt ?? event.at },
      );
  }
}

function startWith(log: ConversationLog, page: readonly Message[]): number {
  const oldest = Math.min(...page.map((message) => message.seq));
  if (page.length === 0) return log.start;
  return log.messages.length === 0 ? oldest : Math.min(log.start, oldest);
}

const settle = (log: ConversationLog): ConversationLog => (hasGap(log) ? { ...log, behind: true } : log);

/** Begins again from the newest page. What was announced while the page travelled is newer, and stays. */
function restart(log: ConversationLog, page: readonly Message[], change: number): ConversationLog {
  const newest = Math.max(0, ...page.map((message) => message.seq));
  const sooner = log.messages.filter((message) => message.seq > newest);
  return { messages: [...merge([], page), ...sooner], start: startWith(emptyLog, page), change, behind: false };
}

function applyUpdate(log: ConversationLog, message: Message): ConversationLog {
  const known = log.messages.some((mine) => mine.seq === message.seq);
  const next = { ...log, messages: known ? merge(log.messages, [message]) : log.messages };
  if (message.change <= log.change) return next;
  if (message.change === log.change + 1) return { ...next, change: message.change };
  return { ...next, behind: true };
}

/** Receipts are watermarks: one covers every earlier message that the reader did not write. */
function mark(log: ConversationLog, { seq, by }: { seq: number; by: string }, stamp: (message: Message) => Message) {
  return {
    ...log,
    messages: log.messages.map((message) => (message.seq <= seq && message.senderId !== by ? stamp(message) : message)),
  };
}

function merge(known: readonly Message[], arrived: readonly Message[]): readonly Message[] {
  const last = known.at(-1)?.seq ?? 0;
  if (arrived.length === 1 && arrived[0] && arrived[0].seq > last) return [...known, arrived[0]];
  const bySeq = new Map(known.map((message) => [message.seq, message]));
  for (const message of arrived) bySeq.set(message.seq, newer(bySeq.get(message.seq), message));
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/** Content goes by the change number; receipts, once set, stay. */
function newer(known: Message | undefined, arrived: Message): Message {
  if (!known) return arrived;
  const content = arrived.change >= known.change ? arrived : known;
  return { ...content, deliveredAt: known.deliveredAt ?? arrived.deliveredAt, readAt: known.readAt ?? arrived.readAt };
}
