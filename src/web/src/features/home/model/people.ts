import { standingOf } from '../../../parts/visit';
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

/** Where one gets ready for the next one: as long as its waiting room is closed, by a test of camera and connection. */
export const placeToPrepare = (item: ConsultationItem, isPractitioner: boolean) => {
  const standing = standingOf(item, Date.now());
  const tests = !isPractitioner && item.format !== 'IN_PERSON' && (standing === 'asked' || standing === 'ahead');
  return tests ? `${placeOfVisit(item, false)}/test` : placeOfVisit(item, isPractitioner);
};
