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
  /** Of `system`, the text is one of the product's own words: it is said in the reader's language. */
  kind: 'text' | 'file' | 'system';
  text: string | null;
  /** The first of its files. */
  file: FileRef | null;
  /** All of them, where there is more than one. */
  files?: FileRef[];
  /** The id of the message that it answers. */
  replyTo?: string | null;
  urgent?: boolean;
  requiresResponse?: boolean;
  /** What it is about, in conversations about a prescription or an exam. */
  intent?: string | null;
  pinnedAt?: string | null;
  /** When a practitioner said that the urgent message has been seen to. */
  acknowledgedAt?: string | null;
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

type ConversationKind = 'consultation' | 'direct' | 'prescription' | 'exam';

export interface Participant {
  id: string;
  name: string;
  title: string | null;
  role: 'EMPLOYEE' | 'PRACTITIONER' | 'GUEST';
  joinedAt: string;
  leftAt: string | null;
}

/** A conversation of any kind. Of a visit's, the id is the visit's. */
export interface Conversation {
  id: string;
  kind: ConversationKind;
  status: 'active' | 'archived' | 'closed';
  seq: number;
  change: number;
  readSeq: number;
  unreadCount: number;
  createdAt: string;
  lastMessageAt: string | null;
  participants: Participant[];
  lastMessage: Message | null;
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
  /** Of that list: of two the one with the higher is the newer. It starts anew with the server. */
  onlineRevision: number;
  queueItem: QueueItem | null;
  /** The call that is going on, if any. */
  call?: Call | null;
  replayed: number;
  more: boolean;
}

/** What `conversation.join` answers: one listens, without entering a visit. */
export interface Listening {
  seq: number;
  change: number;
  readSeq: number;
  onlineUserIds: string[];
  /** Of that list: of two the one with the higher is the newer. It starts anew with the server. */
  onlineRevision: number;
  replayed: number;
  more: boolean;
}

/** How much of the picture a person's network carries, as they tell the others. */
export type CallQuality = 'good' | 'reduced' | 'paused' | 'audio' | 'text';

/** One device in a call. */
export interface CallMember {
  peerId: string;
  userId: string;
  name: string;
  role: 'patient' | 'practitioner' | 'guest';
  /** 0, 1, 2 ... as they came. */
  order: number;
  /** Its line is up; the picture may well outlive it. */
  present: boolean;
  microphone: boolean;
  camera: boolean;
  screen: boolean;
  quality: CallQuality;
}

/** The one call of a visit. */
export interface Call {
  id: string;
  consultationId: string;
  media: 'audio' | 'video';
  provider: string;
  state: 'ringing' | 'accepted' | 'connecting' | 'connected' | 'ended' | 'rejected' | 'missed' | 'failed';
  callerId: string;
  callerName: string;
  startedAt: string;
  acceptedAt: string | null;
  connectedAt: string | null;
  endedAt: string | null;
  endReason: string | null;
  /** Rises with every move; of two tellings the one with the higher is the newer. */
  revision: number;
  members: CallMember[];
}

/** What one device tells another so that they meet: exactly one of the two. */
export interface CallSignal {
  description?: { type: RTCSdpType; sdp: string };
  candidate?: RTCIceCandidateInit;
}

/** The id is that of the conversation, a visit's or another's. */
interface InRoom {
  consultationId: string;
}

interface Sent extends InRoom {
  clientMsgId: string;
  text?: string;
  replyTo?: string;
  urgent?: boolean;
  requiresResponse?: boolean;
  intent?: string;
  fileIds?: readonly string[];
}

interface OfMessage extends InRoom {
  messageId: string;
}

interface OfCall extends InRoom {
  callId: string;
}

interface InCall {
  call: Call;
  peerId: string;
}

/** What the client may say, with what the server answers. */
export interface Verbs {
  'consultation.join': { input: InRoom & { afterSeq?: number; afterChange?: number }; answer: Joined };
  'consultation.leave': { input: InRoom; answer: object };
  'presence.ping': { input: InRoom; answer: { seq: number; change: number } };
  'conversation.join': {
    input: { conversationId: string; afterSeq?: number; afterChange?: number };
    answer: Listening;
  };
  /** From then on the socket is told of all of one's conversations. */
  'inbox.join': { input: object; answer: object };
  'chat.send': { input: Sent; answer: { message: Message } };
  'chat.delivered': { input: OfMessage; answer: object };
  'chat.read': { input: OfMessage; answer: object };
  'chat.edit': { input: OfMessage & { text: string }; answer: { message: Message } };
  'chat.delete': { input: OfMessage; answer: { message: Message } };
  'chat.react': { input: OfMessage & { emoji: string; on: boolean }; answer: { message: Message } };
  'chat.pin': { input: OfMessage & { on: boolean }; answer: { message: Message } };
  'chat.acknowledge': { input: OfMessage; answer: { message: Message } };
  'chat.typing': { input: InRoom & { typing: boolean }; answer: object };
  'call.start': { input: InRoom & { media: Call['media']; device: string }; answer: InCall };
  'call.accept': { input: OfCall & { device: string }; answer: InCall };
  'call.join': { input: OfCall & { device: string }; answer: InCall };
  'call.reject': { input: OfCall & { reason: 'declined' | 'busy' }; answer: object };
  'call.leave': { input: OfCall; answer: object };
  'call.end': { input: OfCall; answer: object };
  'call.signal': { input: OfCall & CallSignal & { to: string }; answer: object };
  'call.state': {
    input: OfCall & {
      connected?: true;
      microphone?: boolean;
      camera?: boolean;
      screen?: boolean;
      quality?: CallQuality;
    };
    answer: object;
  };
  'call.incident': { input: OfCall & { code: string }; answer: object };
  'session.renew': { input: { token: string }; answer: { expiresAt: string } };
}

/** What the server says by itself. */
export interface Events {
  'chat.message_created': { message: Message };
  'chat.message_updated': { message: Message };
  'chat.message_delivered': InRoom & { messageId: string; seq: number; userId: string; deliveredAt: string };
  'chat.message_read': InRoom & { messageId: string; seq: number; userId: string; readAt: string };
  'chat.typing': InRoom & { userId: string; typing: boolean };
  /** Somebody wrote in one of one's conversations; what, is asked for. */
  'inbox.message': { conversationId: string; seq: number; senderId: string; urgent: boolean; createdAt: string };
  /** One has read, perhaps on another device. */
  'inbox.read': { conversationId: string; seq: number };
  /** It was put away, taken out, closed, or others are in it. */
  'conversation.updated': { conversationId: string; status?: string };
  /** A prescription or a result was written; what it says is asked for. */
  'record.created': { recordId: string; kind: string; version: number };
  /** One was corrected. */
  'record.updated': { recordId: string; kind: string; version: number };
  'presence.state': InRoom & { onlineUserIds: string[]; onlineRevision: number };
  'queue.updated': InRoom & { queueItem: QueueItem | null };
  'guests.updated': InRoom;
  'consultation.started': InRoom & { startedAt: string };
  'consultation.closed': InRoom & { closedAt: string };
  /** It rings for this person, on all devices; `silent` for who does not want to be disturbed. */
  'call.ringing': { call: Call; silent: boolean };
  'call.updated': { call: Call };
  'call.signal': OfCall & CallSignal & { from: string };
  /** Another practitioner sees the patient. */
  'consultation.handed_over': InRoom & { doctor: Consultation['doctor'] };
  /** A time that became free is kept for this patient, who waited for one. */
  'waiting_list.offered': { entryId: string; practitionerId: string };
  /** There is something new to read; its words come over HTTP. */
  'notification.created': { id: string; consultationId: string | null; createdAt: string };
  /** Booked, confirmed, moved, cancelled or missed: told to both people wherever they are. */
  'consultation.updated': InRoom & { status: string; scheduledAt: string };
}
