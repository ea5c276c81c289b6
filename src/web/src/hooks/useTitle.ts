import { useEffect } from 'react';

let title = 'Colloque';
let badge = 0;

function show() {
  const name = title === 'Colloque' ? title : `${title} · Colloque`;
  document.title = badge > 0 ? `(${badge}) ${name}` : name;
}

/** The name of the page, for tabs and for screen readers that announce it. */
export function useTitle(name: string) {
  useEffect(() => {
    title = name;
    show();
  }, [name]);
}

/** How many people wait for whoever has this tab, before the name of any page, as long as the caller is shown. */
export function useTitleBadge(count: number) {
  useEffect(() => {
    badge = count;
    show();
    return () => {
      badge = 0;
      show();
    };
  }, [count]);
}
