import { useTranslation } from 'react-i18next';
import type { Problem } from '../../api/problem';

/** A refusal as one or two sentences, for places that have none of their own for it. */
export function useProblemWords(): (problem: Problem) => string {
  const { t } = useTranslation();
  return (problem) => {
    if (problem.category === 'slow')
      return t('signIn.slow', { count: Math.max(Math.ceil((problem.retryAfter ?? 60) / 60), 1) });
    if (problem.category === 'unreachable')
      return `${t('problem.unreachable.title')}. ${t('problem.unreachable.text')}`;
    // The server says what is wrong in the reader's language; what broke says nothing worth reading.
    if (problem.category === 'broken') return `${t('problem.broken.title')}. ${t('problem.broken.text')}`;
    return Object.values(problem.errors).flat()[0] ?? problem.message;
  };
}
