import { useQueryClient } from '@tanstack/react-query';
import { queryKeys } from '../../../api/queryKeys';
import { useAct } from '../../../hooks/useAct';

/** Changes hours, and has the list and the free times looked at again. */
export function useHourActs() {
  const queries = useQueryClient();
  const { busy, problem, run } = useAct();
  async function act(work: () => Promise<unknown>): Promise<boolean> {
    const done = await run(work);
    await Promise.all(
      [queryKeys.hours, queryKeys.allOwnSlots].map((queryKey) => queries.invalidateQueries({ queryKey })),
    );
    return done;
  }
  return { busy, problem, act };
}
