import { useState } from 'react';
import { Problem } from '../api/problem';

/** One act at a time, with what came of it: what a form needs to know about its own sending. */
export function useAct() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  /** True when it was done; a refusal becomes `problem`. A second press meanwhile does nothing. */
  async function run(act: () => Promise<unknown>): Promise<boolean> {
    if (busy) return false;
    setBusy(true);
    setProblem(null);
    try {
      await act();
      return true;
    } catch (reason) {
      setProblem(Problem.from(reason));
      return false;
    } finally {
      setBusy(false);
    }
  }

  return { busy, problem, run, forget: () => setProblem(null) };
}
