import { useId } from 'react';

interface SegmentsProps<T extends string> {
  label: string;
  /** The label is for those alone who do not see that it is plain. */
  quiet?: boolean;
  /** Four in a row, as wide as there is room: for more than one row of them. */
  even?: boolean;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange(value: T): void;
}

/** One of a handful of short words, all in sight. */
export function Segments<T extends string>({ label, quiet, even, value, options, onChange }: SegmentsProps<T>) {
  const name = useId();
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className={quiet ? 'sr-only' : 'mb-2 font-semibold'}>{label}</legend>
      <div
        className={`gap-1 rounded-outer bg-well p-0.5 ${even ? 'grid grid-cols-4' : 'flex w-fit max-w-full flex-wrap'}`}
      >
        {options.map((option) => (
          <label
            key={option.value}
            className={`grid min-h-11 min-w-11 cursor-pointer place-items-center whitespace-nowrap rounded-inner text-ink-soft hover:text-ink has-checked:bg-sheet has-checked:font-semibold has-checked:text-ink has-focus-visible:outline-3 has-focus-visible:outline-brand has-checked:outline has-checked:outline-line ${even ? 'px-1 max-tablet:text-small' : 'px-3'}`}
          >
            <input
              type="radio"
              name={name}
              checked={value === option.value}
              onChange={() => onChange(option.value)}
              className="sr-only"
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
