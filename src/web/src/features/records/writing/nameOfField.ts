import type { TFunction } from 'i18next';

const names = {
  medication: 'record.medicine',
  dosage: 'record.dosage',
  frequency: 'record.frequency',
  duration: 'record.duration',
  notes: 'record.notes',
  exam: 'record.examName',
  date: 'record.examDate',
  conclusion: 'record.conclusion',
  name: 'record.valueName',
  value: 'record.value',
  unit: 'record.unit',
  referenceRange: 'record.rangeLabel',
} as const;

/** "Medicine 2, Dose": a field as its reader knows it, by its place in what is sent. */
export function nameOfField(t: TFunction, at: string): string {
  const [, list, index, member] = /(?:\.(medications|values)\[(\d+)\])?\.(\w+)$/.exec(at) ?? [];
  const name = names[member as keyof typeof names];
  if (!name) return at;
  if (!list) return t(at === 'prescription.notes' ? 'record.notesAll' : name);
  const line = t(list === 'medications' ? 'record.medicineAt' : 'record.valueAt', { count: Number(index) + 1 });
  return `${line}, ${t(name)}`;
}
