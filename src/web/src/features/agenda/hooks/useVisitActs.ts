import { useQueryClient } from '@tanstack/react-query';
import { queryKeys } from '../../../api/queryKeys';
import { useAct } from '../../../hooks/useAct';

/** Does something with a visit, and has everything that shows visits look again: also after a refusal, as then something is not as it looked. */
export function useVisitActs() {
  const queries = useQueryClient();
  const { busy, problem, run, forget } = useAct();
  async function act(work: () => Promise<unknown>): Promise<boolean> {
    const done = await run(work);
    await Promise.all(
      [queryKeys.care, queryKeys.allOwnSlots, queryKeys.myConsultations, queryKeys.queue].map((queryKey) =>
        queries.invalidateQueries({ queryKey }),
      ),
    );
    return done;
  }
  return { busy, problem, act, forget };
}
