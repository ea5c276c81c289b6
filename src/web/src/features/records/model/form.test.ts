// @vitest-environment jsdom
import { expect, test } from 'vitest';
import type { Medication, Said } from '../api/records';
import { changesBetween } from './changes';
import { faultsOfExam, faultsOfPrescription } from './faults';
import {
  addMedication,
  addValue,
  emptyExam,
  emptyPrescription,
  keptExam,
  keptPrescription,
  prescriptionForm,
  saidInPrescription,
  tidyExam,
  tidyPrescription,
} from './form';

const amoxicillin: Medication = {
  medication: 'Amoxicillin',
  dosage: '500 mg',
  frequency: 'twice a day',
  duration: '7 days',
  notes: null,
};
const prescribing = (...medications: Medication[]): Said => ({
  prescription: { medications, notes: null },
  exam: null,
});

test('a line that nobody filled in is not sent, and one always stays to be filled in', () => {
  const form = prescriptionForm({ medications: [amoxicillin], notes: null });
  form.medications = addMedication(form.medications);
  expect(tidyPrescription(form).medications).toHaveLength(1);
  expect(tidyPrescription(emptyPrescription()).medications).toHaveLength(1);
  expect(tidyExam(emptyExam('2026-11-21')).values).toEqual([]);
});

test('a record that goes through the form comes out as it went in', () => {
  const prescription = { medications: [amoxicillin], notes: 'With food.' };
  expect(saidInPrescription(prescriptionForm(prescription))).toEqual({ prescription });
});

test('a line that is taken out leaves its key to nobody who is still there', () => {
  const three = addMedication(addMedication(addMedication([])));
  const two = three.filter(({ key }) => key !== 2);
  expect(new Set(addMedication(two).map(({ key }) => key)).size).toBe(3);
});

test('what is missing is named where the server would name it', () => {
  expect([...faultsOfPrescription(emptyPrescription()).keys()]).toEqual([
    'prescription.medications[0].medication',
    'prescription.medications[0].dosage',
    'prescription.medications[0].frequency',
  ]);
});

test('a result says something, and is of no day to come', () => {
  const form = { ...tidyExam(emptyExam('2026-11-22')), exam: 'Blood count' };
  expect([...faultsOfExam(form, '2026-11-21', false)]).toEqual([
    ['exam.date', { why: 'future' }],
    ['exam.conclusion', { why: 'sayNumber' }],
  ]);
  const value = { ...addValue([])[0], name: 'Ferritin', value: '12', unit: 'x'.repeat(101) };
  expect(faultsOfExam({ ...form, values: [value as never] }, '2026-11-22', false)).toEqual(
    new Map([['exam.values[0].unit', { why: 'long', most: 100 }]]),
  );
});

test('a draft that another version of these pages kept is not taken for one of ours', () => {
  expect(keptPrescription(JSON.stringify(emptyPrescription()))).toEqual(emptyPrescription());
  expect(keptExam(JSON.stringify(emptyExam('2026-11-21')))).toEqual(emptyExam('2026-11-21'));
  for (const text of ['', '{', 'null', '[]', '{"medications":1}']) {
    expect(keptPrescription(text)).toBeNull();
    expect(keptExam(text)).toBeNull();
  }
});

test('a dose that moved is named, with what it was', () => {
  const ibuprofen = { ...amoxicillin, medication: 'Ibuprofen' };
  const paracetamol = { ...amoxicillin, medication: 'Paracetamol' };
  expect(
    changesBetween(prescribing(amoxicillin, ibuprofen), prescribing(paracetamol, { ...amoxicillin, dosage: '1 g' })),
  ).toEqual([
    { what: 'removed', name: 'Ibuprofen' },
    { what: 'added', name: 'Paracetamol' },
    { what: 'from', name: 'Amoxicillin', field: 'dosage', before: '500 mg', after: '1 g' },
  ]);
});
