import { useId } from 'react';

interface DateFieldProps {
  label: string;
  name?: string;
  /** "2026-11-21", or empty. */
  value: string;
  /** The first day that may be chosen. */
  min?: string;
  /** The last one. */
  max?: string;
  error?: string | undefined;
  onChange(value: string): void;
}

/** A day. The device's own calendar: the one its owner knows. */
export function DateField({ label, name, value, min, max, error, onChange }: DateFieldProps) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-semibold">
        {label}
      </label>
      <input
        id={id}
        type="date"
        value={value}
        name={name}
        min={min}
        max={max}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        onChange={(event) => onChange(event.target.value)}
        className="min-h-12 w-full rounded-outer border border-ink-faint bg-sheet px-3.5 text-ink aria-invalid:border-urgent"
      />
      {error && (
        <p id={`${id}-error`} className="text-small text-urgent">
          {error}
        </p>
      )}
    </div>
  );
}
