import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../api/problem';
import { useProblemWords } from '../features/shell';
import { Button } from '../primitives/Button';
import { Notice } from '../primitives/Notice';
import { Skeleton } from '../primitives/Skeleton';

interface LoadedProps<T> {
  query: UseQueryResult<T>;
  /** The shape of what is coming. */
  lines: readonly string[];
  children(data: T): ReactNode;
}

/** A part of a page that comes by itself: its shape, itself, or why not and "Try again". */
export function Loaded<T>({ query: { data, error, refetch }, lines, children }: LoadedProps<T>) {
  const { t } = useTranslation();
  const wordsFor = useProblemWords();
  if (data !== undefined) return children(data);
  if (!error)
    return (
      <div className="w-full">
        <Skeleton label={t('list.loading')} lines={lines} />
      </div>
    );
  return (
    <>
      <Notice tone="urgent">{wordsFor(Problem.from(error))}</Notice>
      <Button look="quiet" onPress={() => void refetch()}>
        {t('action.retry')}
      </Button>
    </>
  );
}
