import { faultsOfExam, faultsOfPrescription } from '../model/faults';
import { type ExamForm, keptExam, keptPrescription, tidyExam, tidyPrescription } from '../model/form';

/** How each kind of form is read from what was kept, tidied, and looked through. */
export const asPrescription = { read: keptPrescription, tidy: tidyPrescription, faultsOf: faultsOfPrescription };
export const asExam = (today: string, hasReport: boolean) => ({
  read: keptExam,
  tidy: tidyExam,
  faultsOf: (form: ExamForm) => faultsOfExam(form, today, hasReport),
});
