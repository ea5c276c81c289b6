import { useQuery } from '@tanstack/react-query';
import { queryKeys } from '../../api/queryKeys';
import type { Session } from '../../api/session';
import { currentLanguage } from '../../i18n';
import type { Guest, GuestRole } from '../../realtime/events';
import { session } from '../../session';

/** A way into one visit for somebody without an account. */
export interface JoinLink {
  id: string;
  role: GuestRole;
  name: string | null;
  email: string | null;
  /** To whoever made it; null once it leads nowhere. */
  url: string | null;
  createdBy: string;
  expiresAt: string;
  revokedAt: string | null;
  /** Who came by it; null while nobody has. */
  guest: Guest | null;
}

export interface Invitation {
  role: GuestRole;
  name?: string;
  email?: string;
  requireCode: boolean;
}

const linksOf = (visit: string) => `/api/consultations/${encodeURIComponent(visit)}/join-links`;
/** Milliseconds: guests come and go without a word to this page. */
const refreshEvery = 10_000;

export const inviteGuest = (by: Pick<Session, 'request'>, visit: string, guest: Invitation) =>
  by.request<JoinLink>(linksOf(visit), { method: 'POST', body: { ...guest, language: currentLanguage() } });

export const useJoinLinks = (visit: string, isOver: boolean) =>
  useQuery({
    queryKey: queryKeys.joinLinks(visit),
    queryFn: async ({ signal }) => (await session.request<{ items: JoinLink[] }>(linksOf(visit), { signal })).items,
    refetchInterval: isOver ? false : refreshEvery,
  });

export const revokeLink = (visit: string, link: string) =>
  session.request<void>(`${linksOf(visit)}/${link}`, { method: 'DELETE' });

/** How a link stands: whether anybody came by it, and whether anybody still can. */
export type LinkState = 'waiting' | 'here' | 'gone' | 'revoked' | 'expired';

export function stateOf({ revokedAt, expiresAt, guest }: JoinLink, isOver: boolean, now: number): LinkState {
  if (revokedAt) return 'revoked';
  if (guest && !guest.leftAt && !isOver) return 'here';
  if (isOver || Date.parse(expiresAt) <= now) return 'expired';
  return guest ? 'gone' : 'waiting';
}
