import { Label } from 'react-aria-components/Label';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';

interface ChoiceProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string; text?: string | undefined }[];
  onChange(value: T): void;
}

/** One of two or three, each with a sentence of its own. */
export function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  return (
    <RadioGroup value={value} onChange={(next) => onChange(next as T)} className="flex flex-col gap-1.5">
      <Label className="font-semibold">{label}</Label>
      <div className="overflow-hidden rounded-outer border border-ink-faint bg-sheet">
        {options.map((option) => (
          <Radio
            key={option.value}
            value={option.value}
            className="group flex min-h-14 cursor-pointer items-start gap-3 border-line border-t px-3.5 py-3 outline-offset-[-3px] first:border-t-0 data-[hovered]:bg-well data-[selected]:bg-brand-soft"
          >
            <span
              aria-hidden="true"
              className="mt-0.5 grid size-5 shrink-0 place-items-center rounded-full border-2 border-ink-faint group-data-[selected]:border-brand"
            >
              <span className="size-2.5 rounded-full group-data-[selected]:bg-brand" />
            </span>
            <span className="flex flex-col">
              <span className="font-semibold">{option.label}</span>
              {option.text && <span className="text-ink-soft text-small">{option.text}</span>}
            </span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
