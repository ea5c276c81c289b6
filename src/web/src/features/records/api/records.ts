import { useQuery } from '@tanstack/react-query';
import { usePages } from '../../../api/pages';
import { queryKeys } from '../../../api/queryKeys';
import type { FileRef } from '../../../realtime/events';
import { session } from '../../../session';

interface Person {
  id: string;
  name: string;
  title?: string | null;
}

export interface Medication {
  medication: string;
  dosage: string | null;
  frequency: string | null;
  duration: string | null;
  notes: string | null;
}

export const valueFlags = ['normal', 'low', 'high', 'critical_low', 'critical_high', 'abnormal'] as const;
export type ValueFlag = (typeof valueFlags)[number];

export interface ExamValue {
  name: string;
  value: string;
  unit: string | null;
  referenceRange: string | null;
  flag: ValueFlag | null;
}

export interface Prescription {
  medications: Medication[] | null;
  notes: string | null;
}

export interface Exam {
  exam: string;
  /** A day: "2026-03-01". */
  date: string | null;
  values: ExamValue[] | null;
  conclusion: string | null;
  reportFileId: string | null;
}

/** What a record says: one of the two. */
export interface Said {
  prescription: Prescription | null;
  exam: Exam | null;
}

export interface RecordVersion extends Said {
  version: number;
  createdAt: string;
  report: FileRef | null;
}

export const recordKinds = ['prescription', 'exam'] as const;
export type RecordKind = (typeof recordKinds)[number];

/** A prescription or an exam's result; its conversation has its id. */
export interface ClinicalRecord extends Said {
  id: string;
  kind: RecordKind;
  patient: Person;
  practitioner: Person;
  /** The visit that it comes of, where it names one. */
  consultationId: string | null;
  createdAt: string;
  updatedAt: string;
  /** 1 when it was written; one more with every correction. */
  version: number;
  report: FileRef | null;
  /** Newest first; null in lists. */
  versions: RecordVersion[] | null;
}

/** A report comes with a version of its own, as a record begins without one: that alone corrects nothing. */
export const isCorrected = ({ version, exam }: Pick<ClinicalRecord, 'version' | 'exam'>) =>
  version > (exam?.reportFileId ? 2 : 1);

export interface RecordsFilter {
  kind: RecordKind | '';
  patientId: string;
}

export const recordsPath = '/api/records';
export const pathOf = (id: string) => `${recordsPath}/${encodeURIComponent(id)}`;

/** One's records page by page, the newest first. */
export const useRecords = (filter: RecordsFilter, limit = 20) =>
  usePages<ClinicalRecord>(queryKeys.recordList({ ...filter, limit }), recordsPath, {
    ...filter,
    limit: String(limit),
  });

export const useRecord = (id: string) =>
  useQuery({
    queryKey: queryKeys.record(id),
    queryFn: ({ signal }) => session.request<ClinicalRecord>(pathOf(id), { signal }),
  });
