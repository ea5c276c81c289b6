import type { ReactNode } from 'react';
import { FieldError } from 'react-aria-components/FieldError';
import { Text } from 'react-aria-components/Text';
import {
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  Input,
  Label,
} from 'react-aria-components/TextField';

export interface TextFieldProps extends Omit<AriaTextFieldProps, 'className' | 'style' | 'children'> {
  label: string;
  /** What helps to fill it in, below the field. */
  help?: string | undefined;
  /** Words of what is wrong, beside the field. */
  error?: string | undefined;
  /** Taken letter by letter: the device neither capitalizes nor corrects. */
  verbatim?: boolean;
  /** A control at the end of the field. */
  end?: ReactNode;
}

export function TextField({ label, help, error, verbatim, end, ...rest }: TextFieldProps) {
  return (
    <AriaTextField {...rest} isInvalid={Boolean(error)} className="flex flex-col gap-1.5">
      <Label className="font-semibold">{label}</Label>
      <div className="relative">
        <Input
          {...(verbatim && { autoCapitalize: 'none', autoCorrect: 'off', spellCheck: false })}
          className={`min-h-12 w-full rounded-outer border border-ink-faint bg-sheet px-3.5 text-ink invalid:border-urgent aria-invalid:border-urgent ${end ? 'pr-13' : ''}`}
        />
        {end && <div className="absolute inset-y-0 right-0.5 grid place-items-center">{end}</div>}
      </div>
      {help && !error && (
        <Text slot="description" className="text-ink-soft text-small">
          {help}
        </Text>
      )}
      <FieldError className="text-small text-urgent">{error}</FieldError>
    </AriaTextField>
  );
}
