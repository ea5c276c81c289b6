import type { Consultation, Conversation, GuestRole, Message, Participant } from '../../realtime/events';
import type { Room } from './model/room';
import { type RoomState, shown } from './model/roomState';
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
  { guests, participants }: Pick<RoomState, 'guests' | 'participants'>,
): { name: string | null; guest: GuestRole | null } {
  if (senderRole === 'patient') return { name: patient.name, guest: null };
  if (senderRole === 'doctor')
    return { name: senderId === doctor.id ? titled(doctor) : nameIn(participants, senderId), guest: null };
  const guest = guests.find(({ id }) => id === senderId);
  return { name: guest?.name ?? null, guest: guest?.role ?? 'RELATIVE' };
}

/** Who wrote a message of a conversation; null for somebody of whom it says nothing any more. */
export const participantName = ({ participants }: Conversation, senderId: string): string | null =>
  nameIn(participants, senderId);

function nameIn(participants: readonly Participant[], wanted: string): string | null {
  const person = participants.find(({ id }) => id === wanted);
  return person ? titled(person) : null;
}

/** Of whom a message of the product's own speaks, as the conversation knows them; null for nobody, and for whom it does not know. */
export function subjectName(conversation: Conversation | null, message: Message): string | null {
  const id = subjectOf(message);
  return conversation && id ? participantName(conversation, id) : null;
}

/** The same in a room, whatever is talked in there. */
export function subjectIn({ consultation, conversation, guests, participants }: RoomState, message: Message) {
  if (!consultation) return subjectName(conversation, message);
  const wanted = subjectOf(message);
  if (!wanted) return null;
  if (wanted === consultation.doctor.id) return titled(consultation.doctor);
  const known = [consultation.patient, ...guests].find(({ id }) => id === wanted);
  return known?.name ?? nameIn(participants, wanted);
}

/** Who speaks in a visit, or is spoken of there, and is neither of its two nor anybody that is known. */
export function strangersOf(state: RoomState): string[] {
  const { consultation, guests, participants } = state;
  if (!consultation) return [];
  const known = new Set([consultation.patient, consultation.doctor, ...guests, ...participants].map(({ id }) => id));
  const met = shown(state).log.messages.flatMap((message) => [
    message.senderRole === 'doctor' ? message.senderId : null,
    subjectOf(message),
  ]);
  return [...new Set(met)].filter((id) => id !== null && !known.has(id)) as string[];
}
