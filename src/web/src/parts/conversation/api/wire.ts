import type { Conversation, FileRef, Message } from '../../../realtime/events';

/** A message as `/api/conversations` writes it. */
export interface ChatMessage
  extends Pick<Message, 'id' | 'seq' | 'change' | 'clientMsgId' | 'senderId' | 'createdAt' | 'editedAt' | 'deletedAt'> {
  conversationId: string;
  senderRole: string;
  type: string;
  content: string | null;
  attachments: FileRef[];
  readAt: string | null;
  deliveredAt: string | null;
  replyTo: string | null;
  urgent: boolean;
  requiresResponse: boolean;
  intent: string | null;
  pinnedAt: string | null;
  acknowledgedAt: string | null;
  reactions: Message['reactions'];
}

export type ConversationAnswer = Omit<Conversation, 'lastMessage'> & { lastMessage: ChatMessage | null };

const roleOf = (role: string): Message['senderRole'] =>
  role === 'EMPLOYEE' ? 'patient' : role === 'GUEST' ? 'guest' : 'doctor';

/** The same message as the line tells it. */
export function messageOf({ conversationId, senderRole, type, content, attachments, ...rest }: ChatMessage): Message {
  return {
    ...rest,
    consultationId: conversationId,
    senderRole: roleOf(senderRole),
    kind: type === 'system' ? 'system' : attachments.length > 0 ? 'file' : 'text',
    text: content,
    file: attachments[0] ?? null,
    files: attachments,
  };
}

export const conversationOf = ({ lastMessage, ...rest }: ConversationAnswer): Conversation => ({
  ...rest,
  lastMessage: lastMessage && messageOf(lastMessage),
});
