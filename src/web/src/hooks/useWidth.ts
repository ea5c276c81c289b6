import { useEffect, useRef, useState } from 'react';

/** How wide an element is, in pixels, from the time that it is known; for drawings whose letters must not shrink with them. */
export function useWidth<T extends HTMLElement>(before: number) {
  const element = useRef<T>(null);
  const [width, setWidth] = useState(before);
  useEffect(() => {
    const shown = element.current;
    if (!shown || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(() => setWidth(Math.max(shown.clientWidth, 1)));
    observer.observe(shown);
    return () => observer.disconnect();
  }, []);
  return [element, width] as const;
}
