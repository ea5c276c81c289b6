import type { ReactNode } from 'react';
import { NavLink } from 'react-router';

interface PlaceNavProps {
  label: string;
  places: readonly { to: string; label: string; exactly?: boolean; count?: ReactNode }[];
}

/** Where else one can go, below the name of the house. */
export function PlaceNav({ label, places }: PlaceNavProps) {
  return (
    <nav
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
