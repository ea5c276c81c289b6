import { useTranslation } from 'react-i18next';
import { TextField } from '../../../primitives/TextField';

interface Names {
  firstName: string;
  lastName: string;
}

interface NameFieldsProps {
  value: Names;
  onChange(value: Names): void;
  words: { text(name: string, value: string): string | undefined };
}

/** First and last name, side by side where there is room. */
export function NameFields({ value, onChange, words }: NameFieldsProps) {
  const { t } = useTranslation();
  return (
    <div className="grid items-start gap-5 tablet:grid-cols-2">
      <TextField
        label={t('field.firstName')}
        name="given-name"
        autoComplete="given-name"
        value={value.firstName}
        onChange={(firstName) => onChange({ ...value, firstName })}
        error={words.text('firstName', value.firstName)}
      />
      <TextField
        label={t('field.lastName')}
        name="family-name"
        autoComplete="family-name"
        value={value.lastName}
        onChange={(lastName) => onChange({ ...value, lastName })}
        error={words.text('lastName', value.lastName)}
      />
    </div>
  );
}
