import { type ReactNode, useId } from 'react';

/** One lock: what it is, how it is now, and what can be done about it. */
export function Section({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="grid gap-x-8 gap-y-4 border-line border-t pt-6 tablet:grid-cols-[13rem_1fr]"
    >
      <div className="flex flex-col gap-1">
        <h2 id={id} className="font-semibold text-large">
          {title}
        </h2>
        {text && <p className="text-ink-soft text-small">{text}</p>}
      </div>
      <div className="flex min-w-0 flex-col items-start gap-4">{children}</div>
    </section>
  );
}
