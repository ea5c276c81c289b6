import { useQuery } from '@tanstack/react-query';
import { queryKeys } from '../../../api/queryKeys';
import { addressOf } from '../../../parts/visit';
import type { Page } from '../../../realtime/events';
import { session } from '../../../session';

/** Someone in the waiting room. */
export interface Waiting {
  consultationId: string;
  position: number;
  patient: { id: string; name: string };
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

/** Somebody of the same specialty. */
interface Colleague {
  id: string;
  name: string;
}

interface Card {
  id: string;
  title: string | null;
  firstName: string;
  lastName: string;
}

export interface Queue {
  items: Waiting[];
  delayMinutes: number;
  sharesQueue: boolean;
}

const path = '/api/queue';
const directory = '/api/practitioners';
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

/** Those of one's own specialty. Whether they share the queue is known to the server alone, which has the last word. */
export const useColleagues = () =>
  useQuery({
    queryKey: queryKeys.colleagues,
    queryFn: async ({ signal }): Promise<Colleague[]> => {
      const me = await session.request<{ id: string; specialty: string | null }>(`${directory}/me`, { signal });
      const asked = new URLSearchParams({ ...(me.specialty && { specialty: me.specialty }), limit: '100' });
      const found = await session.request<Page<Card>>(`${directory}/search?${asked}`, { signal });
      return found.items
        .filter(({ id }) => id !== me.id)
        .map(({ id, title, firstName, lastName }) => ({
          id,
          name: addressOf({ title, name: `${firstName} ${lastName}` }),
        }));
    },
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
