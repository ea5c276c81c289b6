import type { Problem } from '../../../api/problem';
import type {
  Call,
  Consultation,
  Conversation,
  Guest,
  Joined,
  Listening,
  Message,
  Participant,
  QueueItem,
} from '../../../realtime/events';
import type { LinkStatus } from '../../../realtime/live';
import type { OutboxEntry } from '../../../storage/device';
import type { About, Cursor } from '../api/roomApi';
import { type ConversationLog, conversationLog, emptyLog, type LogEvent } from './conversationLog';
import { most, newestOf, type Past, pastHeard, pastOf, reaches, trimmed } from './past';
import { nobody, type Presence, type PresenceEvent, presence } from './presence';
import { stillUrgent } from './urgent';

/** A file chosen for the next message. */
export interface UploadState {
  id: string;
  file: File;
  sentBytes: number;
  /** Why it failed; null while it is under way. */
  code: string | null;
  /** Its id once its bytes are there; null while they are on their way. */
  fileId: string | null;
}

export interface RoomState {
  readonly phase: 'loading' | 'ready' | 'failed';
  /** Why the room could not be opened. */
  readonly problem: Problem | null;
  /** The visit that is talked in; null for a conversation that is none. */
  readonly consultation: Consultation | null;
  /** The conversation, where it is not seen from within its visit. */
  readonly conversation: Conversation | null;
  readonly log: ConversationLog;
  readonly older: Past['older'];
  /** Where one has gone back to, as long as what lies between there and the newest is not loaded. */
  readonly past: Past | null;
  /** The message that one asked to see, anew at each asking. */
  readonly target: { seq: number } | null;
  /** Changes when the shown messages are others altogether, so that nothing scrolls from one to the other. */
  readonly view: number;
  /** What is kept at hand, in the order of speaking. */
  readonly pins: readonly Message[];
  /** Urgent messages that wait to be seen to, also those from before what is loaded. */
  readonly urgent: readonly Message[];
  readonly presence: Presence;
  /** Who came by links, gone or not: what they wrote stays theirs. */
  readonly guests: readonly Guest[];
  /** Who has a seat in the visit's conversation, once somebody besides its two speaks there or is spoken of. */
  readonly participants: readonly Participant[];
  /** The call of the visit, as it was told last; null where none is going on. */
  readonly call: Call | null;
  readonly outbox: readonly OutboxEntry[];
  readonly uploads: readonly UploadState[];
  readonly link: LinkStatus;
  /** This client listens to the consultation. */
  readonly joined: boolean;
  /** How far the caller has read, here or elsewhere. */
  readonly readSeq: number;
  /** The same, when the room was opened: where the unread line stands. Null once the reader has answered. */
  readonly unreadAfter: number | null;
}

export type RoomEvent =
  | { type: 'loaded'; about: About; messages: readonly Message[]; cursor: Cursor | null }
  | { type: 'loadFailed'; problem: Problem }
  | { type: 'guests'; guests: readonly Guest[] }
  | { type: 'participants'; participants: readonly Participant[] }
  | { type: 'refreshed'; about: About }
  | { type: 'call'; call: Call }
  | { type: 'joined'; answer: Joined | Listening }
  | { type: 'link'; status: LinkStatus }
  | { type: 'queue'; queueItem: QueueItem | null }
  | { type: 'started'; at: string }
  | { type: 'closed'; at: string }
  | { type: 'olderAsked' }
  | { type: 'olderCame'; messages: readonly Message[]; cursor: Cursor | null }
  | { type: 'olderFailed' }
  | { type: 'newerAsked' }
  | { type: 'newerCame'; messages: readonly Message[] }
  | { type: 'newerFailed' }
  | { type: 'wentTo'; seq: number; messages: readonly Message[] | null }
  | { type: 'cameBack' }
  | { type: 'trimmed'; seq: number }
  | { type: 'pins'; messages: readonly Message[]; urgent: readonly Message[] }
  | { type: 'queued'; entries: readonly OutboxEntry[] }
  | { type: 'answered' }
  | { type: 'unsent'; clientMsgId: string; code: string | null }
  | { type: 'discarded'; clientMsgId: string }
  | { type: 'readTo'; seq: number }
  | { type: 'upload'; upload: UploadState }
  | { type: 'uploadGone'; id: string }
  | { type: 'presence'; event: PresenceEvent }
  | { type: 'log'; event: LogEvent };

export const closedRoom: RoomState = {
  phase: 'loading',
  problem: null,
  consultation: null,
  conversation: null,
  log: emptyLog,
  older: { cursor: null, loading: false, failed: false },
  past: null,
  target: null,
  view: 0,
  pins: [],
  urgent: [],
  presence: nobody,
  guests: [],
  participants: [],
  call: null,
  outbox: [],
  uploads: [],
  link: 'connecting',
  joined: false,
  readSeq: 0,
  unreadAfter: null,
};

export function roomState(state: RoomState, event: RoomEvent): RoomState {
  switch (event.type) {
    case 'loaded':
      return loaded(state, event.about, event.messages, event.cursor);
    case 'loadFailed':
      return failed(state, event.problem);
    case 'guests':
      return { ...state, guests: event.guests };
    case 'participants':
      return { ...state, participants: event.participants };
    case 'call': {
      const { call } = state;
      const isOld = call?.id === event.call.id && event.call.revision < call.revision;
      return isOld ? state : { ...state, call: event.call };
    }
    case 'refreshed':
      return { ...state, ...event.about };
    case 'joined':
      return joined(state, event.answer);
    case 'link':
      return event.status === 'connected'
        ? { ...state, link: event.status }
        : { ...state, link: event.status, joined: false, presence: presence(state.presence, { type: 'lineLost' }) };
    case 'queue':
      return amend(state, { queueItem: event.queueItem });
    case 'started':
      return amend(state, { status: 'in_progress', startedAt: event.at, queueItem: null });
    case 'closed':
      return {
        ...amend(state, { status: 'closed', closedAt: event.at, queueItem: null }),
        joined: false,
        presence: nobody,
      };
    case 'olderAsked':
      return withOlder(state, (older) => ({ ...older, loading: true, failed: false }));
    case 'olderCame':
      return olderCame(state, event.messages, event.cursor);
    case 'olderFailed':
      return withOlder(state, (older) => ({ ...older, loading: false, failed: true }));
    case 'newerAsked':
      return state.past ? { ...state, past: { ...state.past, loadingNewer: true } } : state;
    case 'newerFailed':
      return state.past ? { ...state, past: { ...state.past, loadingNewer: false } } : state;
    case 'newerCame':
      return newerCame(state, event.messages);
    case 'wentTo':
      return wentTo(state, event.seq, event.messages);
    case 'cameBack':
      return { ...state, past: null, target: null, view: state.view + 1 };
    case 'trimmed':
      return trimmedTo(state, event.seq);
    case 'pins':
      return { ...state, pins: event.messages.toSorted((a, b) => a.seq - b.seq), urgent: event.urgent };
    case 'queued': {
      const known = new Set(state.outbox.map((entry) => entry.clientMsgId));
      return { ...state, outbox: [...state.outbox, ...event.entries.filter((entry) => !known.has(entry.clientMsgId))] };
    }
    case 'answered':
      return { ...state, unreadAfter: null };
    case 'unsent':
      return {
        ...state,
        outbox: state.outbox.map((entry) =>
          entry.clientMsgId === event.clientMsgId
            ? { ...entry, state: event.code ? 'failed' : 'waiting', code: event.code }
            : entry,
        ),
      };
    case 'discarded':
      return { ...state, outbox: state.outbox.filter((entry) => entry.clientMsgId !== event.clientMsgId) };
    case 'readTo':
      return { ...state, readSeq: Math.max(state.readSeq, event.seq) };
    case 'upload':
      return {
        ...state,
        uploads: state.uploads.some((upload) => upload.id === event.upload.id)
          ? state.uploads.map((upload) => (upload.id === event.upload.id ? event.upload : upload))
          : [...state.uploads, event.upload],
      };
    case 'uploadGone':
      return { ...state, uploads: state.uploads.filter((upload) => upload.id !== event.id) };
    case 'presence':
      return { ...state, presence: presence(state.presence, event.event) };
    case 'log':
      return logged(state, event.event);
  }
}

/** A lost network leaves what was read; a lost right to read takes it away. */
function failed(state: RoomState, problem: Problem): RoomState {
  const shut = problem.category === 'forbidden' || problem.category === 'missing';
  if (shut) return { ...closedRoom, link: state.link, phase: 'failed', problem };
  return state.phase === 'ready' ? state : { ...state, phase: 'failed', problem };
}

function loaded(state: RoomState, about: About, messages: readonly Message[], cursor: Cursor | null): RoomState {
  const first = state.phase !== 'ready';
  const { change, readSeq } = about.consultation ?? about.conversation;
  return {
    ...state,
    ...about,
    phase: 'ready',
    problem: null,
    log: conversationLog(state.log, { type: 'restarted', messages, change }),
    older: { cursor, loading: false, failed: false },
    readSeq: Math.max(state.readSeq, readSeq),
    unreadAfter: first ? readSeq : state.unreadAfter,
  };
}

function joined(state: RoomState, answer: Joined | Listening): RoomState {
  const isVisit = 'consultationStatus' in answer;
  const next = isVisit ? amend(state, { status: answer.consultationStatus, queueItem: answer.queueItem }) : state;
  return {
    ...next,
    joined: !isVisit || answer.consultationStatus !== 'closed',
    call: isVisit ? (answer.call ?? null) : null,
    readSeq: Math.max(state.readSeq, answer.readSeq),
    presence: presence(state.presence, {
      type: 'present',
      userIds: answer.onlineUserIds,
      revision: answer.onlineRevision,
    }),
  };
}

/** What is shown: where one has gone back to, else all that is known to the newest message. */
export const shown = ({ log, older, past }: RoomState): Pick<RoomState, 'log' | 'older'> => past ?? { log, older };

function withOlder(state: RoomState, change: (older: Past['older']) => Past['older']): RoomState {
  const { past } = state;
  return past ? { ...state, past: { ...past, older: change(past.older) } } : { ...state, older: change(state.older) };
}

function olderCame(state: RoomState, messages: readonly Message[], cursor: Cursor | null): RoomState {
  const { log } = shown(state);
  // The window may have moved while the page travelled: what does not touch it any more would leave a hole.
  if (log.messages.length > 0 && messages[0] && messages[0].seq < log.start - 1)
    return withOlder(state, (older) => ({ ...older, loading: false }));
  const next = withOlder(state, () => ({ cursor, loading: false, failed: false }));
  const page: LogEvent = { type: 'page', messages };
  return next.past
    ? { ...next, past: { ...next.past, log: conversationLog(next.past.log, page) } }
    : { ...next, log: conversationLog(next.log, page) };
}

function newerCame(state: RoomState, messages: readonly Message[]): RoomState {
  if (!state.past) return state;
  if (messages[0] && messages[0].seq > newestOf(state.past) + 1)
    return { ...state, past: { ...state.past, loadingNewer: false } };
  const log = conversationLog(state.past.log, { type: 'page', messages });
  return settledPast({ ...state, past: { ...state.past, log, loadingNewer: false } });
}

/** Shows one message: among those that are there, or in a window of its own around it. */
function wentTo(state: RoomState, seq: number, messages: readonly Message[] | null): RoomState {
  const target = { seq };
  if (messages) return settledPast({ ...state, past: pastOf(messages), target, view: state.view + 1 });
  const isInPast = state.past?.log.messages.some((message) => message.seq === seq);
  if (!state.past || isInPast) return { ...state, target };
  return { ...state, past: null, target, view: state.view + 1 };
}

/** A window that has grown up to what is known to the newest message becomes one with it. */
function settledPast(state: RoomState): RoomState {
  const { past, log } = state;
  if (!past || !reaches(past, log)) return state;
  return {
    ...state,
    past: null,
    log: conversationLog(log, { type: 'page', messages: past.log.messages }),
    older: past.log.start < log.start ? past.older : state.older,
  };
}

/** Lets go of what lies far from where one reads. What is then cut off from the newest is a window somewhere back. */
function trimmedTo(state: RoomState, seq: number): RoomState {
  const { log, older, past } = state;
  if (shown(state).log.messages.length <= most) return state;
  if (past) return { ...state, past: { ...past, ...trimmed(past, seq) } };
  const kept = trimmed({ log, older }, seq);
  if (kept.log.messages.at(-1) === log.messages.at(-1)) return { ...state, ...kept };
  const back: Past = { ...pastOf(kept.log.messages), older: kept.older };
  // The newest stay at hand, for the way back to them; should they touch the window, nothing was cut off.
  const end = trimmed({ log, older }, log.messages.at(-1)?.seq ?? 0);
  return newestOf(back) >= end.log.start - 1 ? state : { ...state, past: back, ...end };
}

function pinned(pins: readonly Message[], message: Message): readonly Message[] {
  const others = pins.filter(({ id }) => id !== message.id);
  if (!message.pinnedAt || message.deletedAt) return others.length === pins.length ? pins : others;
  return [...others, message].sort((a, b) => a.seq - b.seq);
}

/** A message of ours that comes back from the server is no longer in the outbox, whoever tells first: the ack or the announcement. */
function logged(state: RoomState, event: LogEvent): RoomState {
  const log = conversationLog(state.log, event);
  const past = state.past && pastHeard(state.past, event);
  if (event.type !== 'created' && event.type !== 'updated') return { ...state, log, past };
  const urgent = stillUrgent(state.urgent, event.message);
  if (event.type === 'updated') return { ...state, log, past, urgent, pins: pinned(state.pins, event.message) };
  const { clientMsgId, senderId } = event.message;
  return {
    ...state,
    log,
    urgent,
    outbox: state.outbox.filter((entry) => entry.clientMsgId !== clientMsgId || entry.userId !== senderId),
    presence: presence(state.presence, { type: 'wrote', userId: senderId }),
  };
}

function amend(state: RoomState, change: Partial<Consultation>): RoomState {
  return state.consultation ? { ...state, consultation: { ...state.consultation, ...change } } : state;
}
