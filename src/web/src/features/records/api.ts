import { useQuery } from '@tanstack/react-query';
import { usePages } from '../../api/pages';
import { queryKeys } from '../../api/queryKeys';
import { session } from '../../session';

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

export interface ExamValue {
  name: string;
  value: string;
  unit: string | null;
  referenceRange: string | null;
  flag: string | null;
}

/** A prescription or an exam's result; its conversation has its id. */
export interface ClinicalRecord {
  id: string;
  kind: string;
  patient: Person;
  practitioner: Person;
  createdAt: string;
  updatedAt: string;
  /** 1 when it was written; one more with every correction. */
  version: number;
  prescription: { medications: Medication[] | null; notes: string | null } | null;
  exam: { exam: string; date: string | null; values: ExamValue[] | null; conclusion: string | null } | null;
}

const path = '/api/records';

export const useRecords = () => usePages<ClinicalRecord>(queryKeys.records, path, { limit: '20' });

export const useRecord = (id: string) =>
  useQuery({
    queryKey: queryKeys.record(id),
    queryFn: ({ signal }) => session.request<ClinicalRecord>(`${path}/${encodeURIComponent(id)}`, { signal }),
  });
