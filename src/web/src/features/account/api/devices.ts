import { useQuery } from '@tanstack/react-query';
import { queryKeys } from '../../../api/queryKeys';
import { session } from '../../../session';

export interface Device {
  id: string;
  /** What it calls itself, shortened by the server; empty when it says nothing. */
  device: string | null;
  browser?: string | null;
  ip: string | null;
  createdAt: string;
  lastUsedAt: string;
  current: boolean;
}

const path = '/api/auth/sessions';

export const useDevices = () =>
  useQuery({
    queryKey: queryKeys.devices,
    queryFn: async ({ signal }) => (await session.request<{ items: Device[] }>(path, { signal })).items,
  });

export const signOutDevice = (id: string) => session.request<void>(`${path}/${id}`, { method: 'DELETE' });

/** All but this one. */
export const signOutOthers = () => session.request<void>(path, { method: 'DELETE' });

export const changePassword = (password: string, newPassword: string) =>
  session.request<void>('/api/auth/change-password', { method: 'POST', body: { password, newPassword } });
