import { send } from '../../../api/http';
import type { GuestRole } from '../../../realtime/events';

/** What a link leads to. With the visit's id it is a token of one of its two people, who sign in; or one of them asks. */
export interface JoinFace {
  needsName: boolean;
  needsCode: boolean;
  role: GuestRole | null;
  name: string | null;
  /** Whoever asks is signed in as one of its two people: `path` is their own page for it. */
  own: boolean;
  path?: string;
  consultation: { id?: string; scheduledAt: string; format: 'VIDEO' | 'AUDIO' | 'IN_PERSON'; practitionerName: string };
}

export interface Entered {
  accessToken: string;
  expiresAt: string;
  consultationId: string;
  guest: { id: string; name: string; role: GuestRole };
}

/** `by` is the access token of whoever is signed in on this device, if anybody is. */
export const lookAt = (token: string, by: string | null, signal: AbortSignal) =>
  send<JoinFace>('/api/join', { method: 'POST', body: { token }, token: by, signal });

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
