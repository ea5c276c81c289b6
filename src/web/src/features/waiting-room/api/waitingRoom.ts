import type { Session } from '../../../api/session';
import type { Visit } from '../../../parts/visit';

/** One's own place; those of others are nobody's business. */
export interface Place {
  /** 1 is next. */
  position: number;
  joinedAt: string;
  expectedAt: string | null;
  /** Minutes that the practitioner is behind, as they said. */
  delayMinutes: number;
  practitionerPresent: boolean;
}

/** What the waiting room asks of the server over HTTP. */
export interface WaitingRoomApi {
  visit(): Promise<Visit>;
  /** Takes a place, or finds the one that was kept. */
  enter(): Promise<Place>;
  place(): Promise<Place>;
  leave(): Promise<void>;
}

export function waitingRoomApi(session: Pick<Session, 'request'>, id: string): WaitingRoomApi {
  const visit = `/api/consultations/${encodeURIComponent(id)}`;
  const path = `${visit}/waiting-room`;
  return {
    visit: () => session.request(visit),
    enter: () => session.request(path, { method: 'POST', body: {} }),
    place: () => session.request(path),
    leave: () => session.request(path, { method: 'DELETE' }),
  };
}
