import type { ConsultationItem } from '../api/listMyConsultations';

/** Whom one meets there: the practitioner with the title, or the patient. */
export function otherParty({ patient, practitioner }: ConsultationItem, isPractitioner: boolean): string {
  return isPractitioner ? patient.name : [practitioner.title, practitioner.name].filter(Boolean).join(' ');
}

/** Where a visit is opened: for who has it ahead or behind, its page; for who is in it, or gives it, the room. */
export const placeOfVisit = ({ id, status, waiting }: ConsultationItem, isPractitioner: boolean) => {
  if (status === 'IN_PROGRESS' || (isPractitioner && waiting)) return `/consultations/${id}`;
  return isPractitioner ? `/professional/consultations/${id}` : `/patient/visits/${id}`;
};
