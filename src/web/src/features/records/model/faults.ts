import { type ExamForm, most, type PrescriptionForm } from './form';

/** What is wrong with one field. */
export type Fault = { why: 'missing' | 'future' | 'old' | 'sayNumber' } | { why: 'long'; most: number };
/** By the place that the server names too: `prescription.medications[0].dosage`. In the order of the form. */
export type Faults = ReadonlyMap<string, Fault>;

const required = (text: string): Fault | null => (text.trim() ? optional(text, most.words) : { why: 'missing' });
const optional = (text: string, limit: number): Fault | null =>
  text.trim().length > limit ? { why: 'long', most: limit } : null;

const mapOf = (looked: readonly (readonly [string, Fault | null])[]): Faults =>
  new Map(looked.filter((one): one is readonly [string, Fault] => one[1] !== null));

export function faultsOfPrescription({ medications, notes }: PrescriptionForm): Faults {
  return mapOf([
    ...medications.flatMap((line, i) => {
      const at = `prescription.medications[${i}]`;
      return [
        [`${at}.medication`, required(line.medication)],
        [`${at}.dosage`, required(line.dosage)],
        [`${at}.frequency`, required(line.frequency)],
        [`${at}.duration`, optional(line.duration, most.words)],
        [`${at}.notes`, optional(line.notes, most.notes)],
      ] as const;
    }),
    ['prescription.notes', optional(notes, most.notes)],
  ]);
}

/** `today` as the calendar of the writer has it: "2026-11-21". */
export function faultsOfExam({ exam, date, values, conclusion }: ExamForm, today: string, hasReport: boolean): Faults {
  const says = values.length > 0 || conclusion.trim().length > 0 || hasReport;
  return mapOf([
    ['exam.exam', required(exam)],
    ['exam.date', faultOfDay(date, today)],
    ...values.flatMap((line, i) => {
      const at = `exam.values[${i}]`;
      return [
        [`${at}.name`, required(line.name)],
        [`${at}.value`, required(line.value)],
        [`${at}.unit`, optional(line.unit, most.unit)],
        [`${at}.referenceRange`, optional(line.referenceRange, most.unit)],
      ] as const;
    }),
    ['exam.conclusion', says ? optional(conclusion, most.notes) : { why: 'sayNumber' }],
  ]);
}

function faultOfDay(date: string, today: string): Fault | null {
  if (!date) return { why: 'missing' };
  if (date > today) return { why: 'future' };
  return date < '1900-01-01' ? { why: 'old' } : null;
}
