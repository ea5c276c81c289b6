import { useQuery } from '@tanstack/react-query';
import { queryKeys } from '../../../api/queryKeys';
import { getPasskey, type RequestJson } from '../../../api/webauthn';
import { session } from '../../../session';

export const copyFormats = ['html', 'pdf', 'txt', 'json'] as const;
export type CopyFormat = (typeof copyFormats)[number];

/** What shows that it is still the same person at this screen. */
export type Proof = { password?: string; code?: string } | { ceremony: string; credential: object };

/** Milliseconds that a long copy may take on a weak line. */
const patience = 900_000;

/** A conversation as a signed archive; `onBytes` hears how much of it is here. */
export const takeCopy = (
  conversation: string,
  format: CopyFormat,
  proof: Proof,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
) =>
  session.request<Blob>(`/api/conversations/${encodeURIComponent(conversation)}/export`, {
    method: 'POST',
    body: { format, ...proof },
    blob: true,
    onBytes,
    signal,
    patience,
  });

/** Asks the device for the passkey; null when the person turned the question away. */
export async function passkeyProof(): Promise<Proof | null> {
  const { ceremony, options } = await session.request<{ ceremony: string; options: RequestJson }>(
    '/api/auth/passkeys/sign-in/options',
    { method: 'POST', body: {} },
  );
  const credential = await getPasskey(options);
  return credential && { ceremony, credential };
}

/** What of a second step one has, which decides what is asked for. */
export const useFactors = () =>
  useQuery({
    queryKey: queryKeys.secondFactor,
    queryFn: ({ signal }) => session.request<{ totp: boolean; passkeys: number }>('/api/auth/2fa', { signal }),
  });
