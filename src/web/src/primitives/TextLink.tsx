import type { ReactNode } from 'react';
import { Link } from 'react-router';

/** The quiet way to somewhere else. */
export function TextLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link
      to={to}
      className="inline-flex min-h-11 items-center font-semibold text-brand underline-offset-4 hover:underline"
    >
      {children}
    </Link>
  );
}

/** The one thing to do, when it is to go somewhere. */
export function ButtonLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link
      to={to}
      className="inline-flex min-h-11 items-center justify-center rounded-outer bg-brand px-5 font-semibold text-on-brand transition-colors duration-150 hover:bg-brand-strong"
    >
      {children}
    </Link>
  );
}
