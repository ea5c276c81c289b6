import { useQuery } from '@tanstack/react-query';
import { queryKeys } from '../../api/queryKeys';
import { session } from '../../session';
import { addDays, type Day, startOfDay } from '../time';

/** A time at which a practitioner can be seen. */
export interface Slot {
  startsAt: string;
  endsAt: string;
  /** Minutes. */
  duration: number;
  available: boolean;
}

export interface SlotList {
  /** Where the practitioner's clock is. */
  practitionerTimeZone: string;
  items: Slot[];
}

interface Wanted {
  practitionerId: string;
  /** The first day and how many, on the calendar of `zone`. */
  from: Day;
  days: number;
  zone: string;
}

/** Milliseconds: somebody else's booking is seen within this time; the booking itself asks the server anyway. */
const refreshEvery = 30_000;

/** The free times of a practitioner on some days; `kept` fresh while they are looked at. */
export function useSlots({ practitionerId, from, days, zone }: Wanted, { enabled = true, kept = true } = {}) {
  return useQuery({
    queryKey: queryKeys.slots(practitionerId, from, days, zone),
    enabled,
    refetchInterval: kept && refreshEvery,
    queryFn: async ({ signal }) => {
      const span = { from: startOfDay(from, zone), to: startOfDay(addDays(from, days), zone), timeZone: zone };
      const list = await session.request<SlotList>(
        `/api/practitioners/${encodeURIComponent(practitionerId)}/availability?${new URLSearchParams(span)}`,
        { signal },
      );
      return { ...list, items: list.items.filter(({ available }) => available) };
    },
  });
}
