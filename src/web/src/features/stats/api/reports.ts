import { useQuery } from '@tanstack/react-query';
import { queryKeys } from '../../../api/queryKeys';
import type { Month } from '../../../parts/months';
import { session } from '../../../session';

/** What one month held, in visits and minutes. */
export interface MonthStats {
  period: Month;
  count: number;
  plannedMinutes: number;
  actualMinutes: number;
  noShows: number;
  cancelled: number;
}

interface Stats {
  months: MonthStats[];
}

interface BillingLine {
  date: string;
  format: 'VIDEO' | 'AUDIO' | 'IN_PERSON';
  plannedMinutes: number;
  actualMinutes: number;
}

interface Billing {
  period: Month;
  items: BillingLine[];
}

const path = '/api/reports';

export const useMonths = (from: Month, to: Month) =>
  useQuery({
    queryKey: queryKeys.months({ from, to }),
    queryFn: async ({ signal }) =>
      (await session.request<Stats>(`${path}/practitioner-stats?${new URLSearchParams({ from, to })}`, { signal }))
        .months,
  });

export const useBilling = (period: Month) =>
  useQuery({
    queryKey: queryKeys.billing(period),
    queryFn: ({ signal }) => session.request<Billing>(`${path}/practitioner-billing?period=${period}`, { signal }),
  });

export const billingFile = (period: Month) => `${path}/practitioner-export-csv?period=${period}`;
