import { type keepPreviousData, useQuery } from '@tanstack/react-query';
import { queryKeys } from '../../../api/queryKeys';
import type { Slot } from '../../../parts/slots/useSlots';
import type { Visit as PatientVisit } from '../../../parts/visit';
import type { Page } from '../../../realtime/events';
import { session } from '../../../session';

/** A consultation as its practitioner sees it. */
export interface Visit extends PatientVisit {
  patient: { id: string; name: string };
}

export interface VisitEvent {
  id: string;
  type: string;
  actorId: string | null;
  actorRole: string | null;
  at: string;
  /** A code, never words of care. */
  detail: string | null;
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
    queryKey: queryKeys.careBetween(span),
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
    queryKey: queryKeys.ownSlots(span),
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
    queryKey: queryKeys.careVisit(id),
    queryFn: ({ signal }) => session.request<Visit>(`${path}/${id}`, { signal }),
    refetchInterval: refreshEvery,
  });

export const useVisitEvents = (id: string) =>
  useQuery({
    queryKey: queryKeys.careEvents(id),
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
