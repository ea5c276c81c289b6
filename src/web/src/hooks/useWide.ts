import { useSyncExternalStore } from 'react';

/** Whether the page is at least so wide; follows the window. */
export function useWide(rem: 44 | 64): boolean {
  return useSyncExternalStore(
    (listener) => {
      const query = matchMedia(`(min-width: ${rem}rem)`);
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    () => matchMedia(`(min-width: ${rem}rem)`).matches,
  );
}
