import type { ReactNode } from 'react';
import { FieldError } from 'react-aria-components/FieldError';
import {
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  Input,
  Label,
} from 'react-aria-components/TextField';

interface TextFieldProps extends Omit<AriaTextFieldProps, 'className' | 'style' | 'children'> {
  label: string;
  /** Words of what is wrong, beside the field. */
  error?: string | undefined;
  /** A control at the end of the field. */
  end?: ReactNode;
}

export function TextField({ label, error, end, ...rest }: TextFieldProps) {
  return (
    <AriaTextField {...rest} isInvalid={Boolean(error)} className="flex flex-col gap-1.5">
      <Label className="font-semibold">{label}</Label>
      <div className="relative">
        <Input
          className={`min-h-12 w-full rounded-outer border border-ink-faint bg-sheet px-3.5 text-ink invalid:border-urgent aria-invalid:border-urgent ${end ? 'pr-13' : ''}`}
        />
        {end && <div className="absolute inset-y-0 right-0.5 grid place-items-center">{end}</div>}
      </div>
      <FieldError className="text-small text-urgent">{error}</FieldError>
    </AriaTextField>
  );
}
