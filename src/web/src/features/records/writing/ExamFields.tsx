import { useTranslation } from 'react-i18next';
import { DateField } from '../../../primitives/DateField';
import { SelectField } from '../../../primitives/SelectField';
import { TextArea } from '../../../primitives/TextArea';
import { TextField } from '../../../primitives/TextField';
import { type ValueFlag, valueFlags } from '../api/records';
import { addValue, type ExamForm, most } from '../model/form';
import { Lines } from './Lines';
import type { FieldsProps } from './PrescriptionFields';

/** Which exam, when, what was measured, and what follows of it. */
export function ExamFields({ form, today, onChange, errorOf }: FieldsProps<ExamForm> & { today: string }) {
  const { t } = useTranslation();
  const { exam, date, values, conclusion } = form;
  return (
    <>
      <div className="grid items-start gap-4 tablet:grid-cols-[1fr_14rem]">
        <TextField
          label={t('record.examName')}
          help={t('record.examHelp')}
          name="exam.exam"
          autoComplete="off"
          value={exam}
          onChange={(text) => onChange({ ...form, exam: text })}
          error={errorOf('exam.exam')}
        />
        <DateField
          label={t('record.examDate')}
          name="exam.date"
          max={today}
          value={date}
          onChange={(day) => onChange({ ...form, date: day })}
          error={errorOf('exam.date')}
        />
      </div>
      <Lines
        lines={values}
        most={most.values}
        mayBeEmpty
        titleOf={(i) => t('record.valueAt', { count: i + 1 })}
        removeWords={({ name }) => t('record.removeValue', { name: name || t('record.thisValue') })}
        addWords={t('record.addValue')}
        onAdd={() => onChange({ ...form, values: addValue(values) })}
        onChange={(lines) => onChange({ ...form, values: lines })}
      >
        {(line, i, change) => {
          const at = `exam.values[${i}]`;
          return (
            <div className="grid grid-cols-2 items-start gap-4 tablet:grid-cols-6">
              <div className="col-span-2 tablet:col-span-6">
                <TextField
                  label={t('record.valueName')}
                  name={`${at}.name`}
                  autoComplete="off"
                  value={line.name}
                  onChange={(name) => change({ name })}
                  error={errorOf(`${at}.name`)}
                />
              </div>
              <TextField
                label={t('record.value')}
                name={`${at}.value`}
                autoComplete="off"
                verbatim
                value={line.value}
                onChange={(value) => change({ value })}
                error={errorOf(`${at}.value`)}
              />
              <TextField
                label={t('record.unit')}
                name={`${at}.unit`}
                autoComplete="off"
                verbatim
                value={line.unit}
                onChange={(unit) => change({ unit })}
                error={errorOf(`${at}.unit`)}
              />
              <div className="col-span-2">
                <TextField
                  label={t('record.rangeLabel')}
                  name={`${at}.referenceRange`}
                  autoComplete="off"
                  verbatim
                  value={line.referenceRange}
                  onChange={(referenceRange) => change({ referenceRange })}
                  error={errorOf(`${at}.referenceRange`)}
                />
              </div>
              <div className="col-span-2">
                <SelectField<ValueFlag | ''>
                  label={t('record.flagLabel')}
                  value={line.flag}
                  options={[
                    { value: '', label: t('record.noFlag') },
                    ...valueFlags.map((value) => ({ value, label: t(`record.flag.${value}`) })),
                  ]}
                  onChange={(flag) => change({ flag })}
                />
              </div>
            </div>
          );
        }}
      </Lines>
      <TextArea
        label={t('record.conclusion')}
        name="exam.conclusion"
        rows={4}
        maxLength={most.notes}
        value={conclusion}
        onChange={(text) => onChange({ ...form, conclusion: text })}
        error={errorOf('exam.conclusion')}
      />
    </>
  );
}
