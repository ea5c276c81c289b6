import { useQuery } from '@tanstack/react-query';
import { queryKeys } from '../../../api/queryKeys';
import type { Day } from '../../../parts/time';
import { session } from '../../../session';

/** Hours of a weekday, or what is different on one date. */
export interface Rule {
  id: string;
  /** 0 is Sunday. */
  dayOfWeek: number | null;
  /** "09:00", by the clock of the practice; null with `endTime` where a whole day is closed. */
  startTime: string | null;
  endTime: string | null;
  /** Minutes; null means the usual length. */
  slotDuration: number | null;
  isException: boolean;
  exceptionDate: Day | null;
  isAvailable: boolean;
  isActive: boolean;
}

export interface HourSettings {
  /** An IANA name. */
  timeZone: string;
  /** Minutes, as all that follow but one. */
  slotDuration: number;
  bufferMinutes: number;
  minimumNoticeMinutes: number;
  maximumHorizonDays: number;
  cancellationDeadlineMinutes: number;
  confirmation: 'AUTOMATIC' | 'MANUAL';
}

export interface WeeklyHours {
  dayOfWeek: number;
  startTime: string;
  endTime: string;
  slotDuration?: number;
}

export interface Exception {
  isException: true;
  exceptionDate: Day;
  isAvailable: boolean;
  startTime?: string;
  endTime?: string;
}

const path = '/api/availability';

export const useHours = () =>
  useQuery({
    queryKey: queryKeys.hours,
    queryFn: async ({ signal }) => (await session.request<{ items: Rule[] }>(path, { signal })).items,
  });

export const useHourSettings = () =>
  useQuery({
    queryKey: queryKeys.hourSettings,
    queryFn: ({ signal }) => session.request<HourSettings>(`${path}/settings`, { signal }),
    staleTime: 60_000,
  });

export const addRule = (rule: WeeklyHours | Exception) => session.request<Rule>(path, { method: 'POST', body: rule });

export const changeRule = (id: string, part: Partial<WeeklyHours> & { isActive?: boolean }) =>
  session.request<Rule>(`${path}/${id}`, { method: 'PUT', body: part });

export const removeRule = (id: string) => session.request<void>(`${path}/${id}`, { method: 'DELETE' });

export const changeHourSettings = (settings: HourSettings) =>
  session.request<HourSettings>(`${path}/settings`, { method: 'PUT', body: settings });
