import { type ReactNode, useEffect, useRef } from 'react';
import { NavLink, useLocation } from 'react-router';

interface PlaceNavProps {
  label: string;
  places: readonly { to: string; label: string; exactly?: boolean; count?: ReactNode }[];
}

/** Where else one can go, below the name of the house. */
export function PlaceNav({ label, places }: PlaceNavProps) {
  const nav = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // On a phone the place that one is at may lie beyond the edge.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is another place.
  useEffect(() => {
    const current = nav.current?.querySelector<HTMLElement>('[aria-current=page]');
    if (!nav.current || !current) return;
    const end = current.offsetLeft + current.offsetWidth - nav.current.offsetLeft;
    if (end > nav.current.scrollLeft + nav.current.clientWidth) nav.current.scrollLeft = end - nav.current.clientWidth;
    if (current.offsetLeft - nav.current.offsetLeft < nav.current.scrollLeft)
      nav.current.scrollLeft = current.offsetLeft - nav.current.offsetLeft;
  }, [pathname]);
  return (
    <nav
      ref={nav}
      aria-label={label}
      className="flex gap-5 overflow-x-auto border-line border-b max-tablet:text-small tablet:gap-7"
    >
      {places.map((place) => (
        <NavLink
          key={place.to}
          to={place.to}
          end={place.exactly ?? false}
          className="-mb-px inline-flex min-h-12 items-center gap-2 whitespace-nowrap border-transparent border-b-2 font-semibold text-ink-soft hover:text-ink aria-[current=page]:border-brand aria-[current=page]:text-ink"
        >
          {place.label}
          {place.count}
        </NavLink>
      ))}
    </nav>
  );
}
