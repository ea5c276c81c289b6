import type { ReactNode } from 'react';
import { useTitle } from '../../../hooks/useTitle';

/** The name of a page, what it is for, and what one begins here. */
export function PageHead({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  useTitle(title);
  return (
    <div className="flex flex-wrap items-end justify-between gap-4">
      <div className="measure flex min-w-64 flex-1 flex-col gap-1">
        <h1 className="font-bold text-lead">{title}</h1>
        <p className="text-ink-soft">{text}</p>
      </div>
      {children && <div className="flex flex-wrap gap-3">{children}</div>}
    </div>
  );
}
