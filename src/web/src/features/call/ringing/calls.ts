import type { Session } from '../../../api/session';
import type { Call } from '../../../realtime/events';

export interface RingingCall {
  call: Call;
  /** Its person does not want to be disturbed. */
  silent: boolean;
}

interface CallSettings {
  doNotDisturb: boolean;
}

type Asking = Pick<Session, 'request'>;

/** What rings for this person now: a page that has just been opened has not heard it begin. */
export const ringingNow = async (session: Asking): Promise<RingingCall[]> =>
  (await session.request<{ items: RingingCall[] }>('/api/calls/ringing')).items;

export const callSettings = (session: Asking) => session.request<CallSettings>('/api/me/call-settings');

export const saveCallSettings = (session: Asking, settings: CallSettings) =>
  session.request<CallSettings>('/api/me/call-settings', { method: 'PUT', body: settings });
