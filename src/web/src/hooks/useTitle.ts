import { useEffect } from 'react';

let title = 'Colloque';
let badge = 0;
let urgent: string | null = null;

function show() {
  if (urgent) {
    document.title = urgent;
    return;
  }
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

/** Says one thing in place of the page's name, as long as the caller is shown: that somebody is calling. */
export function useTitleOver(words: string) {
  useEffect(() => {
    urgent = words;
    show();
    return () => {
      urgent = null;
      show();
    };
  }, [words]);
}
