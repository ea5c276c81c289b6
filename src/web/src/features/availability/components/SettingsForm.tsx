import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryKeys } from '../../../api/queryKeys';
import { focusFault } from '../../../hooks/focusFault';
import { Refused } from '../../../parts/Refused';
import { SaveRow } from '../../../parts/SaveRow';
import { minutesInWords } from '../../../parts/time';
import { timeZones } from '../../../parts/zones';
import { Choice } from '../../../primitives/Choice';
import { SelectField } from '../../../primitives/SelectField';
import { changeHourSettings, type HourSettings } from '../api/availability';
import { lengths } from '../model/lengths';
import { useHourActs } from './useHourActs';

type Numbers = {
  [Name in keyof HourSettings]: HourSettings[Name] extends number ? Name : never;
}[keyof HourSettings];

const hour = 60;
const day = 24 * hour;
const offered: Record<Exclude<Numbers, 'slotDuration'>, readonly number[]> = {
  bufferMinutes: [0, 5, 10, 15, 20, 30],
  minimumNoticeMinutes: [0, 30, hour, 2 * hour, 4 * hour, 12 * hour, day, 2 * day],
  maximumHorizonDays: [7, 14, 30, 60, 90, 180, 365],
  cancellationDeadlineMinutes: [0, hour, 2 * hour, 4 * hour, 12 * hour, day, 2 * day],
};

/** How bookings are taken: lengths, pauses, how late and how far ahead, and whether by themselves. */
export function SettingsForm({ settings }: { settings: HourSettings }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { busy, problem, act } = useHourActs();
  const [text, setText] = useState(settings);
  const [saved, setSaved] = useState(false);

  function change(part: Partial<HourSettings>) {
    setSaved(false);
    setText({ ...text, ...part });
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const done = await act(async () => queries.setQueryData(queryKeys.hourSettings, await changeHourSettings(text)));
    if (!done) return focusFault(form);
    setSaved(true);
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-5">
      <h2 className="font-bold text-title">{t('hours.settings')}</h2>
      <Refused problem={problem} />
      <div className="grid items-end gap-5 tablet:grid-cols-2">
        <SelectField
          label={t('hours.slotDuration')}
          value={String(text.slotDuration)}
          options={lengths(settings.slotDuration).map((value) => ({
            value: String(value),
            label: minutesInWords(value),
          }))}
          onChange={(value) => change({ slotDuration: Number(value) })}
        />
        {number('bufferMinutes', (value) => (value === 0 ? t('hours.noPause') : minutesInWords(value)))}
        {number('minimumNoticeMinutes', (value) => (value === 0 ? t('hours.noNotice') : words(value)))}
        {number('maximumHorizonDays', (value) => t('hours.ahead', { count: value }))}
        {number('cancellationDeadlineMinutes', (value) => (value === 0 ? t('hours.noDeadline') : words(value)))}
        <SelectField
          label={t('hours.timeZone')}
          value={text.timeZone}
          options={timeZones(settings.timeZone)}
          onChange={(timeZone) => change({ timeZone })}
        />
      </div>
      <Choice
        label={t('hours.confirmation')}
        value={text.confirmation}
        options={(['AUTOMATIC', 'MANUAL'] as const).map((value) => ({
          value,
          label: t(`hours.confirmation.${value}`),
          text: t(`hours.confirmation.${value}.text`),
        }))}
        onChange={(confirmation) => change({ confirmation })}
      />
      <SaveRow busy={busy} saved={saved} />
    </form>
  );

  function number(name: keyof typeof offered, label: (value: number) => string) {
    const values = [...new Set([...offered[name], settings[name]])].sort((a, b) => a - b);
    return (
      <SelectField
        label={t(`hours.${name}`)}
        value={String(text[name])}
        options={values.map((value) => ({ value: String(value), label: label(value) }))}
        onChange={(value) => change({ [name]: Number(value) })}
      />
    );
  }

  function words(minutes: number) {
    return minutes >= day && minutes % day === 0
      ? t('hours.dayCount', { count: minutes / day })
      : minutesInWords(minutes);
  }
}
