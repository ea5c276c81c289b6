import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refused } from '../../../parts/Refused';
import type { Day } from '../../../parts/time';
import { Choice } from '../../../primitives/Choice';
import { FormDialog } from '../../../primitives/FormDialog';
import { TextField } from '../../../primitives/TextField';
import { addRule, type HourSettings } from '../api/availability';
import { datesBetween, endTimeOf, hoursFault, longestClosing } from '../model/hours';
import { useHourActs } from './useHourActs';

interface ExceptionDialogProps {
  today: Day;
  settings: HourSettings;
  onClose(): void;
}

type Kind = 'days' | 'part' | 'extra';
const kinds: readonly Kind[] = ['days', 'part', 'extra'];

/** Closes dates, whole or in part, or opens hours that are not there otherwise. */
export function ExceptionDialog({ today, settings, onClose }: ExceptionDialogProps) {
  const { t } = useTranslation();
  const { busy, problem, act } = useHourActs();
  const [kind, setKind] = useState<Kind>('days');
  const [first, setFirst] = useState('');
  const [last, setLast] = useState('');
  const [start, setStart] = useState('09:00');
  const [end, setEnd] = useState('12:00');
  const [asked, setAsked] = useState(false);
  const dates = datesBetween(first, kind === 'days' ? last : '');
  const past = Boolean(first) && first < today;
  const fault = kind === 'days' ? null : hoursFault(start, end, kind === 'extra' ? settings.slotDuration : null);

  async function submit() {
    setAsked(true);
    if (!dates || past || fault) return;
    const times = kind === 'days' ? {} : { startTime: start, endTime: endTimeOf(end) };
    const done = await act(async () => {
      for (const exceptionDate of dates) {
        await addRule({ isException: true, exceptionDate, isAvailable: kind === 'extra', ...times });
        // What is closed already stays closed if a later day is refused; the form then begins after it.
        setFirst(exceptionDate);
      }
    });
    if (done) onClose();
  }

  return (
    <FormDialog
      title={t('hours.addDate')}
      submit={t(kind === 'extra' ? 'hours.openSubmit' : 'hours.closeSubmit')}
      busy={busy && t('action.saving')}
      onSubmit={submit}
      onClose={onClose}
    >
      <Choice<Kind>
        label={t('hours.what')}
        value={kind}
        options={kinds.map((value) => ({ value, label: t(`hours.kind.${value}`) }))}
        onChange={setKind}
      />
      <div className="grid items-start gap-4 tablet:grid-cols-2">
        <TextField
          label={t(kind === 'days' ? 'hours.firstDay' : 'hours.date')}
          type="date"
          value={first}
          onChange={setFirst}
          error={
            asked && !first ? t('field.missing') : past ? t('hours.fault.past') : problem?.errors.exceptionDate?.[0]
          }
        />
        {kind === 'days' && (
          <TextField
            label={t('hours.lastDay')}
            help={t('hours.lastDayHelp')}
            type="date"
            value={last}
            onChange={setLast}
            error={asked && first && !dates ? t('hours.fault.dates', { count: longestClosing }) : undefined}
          />
        )}
      </div>
      {kind !== 'days' && (
        <div className="grid grid-cols-2 items-start gap-4">
          <TextField label={t('hours.from')} type="time" value={start} onChange={setStart} />
          <TextField
            label={t('hours.to')}
            type="time"
            value={end}
            onChange={setEnd}
            error={asked && fault ? t(`hours.fault.${fault}`) : problem?.errors.endTime?.[0]}
          />
        </div>
      )}
      {kind !== 'extra' && <p className="text-ink-soft text-small">{t('hours.bookedStay')}</p>}
      <Refused problem={problem} shown={['exceptionDate', 'endTime']} />
    </FormDialog>
  );
}
