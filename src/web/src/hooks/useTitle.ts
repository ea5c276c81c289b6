import { useEffect } from 'react';

/** The name of the page, for tabs and for screen readers that announce it. */
export function useTitle(title: string) {
  useEffect(() => {
    document.title = title === 'Colloque' ? title : `${title} · Colloque`;
  }, [title]);
}
