import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../api/problem';
import { ProblemPage } from '../features/shell';
import { Button } from '../primitives/Button';
import { Skeleton } from '../primitives/Skeleton';
import type { Page } from '../realtime/events';

interface RowsProps<T> {
  query: UseInfiniteQueryResult<InfiniteData<Page<T>>>;
  /** What the list is, for those who do not see it. */
  label: string;
  empty: string;
  children(item: T): ReactNode;
}

const shape = ['h-14 w-full', 'h-14 w-11/12', 'h-14 w-full'];

/** A list read page by page: its shape while it comes, its rows, the way to more, or why not. */
export function Rows<T extends { id: string }>({ query, label, empty, children }: RowsProps<T>) {
  const { t } = useTranslation();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = query;
  if (!data && error)
    return <ProblemPage category={Problem.from(error).category} onRetry={() => void refetch()} home={false} />;
  if (!data) return <Skeleton label={t('list.loading')} lines={shape} />;
  const items = data.pages.flatMap((page) => page.items);
  return (
    <>
      <p role="status" className={items.length > 0 ? 'sr-only' : 'text-ink-soft text-large'}>
        {items.length > 0 ? t('list.shown', { count: items.length }) : empty}
      </p>
      {items.length > 0 && (
        <ul aria-label={label} className="border-line border-t">
          {items.map((item) => (
            <li key={item.id} className="border-line border-b py-3">
              {children(item)}
            </li>
          ))}
        </ul>
      )}
      {hasNextPage && (
        <div>
          <Button look="quiet" busy={isFetchingNextPage && t('list.loading')} onPress={() => void fetchNextPage()}>
            {t('list.more')}
          </Button>
        </div>
      )}
    </>
  );
}
