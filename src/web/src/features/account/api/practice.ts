import { useQuery } from '@tanstack/react-query';
import { Problem } from '../../../api/problem';
import { queryKeys } from '../../../api/queryKeys';
import { session } from '../../../session';

export const documentKinds = ['DIPLOMA', 'LICENCE', 'IDENTITY', 'INSURANCE'] as const;
export type DocumentKind = (typeof documentKinds)[number];

export interface PracticeDocument {
  id: string;
  kind: DocumentKind;
  filename: string;
  sizeBytes: number;
  createdAt: string;
}

/** What patients read of a practitioner before they choose one. */
export interface PracticeText {
  title: string | null;
  specialty: string | null;
  bio: string;
  /** Years. */
  experience: number | null;
  languages: string[];
  offersVideo: boolean;
  offersPhone: boolean;
  offersInPerson: boolean;
  /** An IANA name. */
  timeZone: string;
}

export interface Practice extends PracticeText {
  status: 'PENDING' | 'VALIDATED' | 'REJECTED';
  rejectionReason: string | null;
  documentsVerified: boolean;
  documents?: PracticeDocument[];
}

const path = '/api/practitioners/me';

export const usePractice = () =>
  useQuery({ queryKey: queryKeys.practice, queryFn: ({ signal }) => session.request<Practice>(path, { signal }) });

export const changePractice = (text: PracticeText) => session.request<Practice>(path, { method: 'PUT', body: text });

/** What the browser may pick; the server looks at the content. */
export const documentTypes = ['application/pdf', 'image/jpeg', 'image/png'];

/** Announce, put the bytes, confirm. */
export async function addDocument(kind: DocumentKind, file: File): Promise<void> {
  const { documentId, uploadUrl } = await session.request<{ documentId: string; uploadUrl: string }>(
    `${path}/documents/prepare`,
    { method: 'POST', body: { kind, filename: file.name, mimeType: file.type, sizeBytes: file.size } },
  );
  const answer = await fetch(uploadUrl, { method: 'PUT', body: file, headers: { 'Content-Type': file.type } }).catch(
    () => {
      throw Problem.unreachable();
    },
  );
  if (!answer.ok) throw await Problem.fromResponse(answer);
  await session.request(`${path}/documents/confirm`, { method: 'POST', body: { documentId } });
}

export const removeDocument = (id: string) => session.request<void>(`${path}/documents/${id}`, { method: 'DELETE' });
