import type { Consultation } from '../../realtime/events';

/** The other person of a consultation, as one addresses them. */
export function otherPerson({ patient, doctor }: Consultation, me: string): { id: string; name: string } {
  if (patient.id !== me) return patient;
  return { id: doctor.id, name: [doctor.title, doctor.name].filter(Boolean).join(' ') };
}
