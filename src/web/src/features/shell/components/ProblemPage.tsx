import { useTranslation } from 'react-i18next';
import type { Category } from '../../../api/problem';
import { Button } from '../../../primitives/Button';
import { TextLink } from '../../../primitives/TextLink';

const words = {
  unreachable: 'unreachable',
  missing: 'missing',
  forbidden: 'forbidden',
  slow: 'slow',
  signIn: 'broken',
  conflict: 'broken',
  invalid: 'missing',
  broken: 'broken',
} as const satisfies Record<Category, string>;

/** What went wrong, in words, and the way on. One place for all pages. */
export function ProblemPage({
  category,
  onRetry,
  home = true,
}: {
  category: Category;
  onRetry?: (() => void) | undefined;
  home?: boolean;
}) {
  const { t } = useTranslation();
  const key = words[category];
  return (
    <div role="alert" className="measure fade-in flex flex-col items-start gap-5">
      <h1 className="font-bold text-lead">{t(`problem.${key}.title`)}</h1>
      <p className="text-ink-soft text-large">{t(`problem.${key}.text`)}</p>
      <div className="flex flex-wrap gap-4">
        {onRetry && <Button onPress={onRetry}>{t('action.retry')}</Button>}
        {home && <TextLink to="/">{t('action.home')}</TextLink>}
      </div>
    </div>
  );
}
