import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

interface BackToProps {
  to: string;
  /** On a page whose parts stand far apart. */
  near?: boolean;
  children: ReactNode;
}

/** The way back to what is above this page. */
export function BackTo({ to, near = false, children }: BackToProps) {
  return (
    <Link
      to={to}
      className={`-mt-3 inline-flex min-h-11 items-center gap-1.5 self-start text-ink-soft underline-offset-4 hover:text-ink hover:underline print:hidden ${near ? '-mb-3' : ''}`}
    >
      <ArrowLeft aria-hidden="true" className="size-4" />
      {children}
    </Link>
  );
}
