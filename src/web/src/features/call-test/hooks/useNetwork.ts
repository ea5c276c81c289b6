import { useEffect, useState } from 'react';
import { Problem } from '../../../api/problem';
import type { TestEntry } from '../api/callTest';
import type { Measured, Stage } from '../network/measure';
import { measure } from '../network/measure';

export type NetworkState =
  | { phase: 'asking' }
  | { phase: 'measuring'; stage: Stage }
  | { phase: 'done'; measured: Measured }
  | { phase: 'failed'; problem: Problem };

/** Measures when it is shown, and again when `times` changes; ends with the page. */
export function useNetwork(ask: (signal: AbortSignal) => Promise<TestEntry>, times: number): NetworkState {
  const [state, setState] = useState<NetworkState>({ phase: 'asking' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: `times` measures again.
  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    const show = (next: NetworkState) => !signal.aborted && setState(next);
    show({ phase: 'asking' });
    ask(signal)
      .then(({ iceServers }) => measure(iceServers ?? [], (stage) => show({ phase: 'measuring', stage }), signal))
      .then((measured) => show({ phase: 'done', measured }))
      .catch((reason) => show({ phase: 'failed', problem: Problem.from(reason) }));
    return () => abort.abort();
  }, [ask, times]);
  return state;
}
