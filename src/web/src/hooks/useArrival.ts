import { useEffect, useRef } from 'react';

/** Takes up the focus that the page before lost when it went, so that a screen reader reads on from the new one's beginning. */
export function useArrival<T extends HTMLElement>() {
  const target = useRef<T>(null);
  useEffect(() => {
    if (document.activeElement === document.body) target.current?.focus({ preventScroll: true });
  }, []);
  return target;
}
