import { ChevronDown } from 'lucide-react';
import { type ReactNode, useId } from 'react';

interface PickerProps<T extends string> {
  label: string;
  /** What it is about, for those who see. */
  sign: ReactNode;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange(value: T): void;
}

/** One of a few. The device's own list: it works everywhere, also where a thumb is all there is. */
export function Picker<T extends string>({ label, sign, value, options, onChange }: PickerProps<T>) {
  const id = useId();
  return (
    <div className="relative">
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <span
        aria-hidden="true"
        className="pointer-events-none absolute inset-y-0 left-2.5 grid place-items-center text-ink-soft"
      >
        {sign}
      </span>
      <select
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value as T)}
        className="min-h-11 cursor-pointer appearance-none rounded-outer bg-transparent py-2 pr-7 pl-9 text-ink-soft hover:bg-well hover:text-ink"
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} className="bg-sheet text-ink">
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute inset-y-0 right-2 my-auto size-4 text-ink-soft"
      />
    </div>
  );
}
