import type { ExamValue, Medication, Said } from '../api/records';

/** Fields that have words of their own. */
type ChangedField =
  | 'dosage'
  | 'frequency'
  | 'duration'
  | 'notes'
  | 'value'
  | 'unit'
  | 'rangeLabel'
  | 'flagLabel'
  | 'notesAll'
  | 'examName'
  | 'examDate'
  | 'conclusion';

/** One thing that a correction made otherwise. */
export type Change =
  | { what: 'added' | 'removed'; name: string }
  | { what: 'from'; name: string | null; field: ChangedField; before: string | null; after: string | null }
  | { what: 'report' | 'reportFirst' };

type Fields<T> = readonly (readonly [keyof T, ChangedField])[];

const ofMedication: Fields<Medication> = [
  ['dosage', 'dosage'],
  ['frequency', 'frequency'],
  ['duration', 'duration'],
  ['notes', 'notes'],
];
const ofValue: Fields<ExamValue> = [
  ['value', 'value'],
  ['unit', 'unit'],
  ['referenceRange', 'rangeLabel'],
  ['flag', 'flagLabel'],
];

/** What the newer of two versions says otherwise, so that nobody has to find a dose that moved by comparing two pages. */
export function changesBetween(before: Said, after: Said): Change[] {
  if (before.prescription && after.prescription)
    return [
      ...lines(
        before.prescription.medications,
        after.prescription.medications,
        ({ medication }) => medication,
        ofMedication,
      ),
      ...texts([[before.prescription.notes, after.prescription.notes, 'notesAll']]),
    ];
  if (before.exam && after.exam)
    return [
      ...texts([
        [before.exam.exam, after.exam.exam, 'examName'],
        [before.exam.date, after.exam.date, 'examDate'],
      ]),
      ...lines(before.exam.values, after.exam.values, ({ name }) => name, ofValue),
      ...texts([[before.exam.conclusion, after.exam.conclusion, 'conclusion']]),
      ...reports(before.exam.reportFileId, after.exam.reportFileId),
    ];
  return [];
}

const reports = (before: string | null, after: string | null): Change[] =>
  before === after ? [] : [{ what: before === null ? 'reportFirst' : 'report' }];

function texts(pairs: readonly (readonly [string | null, string | null, ChangedField])[]): Change[] {
  return pairs
    .filter(([before, after]) => before !== after)
    .map(([before, after, field]) => ({ what: 'from', name: null, field, before, after }));
}

/** Lines are the same by their name; of two with one name the first belongs to the first. */
function lines<T extends object>(
  before: readonly T[] | null,
  after: readonly T[] | null,
  nameOf: (line: T) => string,
  fields: Fields<T>,
): Change[] {
  const left = [...(before ?? [])];
  const found: Change[] = [];
  for (const line of after ?? []) {
    const name = nameOf(line);
    const at = left.findIndex((old) => nameOf(old) === name);
    const old = left[at];
    if (at < 0 || !old) {
      found.push({ what: 'added', name });
      continue;
    }
    left.splice(at, 1);
    for (const [member, field] of fields)
      if (old[member] !== line[member])
        found.push({
          what: 'from',
          name,
          field,
          before: old[member] as string | null,
          after: line[member] as string | null,
        });
  }
  return [...left.map((line): Change => ({ what: 'removed', name: nameOf(line) })), ...found];
}
