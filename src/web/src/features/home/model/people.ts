import type { ConsultationItem } from '../api/listMyConsultations';

/** Whom one meets there: the practitioner with the title, or the patient. */
export function otherParty({ patient, practitioner }: ConsultationItem, isPractitioner: boolean): string {
  return isPractitioner ? patient.name : [practitioner.title, practitioner.name].filter(Boolean).join(' ');
}
