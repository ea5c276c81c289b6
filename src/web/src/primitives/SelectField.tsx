import { ChevronDown } from 'lucide-react';
import { useId } from 'react';

interface SelectFieldProps<T extends string> {
  label: string;
  /** What helps to choose, below the field. */
  help?: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange(value: T): void;
}

/** One of a few, in a form. The device's own list. */
export function SelectField<T extends string>({ label, help, value, options, onChange }: SelectFieldProps<T>) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-semibold">
        {label}
      </label>
      <div className="relative">
        <select
          id={id}
          value={value}
          aria-describedby={help ? `${id}-help` : undefined}
          onChange={(event) => onChange(event.target.value as T)}
          className="min-h-12 w-full cursor-pointer appearance-none rounded-outer border border-ink-faint bg-sheet py-2 pr-10 pl-3.5 text-ink"
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown
          aria-hidden="true"
          className="pointer-events-none absolute inset-y-0 right-3 my-auto size-5 text-ink-soft"
        />
      </div>
      {help && (
        <p id={`${id}-help`} className="text-ink-soft text-small">
          {help}
        </p>
      )}
    </div>
  );
}
