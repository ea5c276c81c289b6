import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './Button';
import { TextField, type TextFieldProps } from './TextField';

type PasswordFieldProps = Omit<TextFieldProps, 'type' | 'end'> & {
  /** `current` offers what the device keeps, `new` lets it make one. */
  purpose: 'current' | 'new';
};

/** A password, which its writer may look at. */
export function PasswordField({ purpose, ...rest }: PasswordFieldProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  const Sign = shown ? EyeOff : Eye;
  return (
    <TextField
      {...rest}
      type={shown ? 'text' : 'password'}
      name={`${purpose}-password`}
      autoComplete={`${purpose}-password`}
      verbatim
      end={
        <IconButton label={t(shown ? 'signIn.hide' : 'signIn.show')} onPress={() => setShown(!shown)}>
          <Sign aria-hidden="true" className="size-5" />
        </IconButton>
      }
    />
  );
}
