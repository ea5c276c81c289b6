import { useEffect, useRef } from 'react';
import { useLocation, useNavigationType } from 'react-router';

/** Another page begins at its top, for the eye and for a screen reader; on the way back the browser knows where one was. `page` tells pages apart. */
export function useFreshPage(page?: string) {
  const { pathname } = useLocation();
  const way = useNavigationType();
  const shown = useRef(page ?? pathname);
  const now = page ?? pathname;
  useEffect(() => {
    if (shown.current === now) return;
    shown.current = now;
    if (way !== 'POP') window.scrollTo(0, 0);
    document.getElementById('content')?.focus({ preventScroll: true });
  }, [now, way]);
}
