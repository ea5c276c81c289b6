import type { ReactNode } from 'react';
import { useTitle } from '../../../hooks/useTitle';
import { LanguagePicker, ThemePicker } from './Preferences';
import { Wordmark } from './Wordmark';

interface DoorProps {
  title: string;
  /** One sentence below the title. */
  lead?: ReactNode;
  /** The front door speaks louder than those behind it. */
  front?: boolean;
  children?: ReactNode;
}

/** The frame of everything outside: one narrow column, one question. */
export function Door({ title, lead, front, children }: DoorProps) {
  useTitle(front ? 'Colloque' : title);
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-md flex-col px-5">
      <main className="my-auto flex flex-col gap-8 py-10">
        <Wordmark />
        <div className="flex flex-col gap-2">
          <h1 className={`font-bold ${front ? 'text-display tracking-tight' : 'text-lead'}`}>{title}</h1>
          {lead && <p className="text-ink-soft text-large">{lead}</p>}
        </div>
        {children}
      </main>
      <footer className="flex flex-wrap justify-end gap-2 py-3 text-small">
        <ThemePicker />
        <LanguagePicker />
      </footer>
    </div>
  );
}
