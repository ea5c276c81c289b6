import type { Problem } from '../api/problem';
import { useProblemWords } from '../features/shell';
import { Notice } from '../primitives/Notice';

/** Why a form was not taken. What is said beside a field already is not said again here. */
export function Refused({
  problem,
  shown = [],
  words,
}: {
  problem: Problem | null;
  shown?: string[];
  words?: string | undefined;
}) {
  const wordsFor = useProblemWords();
  if (!problem) return null;
  const named = Object.keys(problem.errors);
  if (!words && named.length > 0 && named.every((name) => shown.includes(name))) return null;
  return (
    <Notice tone="urgent" alert>
      {words ?? wordsFor(problem)}
    </Notice>
  );
}
