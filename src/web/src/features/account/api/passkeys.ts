import { useQuery } from '@tanstack/react-query';
import { queryKeys } from '../../../api/queryKeys';
import { type CreationJson, createPasskey } from '../../../api/webauthn';
import { session } from '../../../session';

export interface Passkey {
  id: string;
  name: string;
  createdAt: string;
  lastUsedAt: string | null;
}

const path = '/api/auth/passkeys';

export const usePasskeys = () =>
  useQuery({
    queryKey: queryKeys.passkeys,
    queryFn: async ({ signal }) => (await session.request<{ items: Passkey[] }>(path, { signal })).items,
  });

/** False when the person turned the device's question away. */
export async function addPasskey(name: string): Promise<boolean> {
  const options = await session.request<CreationJson>(`${path}/options`, { method: 'POST', body: {} });
  const credential = await createPasskey(options);
  if (!credential) return false;
  await session.request<Passkey>(path, { method: 'POST', body: { name, credential } });
  return true;
}

export const renamePasskey = (id: string, name: string) =>
  session.request<void>(`${path}/${id}`, { method: 'PATCH', body: { name } });

export const removePasskey = (id: string) => session.request<void>(`${path}/${id}`, { method: 'DELETE' });
