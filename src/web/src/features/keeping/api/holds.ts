import { useQuery } from '@tanstack/react-query';
import { queryKeys } from '../../../api/queryKeys';
import { session } from '../../../session';

/** What keeps something from being erased: one conversation, or all of one patient's. */
export interface LegalHold {
  id: string;
  organizationId: string;
  conversationId: string | null;
  patientId: string | null;
  /** A file number. */
  reference: string;
  placedAt: string;
  /** Null while it lasts. */
  liftedAt: string | null;
}

const path = '/api/legal-holds';

/** One's own, or for operators of the platform all; newest first. */
export const useLegalHolds = () =>
  useQuery({
    queryKey: queryKeys.legalHolds,
    queryFn: async ({ signal }) => (await session.request<{ items: LegalHold[] }>(path, { signal })).items,
  });

export type HoldOf = { conversationId: string } | { patientId: string };

export const placeHold = (of: HoldOf, reference: string) =>
  session.request<LegalHold>(path, { method: 'POST', body: { ...of, reference } });

export const liftHold = (id: string) => session.request<LegalHold>(`${path}/${id}`, { method: 'DELETE' });

/** As the server takes it: too narrow for a sentence about somebody. */
export const isFileNumber = (text: string) => /^[A-Za-z0-9][A-Za-z0-9./-]{0,59}$/.test(text);

export const isId = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
