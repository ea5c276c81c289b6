import { FieldError } from 'react-aria-components/FieldError';
import { Text } from 'react-aria-components/Text';
import { TextArea as AriaTextArea } from 'react-aria-components/TextArea';
import { Label, TextField } from 'react-aria-components/TextField';

interface TextAreaProps {
  label: string;
  name?: string;
  help?: string | undefined;
  error?: string | undefined;
  /** Lines shown before it scrolls. */
  rows: number;
  maxLength: number;
  value: string;
  onChange(value: string): void;
}

/** A few sentences. */
export function TextArea({ label, help, error, rows, ...rest }: TextAreaProps) {
  return (
    <TextField {...rest} isInvalid={Boolean(error)} className="flex flex-col gap-1.5">
      <Label className="font-semibold">{label}</Label>
      <AriaTextArea
        rows={rows}
        className="w-full resize-y rounded-outer border border-ink-faint bg-sheet px-3.5 py-2.5 text-ink aria-invalid:border-urgent"
      />
      {help && !error && (
        <Text slot="description" className="text-ink-soft text-small">
          {help}
        </Text>
      )}
      <FieldError className="text-small text-urgent">{error}</FieldError>
    </TextField>
  );
}
