import type { Consultation, Guest, GuestRole, Message } from '../../realtime/events';

/** The practitioner, as one addresses them. */
const titled = ({ id, title, name }: Consultation['doctor']) => ({ id, name: [title, name].filter(Boolean).join(' ') });

/** The other person of a consultation, as one addresses them; for a guest, both. */
export function otherPerson({ patient, doctor }: Consultation, me: string): { id: string; name: string } {
  const practitioner = titled(doctor);
  if (doctor.id === me) return patient;
  return patient.id === me ? practitioner : { id: doctor.id, name: `${practitioner.name}, ${patient.name}` };
}

/** Who wrote a message, by what they are in the visit: a guest is never taken for one of the two. */
export function senderOf(
  { senderId, senderRole }: Pick<Message, 'senderId' | 'senderRole'>,
  { patient, doctor }: Consultation,
  guests: readonly Guest[],
): { name: string | null; guest: GuestRole | null } {
  if (senderRole === 'patient') return { name: patient.name, guest: null };
  if (senderRole === 'doctor') return { name: senderId === doctor.id ? titled(doctor).name : null, guest: null };
  const guest = guests.find(({ id }) => id === senderId);
  return { name: guest?.name ?? null, guest: guest?.role ?? 'RELATIVE' };
}
