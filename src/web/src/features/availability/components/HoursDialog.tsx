import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refused } from '../../../parts/Refused';
import { minutesInWords } from '../../../parts/time';
import { Chips } from '../../../primitives/Chips';
import { FormDialog } from '../../../primitives/FormDialog';
import { SelectField } from '../../../primitives/SelectField';
import { TextField } from '../../../primitives/TextField';
import { addRule, changeRule, type HourSettings, type Rule } from '../api/availability';
import { endTimeOf, fieldTimeOf, fitting, hoursFault, weekdays } from '../model/hours';
import { lengths } from '../model/lengths';
import { nameOf, shortNameOf } from '../model/weekdays';
import { useHourActs } from './useHourActs';

interface HoursDialogProps {
  /** The hours that change, or the weekday that new ones are for. */
  from: Rule | number;
  settings: HourSettings;
  onClose(): void;
}

const usual = 'usual';

/** Hours of one weekday, or the same for several at once. */
export function HoursDialog({ from, settings, onClose }: HoursDialogProps) {
  const { t } = useTranslation();
  const { busy, problem, act } = useHourActs();
  const rule = typeof from === 'number' ? null : from;
  const [days, setDays] = useState<string[]>(typeof from === 'number' ? [String(from)] : []);
  const [start, setStart] = useState(rule?.startTime ?? '09:00');
  const [end, setEnd] = useState(fieldTimeOf(rule?.endTime ?? '12:00'));
  const [length, setLength] = useState(rule?.slotDuration?.toString() ?? usual);
  const [asked, setAsked] = useState(false);
  const minutes = length === usual ? settings.slotDuration : Number(length);
  const fault = hoursFault(start, end, minutes);
  const noDay = rule === null && days.length === 0;
  const count = fitting(start, end, minutes, settings.bufferMinutes);

  async function submit() {
    setAsked(true);
    if (fault || noDay) return;
    const hours = { startTime: start, endTime: endTimeOf(end), slotDuration: minutes };
    const done = await act(async () => {
      if (rule) return await changeRule(rule.id, hours);
      // One after another: where a day is refused, those before it stand and leave the form.
      for (const day of days) {
        await addRule({ dayOfWeek: Number(day), ...hours });
        setDays((left) => left.filter((one) => one !== day));
      }
    });
    if (done) onClose();
  }

  return (
    <FormDialog
      title={rule ? t('hours.changeTitle', { day: nameOf(rule.dayOfWeek ?? 0) }) : t('hours.add')}
      submit={t('action.save')}
      busy={busy && t('action.saving')}
      onSubmit={submit}
      onClose={onClose}
    >
      {!rule && (
        <Chips
          label={t('hours.days')}
          options={weekdays.map((day) => ({ value: String(day), label: shortNameOf(day) }))}
          chosen={days}
          onChange={setDays}
          error={asked && noDay ? t('hours.fault.day') : undefined}
        />
      )}
      <div className="grid grid-cols-2 items-start gap-4">
        <TextField
          label={t('hours.from')}
          type="time"
          value={start}
          onChange={setStart}
          error={asked && fault === 'missing' && !start ? t('field.missing') : problem?.errors.startTime?.[0]}
        />
        <TextField
          label={t('hours.to')}
          type="time"
          value={end}
          onChange={setEnd}
          error={asked && fault ? t(`hours.fault.${fault}`) : problem?.errors.endTime?.[0]}
        />
      </div>
      <SelectField
        label={t('hours.length')}
        value={length}
        options={[
          { value: usual, label: t('hours.usual', { length: minutesInWords(settings.slotDuration) }) },
          ...lengths(rule?.slotDuration).map((value) => ({ value: String(value), label: minutesInWords(value) })),
        ]}
        onChange={setLength}
      />
      <p role="status" className="text-ink-soft">
        {fault === null && t('hours.fits', { count, length: minutesInWords(minutes) })}
      </p>
      <Refused problem={problem} shown={['startTime', 'endTime']} />
    </FormDialog>
  );
}
