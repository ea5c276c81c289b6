import type { Session } from '../../../api/session';
import type { Consultation, Conversation, Guest, Message, Page, Participant } from '../../../realtime/events';
import { type Invitation, inviteGuest, type JoinLink } from '../../guests/links';
import { fetchBytes, type Upload, uploadFile } from './files';
import { type ChatMessage, type ConversationAnswer, conversationOf, messageOf } from './wire';

/** What one talks in: a visit, or any other conversation. */
export type About =
  | { consultation: Consultation; conversation: null }
  | { consultation: null; conversation: Conversation };

/** Where older messages begin: what an earlier page said, or the seq below which they lie. */
export type Cursor = string | number;

/** One's own way into the visit's picture and sound. */
export interface RoomEntry {
  provider: string;
  url: string | null;
  token: string | null;
  /** Until when the token is good, or the credentials of `iceServers`. */
  expiresAt: string;
  iceServers?: RTCIceServer[];
  iceTransportPolicy?: RTCIceTransportPolicy;
}

interface MessagePage {
  /** Newest first. */
  items: Message[];
  next: Cursor | null;
}

/** What a room asks of the server over HTTP. */
export interface RoomApi {
  about(): Promise<About>;
  /** Newest first; `cursor` continues an earlier page. */
  messages(cursor?: Cursor): Promise<MessagePage>;
  /** Oldest first, from the one that follows `seq`. */
  after(seq: number): Promise<Message[]>;
  one(messageId: string): Promise<Message>;
  /** What is kept at hand; and to practitioners, what is urgent and waits to be seen to. */
  pins(): Promise<{ messages: Message[]; urgent: Message[] }>;
  /** Puts the conversation away, takes it out again, or closes it for good. */
  move(to: 'archive' | 'reopen' | 'close'): Promise<Conversation>;
  /** Ends the visit. */
  close(): Promise<void>;
  /** Who else is, or was, in the visit. */
  guests(): Promise<readonly Guest[]>;
  /** Everybody with a seat in the conversation, now or before. */
  participants(): Promise<readonly Participant[]>;
  invite(guest: Invitation): Promise<JoinLink>;
  /** Asked anew for each use: its credentials live for minutes. */
  entry(): Promise<RoomEntry>;
  upload(file: File, onSent: (bytes: number) => void): Upload;
  /** Where a file's bytes are, by ranges too, for five minutes. */
  link(fileId: string): Promise<string>;
  /** The bytes of a file, through a link that is good for minutes and is kept nowhere. */
  download(fileId: string): Promise<Blob>;
}

/** Messages a page. */
const size = 50;

/** The files of a conversation, by the contract that `base` is of. */
function filesOf(session: Pick<Session, 'request'>, base: string): Pick<RoomApi, 'link' | 'download'> {
  const link = async (fileId: string) => {
    const answer = await session.request<{ downloadUrl: string }>(
      `${base}/files/${encodeURIComponent(fileId)}/download`,
    );
    return answer.downloadUrl;
  };
  return { link, download: async (fileId) => await fetchBytes(await link(fileId)) };
}

/** A conversation of any kind, for the people whose account it is. */
export function conversationApi(session: Pick<Session, 'request'>, id: string): RoomApi {
  const base = `/api/conversations/${encodeURIComponent(id)}`;
  const ask = async (query: string) => {
    const page = await session.request<Page<ChatMessage>>(`${base}/messages?${query}`);
    return { items: page.items.map(messageOf), next: page.pageInfo.nextCursor };
  };
  const visit = `/api/v1/consultations/${encodeURIComponent(id)}`;

  /** The page that ends before a seq; there is none before the first that somebody who came later may read. */
  async function before(seq: number): Promise<MessagePage> {
    const { items } = await ask(`afterSeq=${Math.max(0, seq - size - 1)}&limit=${size}`);
    const older = items.filter((message) => message.seq < seq).reverse();
    const oldest = older.at(-1)?.seq ?? 1;
    return { items: older, next: oldest > Math.max(1, seq - size) || oldest === 1 ? null : oldest };
  }

  return {
    about: async () => ({
      consultation: null,
      conversation: conversationOf(await session.request<ConversationAnswer>(base)),
    }),
    messages: (cursor) =>
      typeof cursor === 'number'
        ? before(cursor)
        : ask(`limit=${size}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`),
    after: async (seq) => (await ask(`afterSeq=${seq}&limit=${size}`)).items,
    one: async (messageId) =>
      messageOf(await session.request<ChatMessage>(`${base}/messages/${encodeURIComponent(messageId)}`)),
    pins: async () => {
      const { items, urgent = [] } = await session.request<Page<ChatMessage> & { urgent?: ChatMessage[] }>(
        `${base}/pins`,
      );
      return { messages: items.map(messageOf), urgent: urgent.map(messageOf) };
    },
    move: async (to) =>
      conversationOf(await session.request<ConversationAnswer>(`${base}/${to}`, { method: 'POST', body: {} })),
    guests: async () => [],
    participants: async () => (await session.request<ConversationAnswer>(base)).participants,
    invite: (guest) => inviteGuest(session, id, guest),
    entry: () => session.request<RoomEntry>(`/api/consultations/${encodeURIComponent(id)}/room`),
    close: () => session.request(`${visit}/close`, { method: 'POST', body: {} }),
    upload: (file, onSent) => uploadFile(session, base, file, onSent),
    ...filesOf(session, base),
  };
}

/** A visit, for its two people: the conversation, and what a visit has besides. */
export function visitApi(session: Pick<Session, 'request'>, id: string): RoomApi {
  return {
    ...conversationApi(session, id),
    about: async () => ({
      consultation: await session.request<Consultation>(`/api/v1/consultations/${encodeURIComponent(id)}`),
      conversation: null,
    }),
    guests: async () =>
      (await session.request<{ items: Guest[] }>(`/api/consultations/${encodeURIComponent(id)}/guests`)).items,
  };
}

/** A visit, for a guest: what they may see of it, by the one contract that knows guests. */
export function guestApi(session: Pick<Session, 'request'>, id: string): RoomApi {
  const base = `/api/v1/consultations/${encodeURIComponent(id)}`;
  return {
    ...visitApi(session, id),
    messages: async (cursor) => {
      const page = await session.request<Page<Message>>(
        `${base}/messages?limit=${size}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
      );
      return { items: page.items, next: page.pageInfo.nextCursor };
    },
    pins: async () => ({ messages: [], urgent: [] }),
    participants: async () => [],
    ...filesOf(session, base),
  };
}
