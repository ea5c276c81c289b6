import { session } from '../../../session';
import { type ClinicalRecord, pathOf, recordsPath, type Said } from './records';

export interface Draft extends Partial<Said> {
  patientId: string;
  consultationId?: string;
}

/** Milliseconds that a report of 10 MB may take on a weak line. */
const reportPatience = 300_000;

/** Sent twice under one key it is written once. */
export const writeRecord = (draft: Draft, once: string) =>
  session.request<ClinicalRecord>(recordsPath, { method: 'POST', body: draft, once });

/** `version` is the one that was read; another one meanwhile is refused. */
export const correctRecord = (id: string, version: number, said: Partial<Said>) =>
  session.request<ClinicalRecord>(`${pathOf(id)}/versions`, { method: 'POST', body: { version, ...said } });

export function attachReport(id: string, file: File, type: string) {
  const form = new FormData();
  // Devices name some types differently from the server; the name stays.
  form.append('file', new File([file], file.name, { type }));
  return session.request<ClinicalRecord>(`${pathOf(id)}/report`, {
    method: 'POST',
    body: form,
    patience: reportPatience,
  });
}
