import { useCallback, useContext, useEffect, useState } from 'react';
import { UNSAFE_NavigationContext as NavigationContext, type To } from 'react-router';

/** Where react-router notes how many pages one is from the first. */
const placeOf = (state: unknown): number => Number((state as { idx?: number } | null)?.idx ?? 0);

/** Whether it leads to another page; what follows the path stays on this one. */
function isElsewhere(to: To): boolean {
  const path = typeof to === 'string' ? new URL(to, document.baseURI).pathname : to.pathname;
  return path !== undefined && path !== location.pathname;
}

/**
 * While there is something that is nowhere but on this page, whoever leaves for another is asked first: by a link, by the app itself, or back and forth in the history; before the page
 * itself goes, the browser asks. react-router's own blocker needs its data router, which is larger than all that the first screen has room for.
 */
export function useLeaving(busy: boolean) {
  const { navigator } = useContext(NavigationContext);
  const [leave, setLeave] = useState<(() => void) | null>(null);

  useEffect(() => {
    if (!busy) return;
    const { push, replace } = navigator;
    const place = placeOf(history.state);
    let returning = false;
    let free = false;
    const asked = (go: () => void) =>
      setLeave(() => () => {
        free = true;
        go();
      });

    navigator.push = (to, ...rest) => (isElsewhere(to) ? asked(() => push(to, ...rest)) : push(to, ...rest));
    navigator.replace = (to, ...rest) => (isElsewhere(to) ? asked(() => replace(to, ...rest)) : replace(to, ...rest));

    // The address has moved already when it is heard of: it is moved back, before the router looks.
    const path = location.pathname;
    function onMoved(event: PopStateEvent) {
      if (free) return;
      if (returning) {
        returning = false;
        event.stopImmediatePropagation();
        return;
      }
      const steps = placeOf(event.state) - place;
      if (location.pathname === path || steps === 0) return;
      event.stopImmediatePropagation();
      returning = true;
      history.go(-steps);
      asked(() => history.go(steps));
    }
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('popstate', onMoved, { capture: true });
    addEventListener('beforeunload', ask);
    return () => {
      navigator.push = push;
      navigator.replace = replace;
      removeEventListener('popstate', onMoved, { capture: true });
      removeEventListener('beforeunload', ask);
      setLeave(null);
    };
  }, [busy, navigator]);

  return { leave, stay: useCallback(() => setLeave(null), []) };
}
