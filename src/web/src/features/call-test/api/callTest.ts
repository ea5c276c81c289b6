import type { SendOptions } from '../../../api/http';
import type { TestOutcome, Verdict } from '../model/results';

/** What it takes to ask as oneself: the session of a person, or of a guest. */
export type Request = <T>(path: string, options?: SendOptions) => Promise<T>;

export interface TestEntry {
  iceServers: RTCIceServer[] | null;
  provider: string;
}

const path = (visit: string) => `/api/consultations/${encodeURIComponent(visit)}/pre-call-test`;

/** Credentials are good for ten minutes: asked for when they are needed. */
export const askForEntry = (request: Request, visit: string, signal: AbortSignal) =>
  request<TestEntry>(path(visit), { signal });

export const keepOutcome = (request: Request, visit: string, outcome: TestOutcome & { verdict: Verdict }) =>
  request<void>(path(visit), { method: 'POST', body: outcome });
