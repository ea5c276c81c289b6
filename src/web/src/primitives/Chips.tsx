import { Check } from 'lucide-react';

interface ChipsProps<T extends string> {
  label: string;
  options: readonly { value: T; label: string }[];
  chosen: readonly T[];
  /** With so many chosen, no other can be. */
  most?: number;
  error?: string | undefined;
  onChange(chosen: T[]): void;
}

/** Any of a handful, all in sight. */
export function Chips<T extends string>({
  label,
  options,
  chosen,
  most = Number.POSITIVE_INFINITY,
  error,
  onChange,
}: ChipsProps<T>) {
  const toggle = (value: T) =>
    onChange(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 font-semibold">{label}</legend>
      <div className="flex flex-wrap gap-2">
        {options.map((option) => (
          <label
            key={option.value}
            className="inline-flex min-h-11 cursor-pointer items-center gap-2 rounded-full border border-ink-faint bg-sheet px-4 hover:bg-well has-checked:border-brand has-checked:bg-brand-soft has-focus-visible:outline-3 has-focus-visible:outline-brand has-focus-visible:outline-offset-2 has-disabled:cursor-default has-disabled:text-ink-faint has-disabled:hover:bg-sheet"
          >
            <input
              type="checkbox"
              checked={chosen.includes(option.value)}
              disabled={chosen.length >= most && !chosen.includes(option.value)}
              onChange={() => toggle(option.value)}
              className="peer sr-only"
            />
            <Check aria-hidden="true" className="hidden size-4 text-brand peer-checked:block" />
            {option.label}
          </label>
        ))}
      </div>
      {error && <p className="text-small text-urgent">{error}</p>}
    </fieldset>
  );
}
