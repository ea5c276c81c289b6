import type { Consultation, Conversation, Guest, GuestRole, Message } from '../../realtime/events';
import type { Room } from './model/room';
import type { RoomState } from './model/roomState';
import { subjectOf } from './model/words';

/** Somebody with a title, as one addresses them. */
const titled = ({ title, name }: { title: string | null; name: string }) => [title, name].filter(Boolean).join(' ');

/** The other person of a consultation, as one addresses them; for a guest, both. */
export function otherPerson({ patient, doctor }: Consultation, me: string): { id: string; name: string } {
  if (doctor.id === me) return patient;
  const name = titled(doctor);
  return { id: doctor.id, name: patient.id === me ? name : `${name}, ${patient.name}` };
}

/** Whether a call of the visit rings for this person: for its two, also for a patient who came by their link. Other guests come into one that goes on. */
export const isRung = ({ me }: Room, { guests }: RoomState): boolean =>
  me.role !== 'GUEST' || guests.some(({ id, role }) => id === me.id && role === 'PATIENT');

/** Whom one talks to in a conversation, as one addresses them; `id` and `plain`, the name alone, are those of the first. */
export function otherPeople({ participants }: Conversation, me: string): { id: string; name: string; plain: string } {
  const others = participants.filter(({ id }) => id !== me);
  const here = others.filter(({ leftAt }) => leftAt === null);
  const people = here.length > 0 ? here : others;
  return { id: people[0]?.id ?? '', name: people.map(titled).join(', '), plain: people[0]?.name ?? '' };
}

/** Who wrote a message, by what they are in the visit: a guest is never taken for one of the two. */
export function senderOf(
  { senderId, senderRole }: Pick<Message, 'senderId' | 'senderRole'>,
  { patient, doctor }: Consultation,
  guests: readonly Guest[],
): { name: string | null; guest: GuestRole | null } {
  if (senderRole === 'patient') return { name: patient.name, guest: null };
  if (senderRole === 'doctor') return { name: senderId === doctor.id ? titled(doctor) : null, guest: null };
  const guest = guests.find(({ id }) => id === senderId);
  return { name: guest?.name ?? null, guest: guest?.role ?? 'RELATIVE' };
}

/** Who wrote a message of a conversation; null for somebody of whom it says nothing any more. */
export function participantName({ participants }: Conversation, senderId: string): string | null {
  const person = participants.find(({ id }) => id === senderId);
  return person ? titled(person) : null;
}

/** Of whom a message of the product's own speaks, as the conversation knows them; null for nobody, and for whom it does not know. */
export function subjectName(conversation: Conversation | null, message: Message): string | null {
  const id = subjectOf(message);
  return conversation && id ? participantName(conversation, id) : null;
}
