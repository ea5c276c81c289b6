import type { Message } from '../../../realtime/events';
import type { RoomState } from './roomState';

const waits = ({ urgent, acknowledgedAt, deletedAt }: Message) => urgent && !acknowledgedAt && !deletedAt;

/** Those that wait to be seen to, after a message came or changed. */
export function stillUrgent(known: readonly Message[], message: Message): readonly Message[] {
  const others = known.filter(({ id }) => id !== message.id);
  if (!waits(message)) return others.length === known.length ? known : others;
  return [...others, message].sort((a, b) => a.seq - b.seq);
}

/** All urgent messages of others that nobody has seen to, loaded or not: the oldest first, as it waits longest. */
export function urgentOf({ urgent, log }: Pick<RoomState, 'urgent' | 'log'>, me: string): readonly Message[] {
  const loaded = log.messages.reduce(stillUrgent, urgent);
  return loaded.filter(({ senderId }) => senderId !== me);
}
