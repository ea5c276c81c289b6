import type { Problem } from '../../../api/problem';
import type { Call, CallMember } from '../../../realtime/events';
import type { Step } from './degradation';
import type { MediaState } from './localMedia';
import type { LinkState } from './peerLink';
import type { SignName } from './signs';

/** What is known of another person's device in the call, besides what the server tells. */
export interface PeerState {
  readonly link: LinkState;
  readonly stream: MediaStream;
  /** What both see alike if nobody sits between; null until it is known. */
  readonly code: readonly SignName[] | null;
}

export interface CallState {
  /** `entering`: devices are asked for and the server is told; `lost`: one is in, and the line to the server is away. */
  readonly phase: 'outside' | 'entering' | 'inside' | 'lost';
  readonly call: Call | null;
  readonly peerId: string | null;
  readonly peers: ReadonlyMap<string, PeerState>;
  readonly media: MediaState;
  /** What one's own network carries. */
  readonly step: Step;
  /** A relay has refused our credentials since anybody was last reached. */
  readonly refused: boolean;
  /** Why one could not come in. */
  readonly problem: Problem | null;
}

const over = new Set<Call['state']>(['ended', 'rejected', 'missed', 'failed']);

export const isLive = (call: Call | null): call is Call => call !== null && !over.has(call.state);

/** Those in the call besides this device, as they came. */
export const otherMembers = ({ call, peerId }: Pick<CallState, 'call' | 'peerId'>): CallMember[] =>
  (call?.members ?? []).filter((member) => member.peerId !== peerId).sort((a, b) => a.order - b.order);

/** Whole seconds that a call lasted, by the server's times. */
export const secondsOf = ({ acceptedAt, connectedAt, endedAt }: Call): number => {
  const from = connectedAt ?? acceptedAt;
  return from && endedAt ? Math.max(0, Math.round((Date.parse(endedAt) - Date.parse(from)) / 1_000)) : 0;
};
