import type { Problem } from '../../../api/problem';
import type { Consultation, Guest, Joined, Message, QueueItem } from '../../../realtime/events';
import type { LinkStatus } from '../../../realtime/live';
import type { OutboxEntry } from '../../../storage/device';
import { type ConversationLog, conversationLog, emptyLog, type LogEvent } from './conversationLog';
import { nobody, type Presence, type PresenceEvent, presence } from './presence';

/** A file on its way. */
export interface UploadState {
  id: string;
  file: File;
  sentBytes: number;
  /** Why it failed; null while it is under way. */
  code: string | null;
}

export interface RoomState {
  readonly phase: 'loading' | 'ready' | 'failed';
  /** Why the room could not be opened. */
  readonly problem: Problem | null;
  readonly consultation: Consultation | null;
  readonly log: ConversationLog;
  readonly older: { cursor: string | null; loading: boolean; failed: boolean };
  readonly presence: Presence;
  /** Who came by links, gone or not: what they wrote stays theirs. */
  readonly guests: readonly Guest[];
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
  | { type: 'loaded'; consultation: Consultation; messages: readonly Message[]; cursor: string | null }
  | { type: 'loadFailed'; problem: Problem }
  | { type: 'guests'; guests: readonly Guest[] }
  | { type: 'refreshed'; consultation: Consultation }
  | { type: 'joined'; answer: Joined }
  | { type: 'link'; status: LinkStatus }
  | { type: 'queue'; queueItem: QueueItem | null }
  | { type: 'started'; at: string }
  | { type: 'closed'; at: string }
  | { type: 'olderAsked' }
  | { type: 'olderCame'; messages: readonly Message[]; cursor: string | null }
  | { type: 'olderFailed' }
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
  log: emptyLog,
  older: { cursor: null, loading: false, failed: false },
  presence: nobody,
  guests: [],
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
      return loaded(state, event.consultation, event.messages, event.cursor);
    case 'loadFailed':
      return failed(state, event.problem);
    case 'guests':
      return { ...state, guests: event.guests };
    case 'refreshed':
      return { ...state, consultation: event.consultation };
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
      return { ...state, older: { ...state.older, loading: true, failed: false } };
    case 'olderCame':
      return {
        ...state,
        older: { cursor: event.cursor, loading: false, failed: false },
        log: conversationLog(state.log, { type: 'page', messages: event.messages }),
      };
    case 'olderFailed':
      return { ...state, older: { ...state.older, loading: false, failed: true } };
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

function loaded(
  state: RoomState,
  consultation: Consultation,
  messages: readonly Message[],
  cursor: string | null,
): RoomState {
  const first = state.phase !== 'ready';
  return {
    ...state,
    phase: 'ready',
    problem: null,
    consultation,
    log: conversationLog(state.log, { type: 'restarted', messages, change: consultation.change }),
    older: { cursor, loading: false, failed: false },
    readSeq: Math.max(state.readSeq, consultation.readSeq),
    unreadAfter: first ? consultation.readSeq : state.unreadAfter,
  };
}

function joined(state: RoomState, answer: Joined): RoomState {
  const next = amend(state, { status: answer.consultationStatus, queueItem: answer.queueItem });
  return {
    ...next,
    joined: answer.consultationStatus !== 'closed',
    readSeq: Math.max(state.readSeq, answer.readSeq),
    presence: presence(state.presence, { type: 'present', userIds: answer.onlineUserIds }),
  };
}

/** A message of ours that comes back from the server is no longer in the outbox, whoever tells first: the ack or the announcement. */
function logged(state: RoomState, event: LogEvent): RoomState {
  const log = conversationLog(state.log, event);
  if (event.type !== 'created') return { ...state, log };
  const { clientMsgId, senderId } = event.message;
  return {
    ...state,
    log,
    outbox: state.outbox.filter((entry) => entry.clientMsgId !== clientMsgId || entry.userId !== senderId),
    presence: presence(state.presence, { type: 'wrote', userId: senderId }),
  };
}

function amend(state: RoomState, change: Partial<Consultation>): RoomState {
  return state.consultation ? { ...state, consultation: { ...state.consultation, ...change } } : state;
}
