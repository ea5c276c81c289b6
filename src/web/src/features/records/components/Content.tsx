import { useTranslation } from 'react-i18next';
import { type ExamValue, type Medication, type Said, valueFlags } from '../api/records';

/** All that a record says, in the order in which it is read. */
export function Content({ said: { prescription, exam } }: { said: Said }) {
  const { t } = useTranslation();
  return (
    <div className="flex flex-col gap-6">
      {prescription?.medications && (
        <ul aria-label={t('record.medications')} className="border-line border-t">
          {prescription.medications.map((line) => (
            <Dose key={Object.values(line).join('\n')} line={line} />
          ))}
        </ul>
      )}
      {prescription?.notes && <p className="measure whitespace-pre-line">{prescription.notes}</p>}
      {exam?.conclusion && (
        <div className="flex flex-col gap-1 border-brand border-l-2 pl-4">
          <h3 className="text-ink-soft">{t('record.conclusion')}</h3>
          <p className="measure whitespace-pre-line text-large">{exam.conclusion}</p>
        </div>
      )}
      {exam?.values && exam.values.length > 0 && (
        <ul aria-label={t('record.values')} className="border-line border-t">
          {exam.values.map((value) => (
            <Measured key={Object.values(value).join('\n')} value={value} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Dose({ line: { medication, dosage, frequency, duration, notes } }: { line: Medication }) {
  const { t } = useTranslation();
  const facts = [
    [t('record.dosage'), dosage],
    [t('record.frequency'), frequency],
    [t('record.duration'), duration],
  ] as const;
  return (
    <li className="flex flex-col gap-2 border-line border-b py-4">
      <p className="break-words font-bold text-title">{medication}</p>
      <dl className="grid gap-x-6 gap-y-1.5 max-tablet:grid-cols-[auto_1fr] tablet:grid-cols-3">
        {facts.map(
          ([name, text]) =>
            text && (
              <div key={name} className="max-tablet:contents">
                <dt className="text-ink-soft text-small max-tablet:pt-0.5">{name}</dt>
                <dd className="break-words font-semibold">{text}</dd>
              </div>
            ),
        )}
      </dl>
      {notes && <p className="measure whitespace-pre-line text-ink-soft">{notes}</p>}
    </li>
  );
}

/** Said in words and, where it is far off, in colour too. */
function Measured({ value: { name, value, unit, referenceRange, flag } }: { value: ExamValue }) {
  const { t } = useTranslation();
  const known = valueFlags.find((one) => one === flag);
  const tone = known?.startsWith('critical') ? 'text-urgent' : known === 'normal' ? 'text-done' : 'text-waiting';
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-6 border-line border-b py-3 tablet:grid-cols-[minmax(0,1fr)_auto_12rem]">
      <span className="break-words text-large">{name}</span>
      <span className="text-right">
        <strong className="text-large">{value}</strong> {unit}
      </span>
      <span className="flex flex-wrap gap-x-3 text-small max-tablet:col-span-2 tablet:flex-col">
        {known && <span className={`font-semibold ${tone}`}>{t(`record.flag.${known}`)}</span>}
        {referenceRange && <span className="text-ink-soft">{t('record.range', { range: referenceRange })}</span>}
      </span>
    </li>
  );
}
