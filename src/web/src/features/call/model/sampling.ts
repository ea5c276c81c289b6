import type { NetworkSample } from './degradation';

interface Statistic {
  type: string;
  kind?: string;
  state?: string;
  nominated?: boolean;
  availableOutgoingBitrate?: number;
  currentRoundTripTime?: number;
  packetsSent?: number;
  fractionLost?: number;
}

/** Turns a connection's statistics into seconds. What was lost is told by the other side, now and then: it counts as long as something of that kind is sent. */
export function createSampling() {
  const sentBefore = new Map<string, number>();
  return (report: Iterable<[string, Statistic]>): NetworkSample => {
    const all = [...report].map(([, statistic]) => statistic);
    const pair = all.find(
      ({ type, nominated, state }) => type === 'candidate-pair' && nominated && state === 'succeeded',
    );
    let loss: number | null = null;
    for (const { type, kind = '', packetsSent = 0 } of all) {
      if (type !== 'outbound-rtp') continue;
      const isSending = packetsSent > (sentBefore.get(kind) ?? 0);
      sentBefore.set(kind, packetsSent);
      const told = all.find((other) => other.type === 'remote-inbound-rtp' && other.kind === kind)?.fractionLost;
      if (isSending && told !== undefined) loss = Math.max(loss ?? 0, told);
    }
    const bits = pair?.availableOutgoingBitrate;
    const seconds = pair?.currentRoundTripTime;
    return {
      kilobits: bits ? bits / 1_000 : null,
      loss,
      roundTrip: seconds === undefined ? null : seconds * 1_000,
    };
  };
}
