import { send } from '../../../api/http';
import type { GuestRole } from '../../../realtime/events';

/** What a link leads to. With the visit's id it is a token of one of its two people, who sign in. */
export interface JoinFace {
  needsName: boolean;
  needsCode: boolean;
  role: GuestRole | null;
  name: string | null;
  consultation: { id?: string; scheduledAt: string; format: 'VIDEO' | 'AUDIO' | 'IN_PERSON'; practitionerName: string };
}

export interface Entered {
  accessToken: string;
  expiresAt: string;
  consultationId: string;
  guest: { id: string; name: string; role: GuestRole };
}

export const lookAt = (token: string, signal: AbortSignal) =>
  send<JoinFace>('/api/join', { method: 'POST', body: { token }, signal });

export const askForCode = (token: string) =>
  send<{ expiresAt: string }>('/api/join/code', { method: 'POST', body: { token } });

export const enter = (token: string, name: string, code: string | null) =>
  send<Entered>('/api/join/enter', { method: 'POST', body: { token, name, ...(code && { code }) } });

export const renew = (consultationId: string, token: string) =>
  send<Pick<Entered, 'accessToken' | 'expiresAt'>>('/api/join/renew', {
    method: 'POST',
    body: { consultationId },
    token,
  });

export const leave = (token: string) => send<void>('/api/join/leave', { method: 'POST', body: {}, token });
