import {
  type Exam,
  type ExamValue,
  type Medication,
  type Prescription,
  type Said,
  type ValueFlag,
  valueFlags,
} from '../api/records';

/** A line of a form; `key` is its own as long as the form lives. */
export type MedicationLine = { key: number } & Record<keyof Medication, string>;
export type ValueLine = { key: number; flag: ValueFlag | '' } & Record<Exclude<keyof ExamValue, 'flag'>, string>;

export interface PrescriptionForm {
  medications: MedicationLine[];
  notes: string;
}

export interface ExamForm {
  exam: string;
  date: string;
  values: ValueLine[];
  conclusion: string;
}

/** The server's own limits: characters, and lines. */
export const most = { words: 200, unit: 100, notes: 4_000, medications: 50, values: 200 };

/** The next key that no line has. */
const keyAfter = (lines: readonly { key: number }[]) => Math.max(0, ...lines.map(({ key }) => key)) + 1;

export const addMedication = (lines: readonly MedicationLine[]): MedicationLine[] => [
  ...lines,
  { key: keyAfter(lines), medication: '', dosage: '', frequency: '', duration: '', notes: '' },
];

export const addValue = (lines: readonly ValueLine[]): ValueLine[] => [
  ...lines,
  { key: keyAfter(lines), name: '', value: '', unit: '', referenceRange: '', flag: '' },
];

export const emptyPrescription = (): PrescriptionForm => ({ medications: addMedication([]), notes: '' });

export const emptyExam = (today: string): ExamForm => ({ exam: '', date: today, values: addValue([]), conclusion: '' });

export const prescriptionForm = ({ medications, notes }: Prescription): PrescriptionForm => ({
  medications: (medications ?? []).map((line, i) => ({
    key: i + 1,
    medication: line.medication,
    dosage: line.dosage ?? '',
    frequency: line.frequency ?? '',
    duration: line.duration ?? '',
    notes: line.notes ?? '',
  })),
  notes: notes ?? '',
});

export const examForm = ({ exam, date, values, conclusion }: Exam): ExamForm => ({
  exam,
  date: date ?? '',
  values: (values ?? []).map((line, i) => ({
    key: i + 1,
    name: line.name,
    value: line.value,
    unit: line.unit ?? '',
    referenceRange: line.referenceRange ?? '',
    flag: line.flag ?? '',
  })),
  conclusion: conclusion ?? '',
});

const isBlank = ({ key: _, ...texts }: MedicationLine | ValueLine) =>
  Object.values(texts).every((text) => !text.trim());

/** Without the lines that nobody filled in, but for one where the form must have one. */
export const tidyPrescription = (form: PrescriptionForm): PrescriptionForm => {
  const filled = form.medications.filter((line) => !isBlank(line));
  return { ...form, medications: filled.length > 0 ? filled : form.medications.slice(0, 1) };
};

export const tidyExam = (form: ExamForm): ExamForm => ({
  ...form,
  values: form.values.filter((line) => !isBlank(line)),
});

const orNull = (text: string) => text.trim() || null;

/** What the form says, for the wire. Tidied before. */
export const saidInPrescription = ({ medications, notes }: PrescriptionForm): Pick<Said, 'prescription'> => ({
  prescription: {
    medications: medications.map(({ medication, dosage, frequency, duration, notes: about }) => ({
      medication: medication.trim(),
      dosage: dosage.trim(),
      frequency: frequency.trim(),
      duration: orNull(duration),
      notes: orNull(about),
    })),
    notes: orNull(notes),
  },
});

export const saidInExam = (
  { exam, date, values, conclusion }: ExamForm,
  reportFileId: string | null,
): Pick<Said, 'exam'> => ({
  exam: {
    exam: exam.trim(),
    date,
    values: values.map(({ name, value, unit, referenceRange, flag }) => ({
      name: name.trim(),
      value: value.trim(),
      unit: orNull(unit),
      referenceRange: orNull(referenceRange),
      flag: flag || null,
    })),
    conclusion: orNull(conclusion),
    reportFileId,
  },
});

/** What was kept of a form on this device, or null when it is none of ours any more. */
export function keptPrescription(text: string): PrescriptionForm | null {
  const kept = parsed(text);
  return Array.isArray(kept?.medications) && typeof kept.notes === 'string'
    ? (kept as unknown as PrescriptionForm)
    : null;
}

export function keptExam(text: string): ExamForm | null {
  const kept = parsed(text);
  const isOurs =
    Array.isArray(kept?.values) &&
    [kept.exam, kept.date, kept.conclusion].every((part) => typeof part === 'string') &&
    kept.values.every(({ flag }: ValueLine) => flag === '' || valueFlags.includes(flag));
  return isOurs ? (kept as unknown as ExamForm) : null;
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    return text ? (JSON.parse(text) as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}
