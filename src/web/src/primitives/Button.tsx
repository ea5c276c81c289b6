import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';

type Look = 'primary' | 'quiet' | 'plain' | 'danger';

const looks: Record<Look, string> = {
  primary: 'bg-brand text-on-brand hover:bg-brand-strong px-5',
  quiet: 'border border-line bg-sheet text-ink hover:bg-well px-5',
  plain: '-mx-1 px-1 text-left text-brand underline-offset-4 hover:underline',
  danger: 'bg-urgent text-paper hover:opacity-90 px-5',
};

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  look?: Look;
  /** Words while the work is under way; the button then takes no second press. */
  busy?: string | false | undefined;
  wide?: boolean;
  children: ReactNode;
}

export function Button({ look = 'primary', busy, wide, children, onPress, ...rest }: ButtonProps) {
  return (
    <AriaButton
      {...rest}
      // It keeps the focus while busy; disabling it would drop the reader at the top of the page.
      {...(onPress && !busy && { onPress })}
      className={`inline-flex min-h-11 cursor-pointer items-center justify-center gap-2 rounded-outer font-semibold transition-colors duration-150 disabled:cursor-default disabled:opacity-60 ${looks[look]} ${wide ? 'w-full' : ''} ${busy ? 'cursor-progress opacity-80' : ''}`}
    >
      {busy || children}
    </AriaButton>
  );
}

interface IconButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  /** What it does, for those who do not see the sign. */
  label: string;
  tone?: 'soft' | 'brand';
  children: ReactNode;
}

export function IconButton({ label, tone = 'soft', children, ...rest }: IconButtonProps) {
  const color =
    tone === 'brand' ? 'bg-brand text-on-brand hover:bg-brand-strong' : 'text-ink-soft hover:bg-well hover:text-ink';
  return (
    <AriaButton
      {...rest}
      aria-label={label}
      className={`grid size-11 shrink-0 cursor-pointer place-items-center rounded-outer transition-colors duration-150 disabled:cursor-default disabled:opacity-50 ${color}`}
    >
      {children}
    </AriaButton>
  );
}
