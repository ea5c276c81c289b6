import { useQuery } from '@tanstack/react-query';
import { queryKeys } from '../../../api/queryKeys';
import type { Month } from '../../../parts/months';
import { session } from '../../../session';

export const usageForms = ['PER_EMPLOYEE', 'TOTALS_ONLY', 'OFF'] as const;
export type UsageForm = (typeof usageForms)[number];

export interface UsageLine {
  employeeId: string;
  employeeName: string;
  consultationCount: number;
  totalDurationMinutes: number;
}

interface Usage {
  period: Month;
  /** Over and frozen: it will never say anything else. */
  closed: boolean;
  /** Nothing is told, as it would tell of fewer than five people. */
  withheld: boolean;
  items: UsageLine[];
  totals: Pick<UsageLine, 'consultationCount' | 'totalDurationMinutes'> | null;
}

const path = '/api/reports';

export const useUsage = (period: Month) =>
  useQuery({
    queryKey: queryKeys.usage(period),
    queryFn: ({ signal }) => session.request<Usage>(`${path}/employee-usage?period=${period}`, { signal }),
  });

export const usageFile = (period: Month) => `${path}/export-csv?period=${period}`;
export const platformFile = (period: Month) => `${path}/export-billing?period=${period}`;
