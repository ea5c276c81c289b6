import { useQuery } from '@tanstack/react-query';
import { queryKeys } from '../../../api/queryKeys';
import type { Month } from '../../../parts/months';
import type { Page } from '../../../realtime/events';
import { session } from '../../../session';

export interface Health {
  status: string;
  database: { ok: boolean; version: string | null; latencyMs: number | null; sizeBytes: number | null };
  disk: { freeBytes: number };
  mail: { queued: number | null; failed: number | null };
  sockets: number;
  uptimeSeconds: number;
  version: string;
  backups: { lastAt: string | null; ok: boolean | null };
  /** The relay of calls, as it was when it was asked last; null where none is set up, or asked yet. */
  turn: { state: 'ok' | 'old' | 'silent' | 'untrusted' | 'unknown'; software: string | null; faulty: string[] } | null;
}

export interface Metrics {
  organizations: Record<string, number>;
  users: Record<string, number>;
  practitioners: Record<string, number>;
  consultations: Record<string, number>;
  messages: number;
  signIns: number;
}

export interface BackupRun {
  id: string;
  status: string;
  code: string | null;
  requestedAt: string;
  finishedAt: string | null;
  fileName: string | null;
  sizeBytes: number | null;
}

/** A month that is over. */
export interface MonthFigure {
  period: Month;
  /** Null, as the minutes, where it would tell of fewer than five people. */
  consultationCount: number | null;
  totalDurationMinutes: number | null;
}

export type Kpis = { months?: MonthFigure[] } & Record<
  | 'activeOrganizations'
  | 'employees'
  | 'practitioners'
  | 'pendingPractitioners'
  | 'upcomingConsultations'
  | 'completedConsultations'
  | 'cancelledConsultations'
  | 'noShowConsultations'
  | 'messages',
  number
>;

const every = 5_000;

export const useHealth = () =>
  useQuery({
    queryKey: queryKeys.health,
    queryFn: async ({ signal }) => {
      const [health, metrics] = await Promise.all([
        session.request<Health>('/api/super-admin/health', { signal }),
        session.request<Metrics>('/api/super-admin/metrics', { signal }),
      ]);
      return { health, metrics };
    },
    refetchInterval: every,
  });

export const useKpis = () =>
  useQuery({
    queryKey: queryKeys.figures,
    queryFn: ({ signal }) => session.request<Kpis>('/api/admin-huntzen/kpis', { signal }),
  });

export const isRunning = ({ finishedAt }: BackupRun) => !finishedAt;

export const useBackups = () =>
  useQuery({
    queryKey: queryKeys.backups,
    queryFn: async ({ signal }) =>
      (await session.request<Page<BackupRun>>('/api/super-admin/backups', { signal })).items,
    // Only while there is something to wait for.
    refetchInterval: ({ state }) => (state.data?.some(isRunning) ? 1_000 : false),
  });

export const startBackup = () => session.request('/api/super-admin/backup', { method: 'POST', body: {} });
