import type { SendOptions } from '../../../api/http';
import type { TestFound } from '../found/found';
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

/** The newest result of each of the two, while the visit is not over. */
export const foundInVisit = async (request: Request, visit: string, signal: AbortSignal) =>
  (await request<{ results: TestFound[] }>(path(visit), { signal })).results;
