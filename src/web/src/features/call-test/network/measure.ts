import { type NetworkOutcome, nothingMeasured } from '../model/results';
import { type WayKind, waysOf } from '../model/ways';
import { type Entry, enter } from './entry';
import { loop } from './loop';

export type Stage = 'ways' | 'delay' | 'rate';

export interface Measured {
  network: NetworkOutcome;
  /** The relay answered, and did not accept the credential: no fault of the network's. */
  refused: boolean;
}

const kinds = ['udp', 'tcp', 'tls'] as const satisfies WayKind[];

/** Tries each way to the relay, then sends through the best one for five seconds. */
export async function measure(
  servers: readonly RTCIceServer[],
  onStage: (stage: Stage) => void,
  signal: AbortSignal,
): Promise<Measured> {
  onStage('ways');
  const ways = waysOf(servers);
  const entries = await Promise.all(
    ways.map(async ({ kind, server }) => ({ kind, entry: await enter(server, signal) })),
  );
  const found = (kind: WayKind) => {
    const tried = entries.filter((one) => one.kind === kind);
    return tried.length === 0 ? null : tried.some(({ entry }) => entry === 'open');
  };
  const network = { ...nothingMeasured, udp: found('udp'), tcp: found('tcp'), tls: found('tls') };
  const best = kinds.find((kind) => network[kind]);
  const refused = entries.some(({ entry }: { entry: Entry }) => entry === 'refused');
  if (!best) return { network, refused };
  // By one way alone: a mixture would say nothing of any.
  const through = ways.filter(({ kind }) => kind === best).map(({ server }) => server);
  const figures = await loop(through, onStage, signal);
  return { network: { ...network, ...figures }, refused: false };
}
