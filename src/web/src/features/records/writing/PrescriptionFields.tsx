import { useTranslation } from 'react-i18next';
import { TextArea } from '../../../primitives/TextArea';
import { TextField } from '../../../primitives/TextField';
import { addMedication, most, type PrescriptionForm } from '../model/form';
import { Lines } from './Lines';

export interface FieldsProps<F> {
  form: F;
  onChange(form: F): void;
  /** What is wrong with a field, by its place. */
  errorOf(at: string): string | undefined;
}

/** Which medicine, how much, how often, how long: texts, as on paper. */
export function PrescriptionFields({ form, onChange, errorOf }: FieldsProps<PrescriptionForm>) {
  const { t } = useTranslation();
  const { medications, notes } = form;
  return (
    <>
      <Lines
        lines={medications}
        most={most.medications}
        titleOf={(i) => t('record.medicineAt', { count: i + 1 })}
        removeWords={({ medication }) => t('record.removeMedicine', { name: medication || t('record.thisMedicine') })}
        addWords={t('record.addMedicine')}
        onAdd={() => onChange({ ...form, medications: addMedication(medications) })}
        onChange={(lines) => onChange({ ...form, medications: lines })}
      >
        {(line, i, change) => {
          const at = `prescription.medications[${i}]`;
          return (
            <div className="grid items-start gap-4 tablet:grid-cols-3">
              <div className="tablet:col-span-3">
                <TextField
                  label={t('record.medicine')}
                  help={t('record.medicineHelp')}
                  name={`${at}.medication`}
                  autoComplete="off"
                  value={line.medication}
                  onChange={(medication) => change({ medication })}
                  error={errorOf(`${at}.medication`)}
                />
              </div>
              <TextField
                label={t('record.dosage')}
                help={t('record.dosageHelp')}
                name={`${at}.dosage`}
                autoComplete="off"
                value={line.dosage}
                onChange={(dosage) => change({ dosage })}
                error={errorOf(`${at}.dosage`)}
              />
              <TextField
                label={t('record.frequency')}
                help={t('record.frequencyHelp')}
                name={`${at}.frequency`}
                autoComplete="off"
                value={line.frequency}
                onChange={(frequency) => change({ frequency })}
                error={errorOf(`${at}.frequency`)}
              />
              <TextField
                label={t('field.optional', { label: t('record.duration') })}
                help={t('record.durationHelp')}
                name={`${at}.duration`}
                autoComplete="off"
                value={line.duration}
                onChange={(duration) => change({ duration })}
                error={errorOf(`${at}.duration`)}
              />
              <div className="tablet:col-span-3">
                <TextField
                  label={t('field.optional', { label: t('record.notes') })}
                  name={`${at}.notes`}
                  autoComplete="off"
                  value={line.notes}
                  onChange={(about) => change({ notes: about })}
                  error={errorOf(`${at}.notes`)}
                />
              </div>
            </div>
          );
        }}
      </Lines>
      <TextArea
        label={t('field.optional', { label: t('record.notesAll') })}
        name="prescription.notes"
        rows={3}
        maxLength={most.notes}
        value={notes}
        onChange={(text) => onChange({ ...form, notes: text })}
        error={errorOf('prescription.notes')}
      />
    </>
  );
}
