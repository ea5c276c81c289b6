import { useCallback, useEffect, useRef, useState } from 'react';
import { type SearchQuery, searchMessages } from '../api/search';
import { heard, noSearch, type Search } from '../model/search';

/** One search at a time; a new one, or the end of the page, stops the one before. */
export function useSearch() {
  const [search, setSearch] = useState<Search>(noSearch);
  const running = useRef<AbortController>(undefined);

  const run = useCallback(async (query: SearchQuery, from: Search | null = null) => {
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    const before = from?.scanned ?? 0;
    setSearch({ ...(from ?? noSearch), status: 'running' });
    try {
      await searchMessages(
        query,
        from?.next ?? null,
        (line) => running.current === mine && setSearch((now) => heard(now, line, before)),
        mine.signal,
      );
    } catch {
      if (running.current === mine && !mine.signal.aborted) setSearch((now) => ({ ...now, status: 'failed' }));
    }
  }, []);

  const stop = useCallback(() => {
    running.current?.abort();
    setSearch((now) => (now.status === 'running' ? { ...now, status: 'stopped' } : now));
  }, []);

  useEffect(() => () => running.current?.abort(), []);
  return { search, run, stop };
}
