import { useTranslation } from 'react-i18next';
import { TextField } from '../../../primitives/TextField';
import type { Placing } from '../hooks/usePlacing';

/** The number of the file for which something is kept. */
export function FileNumber({ placing: { reference, setReference, fault } }: { placing: Placing }) {
  const { t } = useTranslation();
  return (
    <TextField
      label={t('hold.reference')}
      help={t('hold.referenceHelp')}
      name="reference"
      autoComplete="off"
      verbatim
      value={reference}
      onChange={setReference}
      error={fault}
    />
  );
}
