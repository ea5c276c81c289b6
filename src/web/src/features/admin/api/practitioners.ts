import { useQuery } from '@tanstack/react-query';
import { usePages } from '../../../api/pages';
import { queryKeys } from '../../../api/queryKeys';
import { session } from '../../../session';

export const reviewStates = ['PENDING', 'VALIDATED', 'REJECTED'] as const;
export type ReviewState = (typeof reviewStates)[number];

export interface Candidate {
  id: string;
  firstName: string;
  lastName: string;
  email: string;
  title: string | null;
  specialty: string | null;
  languages: string[];
  bio: string;
  experience: number | null;
  diplomas: string[];
  avatarUrl: string | null;
  status: ReviewState;
  rejectionReason: string | null;
  documentsVerified: boolean;
  isActive: boolean;
  createdAt: string;
}

export interface Paper {
  id: string;
  kind: 'DIPLOMA' | 'LICENCE' | 'IDENTITY' | 'INSURANCE';
  filename: string;
  sizeBytes: number;
  createdAt: string;
}

const path = '/api/practitioners';

export const useCandidates = (status: ReviewState) =>
  usePages<Candidate>(queryKeys.practitioners({ status }), status === 'PENDING' ? `${path}/pending` : path, {
    status: status === 'PENDING' ? '' : status,
  });

export const usePapers = (id: string) =>
  useQuery({
    queryKey: queryKeys.papers(id),
    queryFn: async ({ signal }) =>
      (await session.request<{ items: Paper[] }>(`${path}/${id}/documents`, { signal })).items,
  });

export const paperLink = async (id: string, paper: string) =>
  (await session.request<{ downloadUrl: string }>(`${path}/${id}/documents/${paper}/download`)).downloadUrl;

export const verifyPapers = (id: string, verified: boolean) =>
  session.request(`${path}/${id}/documents-verified`, { method: 'PUT', body: { verified } });

export const acceptCandidate = (id: string) =>
  session.request(`${path}/${id}/validate`, { method: 'POST', body: { decision: 'validate' } });

export const rejectCandidate = (id: string, reason: string) =>
  session.request(`${path}/${id}/validate`, { method: 'POST', body: { decision: 'reject', reason } });

export const setCandidateActive = (id: string, active: boolean) =>
  session.request(`${path}/${id}/${active ? 'activate' : 'deactivate'}`, { method: 'PUT' });
