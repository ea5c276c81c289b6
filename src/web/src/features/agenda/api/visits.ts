import { type keepPreviousData, useQuery } from '@tanstack/react-query';
import { queryKeys } from '../../../api/queryKeys';
import type { Page } from '../../../realtime/events';
import { session } from '../../../session';

type VisitStatus = 'SCHEDULED' | 'CONFIRMED' | 'IN_PROGRESS' | 'COMPLETED' | 'CANCELLED' | 'NO_SHOW';
type ActorRole = 'PATIENT' | 'PRACTITIONER' | 'EMPLOYEE' | 'SYSTEM' | (string & {});

export interface Visit {
  id: string;
  status: VisitStatus;
  format: 'VIDEO' | 'AUDIO' | 'IN_PERSON';
  scheduledAt: string;
  /** Minutes, as planned. */
  duration: number;
  startedAt: string | null;
  endedAt: string | null;
  practitioner: { id: string; name: string; title: string | null; specialty: string | null };
  patient: { id: string; name: string };
  unreadCount: number;
  /** The patient is in the waiting room. */
  waiting: boolean;
  confirmedAt: string | null;
  cancelledAt: string | null;
  cancelledBy: ActorRole | null;
  cancelReason: string | null;
  /** In the patient's words. */
  reason: string | null;
  /** Minutes from the start to the end; null until then. */
  actualDuration: number | null;
  createdAt: string;
}

export interface VisitEvent {
  id: string;
  type: string;
  actorId: string | null;
  actorRole: ActorRole | null;
  at: string;
  /** A code, never words of care. */
  detail: string | null;
}

export interface Slot {
  startsAt: string;
  endsAt: string;
  /** Minutes. */
  duration: number;
  available: boolean;
}

interface Span {
  /** Instants, UTC. */
  from: string;
  to: string;
}

const path = '/api/consultations';
/** Milliseconds: what another screen has changed is seen here within this time, also without a word over the socket. */
const refreshEvery = 30_000;

/** All visits of a time, however many pages they are. */
export const useVisits = (span: Span, placeholderData?: typeof keepPreviousData) =>
  useQuery({
    queryKey: queryKeys.visits(span),
    queryFn: async ({ signal }) => {
      const visits: Visit[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const asked: [string, string][] = Object.entries({ ...span, limit: '100', ...(cursor && { cursor }) });
        const page: Page<Visit> = await session.request(`${path}/mine?${new URLSearchParams(asked)}`, { signal });
        visits.push(...page.items);
        cursor = page.pageInfo.nextCursor;
      }
      return visits;
    },
    refetchInterval: refreshEvery,
    ...(placeholderData && { placeholderData }),
  });

/** One's own times that somebody could book, and those that are taken. */
export const useSlots = (span: Span, placeholderData?: typeof keepPreviousData) =>
  useQuery({
    queryKey: queryKeys.slots(span),
    queryFn: async ({ signal }) =>
      (
        await session.request<{ items: Slot[] }>(`/api/availability/slots?${new URLSearchParams({ ...span })}`, {
          signal,
        })
      ).items,
    ...(placeholderData && { placeholderData }),
  });

export const useVisit = (id: string) =>
  useQuery({
    queryKey: queryKeys.visit(id),
    queryFn: ({ signal }) => session.request<Visit>(`${path}/${id}`, { signal }),
    refetchInterval: refreshEvery,
  });

export const useVisitEvents = (id: string) =>
  useQuery({
    queryKey: queryKeys.visitEvents(id),
    queryFn: async ({ signal }) =>
      (await session.request<{ items: VisitEvent[] }>(`${path}/${id}/events`, { signal })).items,
  });

export const confirmVisit = (id: string) => session.request(`${path}/${id}/confirm`, { method: 'PUT', body: {} });

export const cancelVisit = (id: string, reason: string) =>
  session.request(`${path}/${id}/cancel`, { method: 'PUT', body: reason ? { reason } : {} });

export const moveVisit = (id: string, { startsAt, duration }: Slot) =>
  session.request(`${path}/${id}/reschedule`, { method: 'PUT', body: { scheduledAt: startsAt, duration } });

export const endVisit = (id: string) => session.request(`${path}/${id}/end`, { method: 'PUT', body: {} });

export const missVisit = (id: string) => session.request(`${path}/${id}/no-show`, { method: 'POST', body: {} });

/** Another visit for someone who has been here. */
export const bookFollowUp = ({ practitioner, patient, format }: Visit, { startsAt, duration }: Slot) =>
  session.request<Visit>(path, {
    method: 'POST',
    body: { practitionerId: practitioner.id, patientId: patient.id, scheduledAt: startsAt, duration, format },
  });
