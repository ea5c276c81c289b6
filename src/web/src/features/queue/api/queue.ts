import { useQuery } from '@tanstack/react-query';
import { queryKeys } from '../../../api/queryKeys';
import { session } from '../../../session';

/** Someone in the waiting room. */
export interface Waiting {
  consultationId: string;
  position: number;
  patient: { id: string; name: string };
  /** Who holds the place by the patient's link, under the name that they said; null where the patient does. */
  guest: { id: string; name: string } | null;
  practitionerId: string;
  joinedAt: string;
  scheduledAt: string;
  format: 'VIDEO' | 'AUDIO' | 'IN_PERSON';
  expectedAt: string | null;
  /** The connection dropped; the place is kept for two minutes. */
  away: boolean;
  /** Waits for a colleague who shares the queue. */
  shared: boolean;
}

/** Somebody of the same specialty who shares the queue too. */
interface Colleague {
  id: string;
  name: string;
  specialty: string | null;
}

export interface Queue {
  items: Waiting[];
  delayMinutes: number;
  sharesQueue: boolean;
  /** To whom somebody can be handed over. */
  colleagues: Colleague[];
}

const path = '/api/queue';
/** Milliseconds: the socket tells at once; this is for the day it does not. */
const refreshEvery = 10_000;

export const useQueue = () =>
  useQuery({
    queryKey: queryKeys.queue,
    queryFn: ({ signal }) => session.request<Queue>(path, { signal }),
    refetchInterval: refreshEvery,
    // Also behind another tab: this is what rings.
    refetchIntervalInBackground: true,
  });

export const admit = (consultation: string) =>
  session.request(`${path}/${consultation}/admit`, { method: 'POST', body: {} });

export const take = (consultation: string) =>
  session.request(`${path}/${consultation}/take`, { method: 'POST', body: {} });

export const handOver = (consultation: string, practitionerId: string) =>
  session.request(`${path}/${consultation}/hand-over`, { method: 'POST', body: { practitionerId } });

export const tellDelay = (minutes: number) => session.request(`${path}/delay`, { method: 'PUT', body: { minutes } });

export const shareQueue = (sharesQueue: boolean) =>
  session.request(`${path}/settings`, { method: 'PUT', body: { sharesQueue } });
