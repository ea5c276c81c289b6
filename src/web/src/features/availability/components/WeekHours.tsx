import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { capitalized } from '../../../i18n/time';
import { Button } from '../../../primitives/Button';
import type { HourSettings, Rule } from '../api/availability';
import { ofWeekday, weekdays } from '../model/hours';
import { nameOf } from '../model/weekdays';
import { DayStrip, StripHours } from './DayStrip';
import { HoursDialog } from './HoursDialog';
import { RuleLine } from './RuleLine';

/** The week as it always is: each day's hours, drawn and written. */
export function WeekHours({ rules, settings }: { rules: readonly Rule[]; settings: HourSettings }) {
  const { t } = useTranslation();
  const [form, setForm] = useState<Rule | number | null>(null);
  return (
    <section className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="font-bold text-title">{t('hours.week')}</h2>
        <Button look="quiet" onPress={() => setForm(1)}>
          <Plus aria-hidden="true" className="size-5" />
          {t('hours.add')}
        </Button>
      </div>
      <div className="grid gap-x-5 max-tablet:hidden tablet:grid-cols-[7rem_1fr]">
        <span />
        <StripHours />
      </div>
      <ul className="-mt-3 border-line border-t">
        {weekdays.map((weekday) => {
          const own = ofWeekday(rules, weekday);
          const name = nameOf(weekday);
          return (
            <li
              key={weekday}
              className="grid items-start gap-x-5 gap-y-1 border-line border-b py-2.5 tablet:grid-cols-[7rem_1fr]"
            >
              <h3 className="font-semibold tablet:py-2.5">{capitalized(name)}</h3>
              <div className="flex flex-col gap-1.5">
                {own.length === 0 ? (
                  <div className="flex min-h-11 items-center justify-between gap-3">
                    <span className="text-ink-soft">{t('hours.closed')}</span>
                    <Button look="plain" aria-label={t('hours.addDay', { day: name })} onPress={() => setForm(weekday)}>
                      {t('hours.open')}
                    </Button>
                  </div>
                ) : (
                  <>
                    <DayStrip rules={own} />
                    <ul>
                      {own.map((rule) => (
                        <RuleLine
                          key={rule.id}
                          rule={rule}
                          day={name}
                          settings={settings}
                          onEdit={() => setForm(rule)}
                        />
                      ))}
                    </ul>
                  </>
                )}
              </div>
            </li>
          );
        })}
      </ul>
      {form !== null && <HoursDialog from={form} settings={settings} onClose={() => setForm(null)} />}
    </section>
  );
}
