import { Switch as AriaSwitch } from 'react-aria-components/Switch';

interface SwitchProps {
  label: string;
  /** What it means when it is on. */
  help?: string;
  on: boolean;
  disabled?: boolean;
  onChange(on: boolean): void;
}

/** On or off, at once. */
export function Switch({ label, help, on, disabled, onChange }: SwitchProps) {
  return (
    <AriaSwitch
      isSelected={on}
      isDisabled={disabled ?? false}
      onChange={onChange}
      className="group flex min-h-11 cursor-pointer items-start gap-3 rounded-outer py-2"
    >
      <span
        aria-hidden="true"
        className="mt-0.5 flex h-6 w-10 shrink-0 items-center rounded-full border border-ink-faint bg-well p-0.5 transition-colors duration-150 group-data-[selected]:border-brand group-data-[selected]:bg-brand group-data-[focus-visible]:outline-3 group-data-[focus-visible]:outline-brand group-data-[focus-visible]:outline-offset-2"
      >
        <span className="size-4.5 rounded-full bg-ink-faint transition-transform duration-150 group-data-[selected]:translate-x-4 group-data-[selected]:bg-on-brand" />
      </span>
      <span className="flex flex-col">
        <span className="font-semibold">{label}</span>
        {help && <span className="text-ink-soft text-small">{help}</span>}
      </span>
    </AriaSwitch>
  );
}
