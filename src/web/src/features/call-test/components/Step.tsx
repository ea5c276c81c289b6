import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

interface StepProps {
  /** From 1; 0 for what stands before and after the steps. */
  number: number;
  count: number;
  title: string;
  text?: ReactNode;
  children: ReactNode;
}

/** One question of the test, its heading in focus when it comes: eyes and screen readers begin there. */
export function Step({ number, count, title, text, children }: StepProps) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <section className="fade-in flex flex-col gap-6">
      <div className="flex flex-col gap-2">
        {number > 0 && (
          <p className="flex items-center gap-3 text-ink-soft text-small">
            {t('test.step', { number, count })}
            <span aria-hidden="true" className="flex gap-1">
              {Array.from({ length: count }, (_, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: they are their places.
                <span key={index} className={`h-1.5 w-6 rounded-full ${index < number ? 'bg-brand' : 'bg-line'}`} />
              ))}
            </span>
          </p>
        )}
        <h1
          ref={heading}
          tabIndex={-1}
          className="font-bold text-lead outline-none tablet:text-display tablet:tracking-tight"
        >
          {title}
        </h1>
        {text && <p className="measure text-ink-soft text-large">{text}</p>}
      </div>
      {children}
    </section>
  );
}
