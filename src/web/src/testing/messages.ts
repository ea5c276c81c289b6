import type { Message } from '../realtime/events';

/** A message of the patient `nadia` in the consultation `c1`, for tests. */
export function message(seq: number, differently: Partial<Message> = {}): Message {
  return {
    id: `m${seq}`,
    consultationId: 'c1',
    seq,
    change: 0,
    clientMsgId: null,
    senderId: 'nadia',
    senderRole: 'patient',
    kind: 'text',
    text: `message ${seq}`,
    file: null,
    createdAt: new Date(Date.UTC(2026, 10, 21, 9, 0, seq)).toISOString(),
    editedAt: null,
    deletedAt: null,
    deliveredAt: null,
    readAt: null,
    reactions: [],
    ...differently,
  };
}
