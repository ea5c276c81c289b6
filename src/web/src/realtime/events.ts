/** The shapes that cross the wire, as docs/contracts/live-consultations.md states them. Times are UTC, ISO 8601. */

type ConsultationStatus = 'scheduled' | 'confirmed' | 'in_progress' | 'closed' | 'cancelled' | 'no_show';
type Format = 'video' | 'audio' | 'in_person';

export interface FileRef {
  id: string;
  name: string;
  mimeType: string;
  sizeBytes: number;
  sha256: string | null;
}

interface Reaction {
  emoji: string;
  userIds: string[];
}

export interface Message {
  id: string;
  consultationId: string;
  /** 1, 2, 3 ... without gaps in one consultation. */
  seq: number;
  /** 0, or the number of the last edit, deletion or reaction. */
  change: number;
  clientMsgId: string | null;
  senderId: string;
  senderRole: 'doctor' | 'patient' | 'guest';
  kind: 'text' | 'file';
  text: string | null;
  file: FileRef | null;
  createdAt: string;
  editedAt: string | null;
  deletedAt: string | null;
  deliveredAt: string | null;
  readAt: string | null;
  reactions: Reaction[];
}

/** What somebody who came by a link is to the visit. */
export type GuestRole = 'PATIENT' | 'RELATIVE' | 'INTERPRETER' | 'PRACTITIONER';

/** Somebody besides the two, who came by a link. */
export interface Guest {
  id: string;
  name: string;
  role: GuestRole;
  enteredAt: string;
  /** Null while they are in. */
  leftAt: string | null;
}

export interface QueueItem {
  position: number;
  joinedAt: string;
  patient?: { id: string; name: string };
  /** When it is likely to be this person's turn. */
  expectedAt?: string | null;
  /** Minutes that the practitioner is behind, as they said. */
  delayMinutes?: number;
}

export interface Consultation {
  id: string;
  status: ConsultationStatus;
  format: Format;
  scheduledAt: string;
  durationMinutes: number;
  startedAt: string | null;
  closedAt: string | null;
  patient: { id: string; name: string };
  doctor: { id: string; name: string; title: string | null; specialty: string | null };
  queueItem: QueueItem | null;
  seq: number;
  change: number;
  readSeq: number;
  unreadCount: number;
}

export interface Page<T> {
  items: T[];
  pageInfo: { nextCursor: string | null };
}

interface AckError {
  ok: false;
  error: { code: string; message: string; field?: string };
}

export type Ack<T> = ({ ok: true } & T) | AckError;

export interface Joined {
  serverTime: string;
  consultationStatus: ConsultationStatus;
  seq: number;
  change: number;
  readSeq: number;
  onlineUserIds: string[];
  queueItem: QueueItem | null;
  replayed: number;
  more: boolean;
}

interface InRoom {
  consultationId: string;
}

interface OfMessage extends InRoom {
  messageId: string;
}

/** What the client may say, with what the server answers. */
export interface Verbs {
  'consultation.join': { input: InRoom & { afterSeq?: number; afterChange?: number }; answer: Joined };
  'consultation.leave': { input: InRoom; answer: object };
  'presence.ping': { input: InRoom; answer: { seq: number; change: number } };
  'chat.send': { input: InRoom & { clientMsgId: string; text: string }; answer: { message: Message } };
  'chat.delivered': { input: OfMessage; answer: object };
  'chat.read': { input: OfMessage; answer: object };
  'chat.edit': { input: OfMessage & { text: string }; answer: { message: Message } };
  'chat.delete': { input: OfMessage; answer: { message: Message } };
  'chat.react': { input: OfMessage & { emoji: string; on: boolean }; answer: { message: Message } };
  'chat.typing': { input: InRoom & { typing: boolean }; answer: object };
  'session.renew': { input: { token: string }; answer: { expiresAt: string } };
}

/** What the server says by itself. */
export interface Events {
  'chat.message_created': { message: Message };
  'chat.message_updated': { message: Message };
  'chat.message_delivered': InRoom & { messageId: string; seq: number; userId: string; deliveredAt: string };
  'chat.message_read': InRoom & { messageId: string; seq: number; userId: string; readAt: string };
  'chat.typing': InRoom & { userId: string; typing: boolean };
  'presence.state': InRoom & { onlineUserIds: string[] };
  'queue.updated': InRoom & { queueItem: QueueItem | null };
  'guests.updated': InRoom;
  'consultation.started': InRoom & { startedAt: string };
  'consultation.closed': InRoom & { closedAt: string };
  /** Another practitioner sees the patient. */
  'consultation.handed_over': InRoom & { doctor: Consultation['doctor'] };
  /** A time that became free is kept for this patient, who waited for one. */
  'waiting_list.offered': { entryId: string; practitionerId: string };
  /** There is something new to read; its words come over HTTP. */
  'notification.created': { id: string; consultationId: string | null; createdAt: string };
  /** Booked, confirmed, moved, cancelled or missed: told to both people wherever they are. */
  'consultation.updated': InRoom & { status: string; scheduledAt: string };
}
