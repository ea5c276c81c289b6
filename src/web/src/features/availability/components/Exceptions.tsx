import { CalendarOff, CalendarPlus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { capitalized, dayIn } from '../../../i18n/time';
import { Refused } from '../../../parts/Refused';
import { longDay } from '../../../parts/time';
import { Button, IconButton } from '../../../primitives/Button';
import { type HourSettings, type Rule, removeRule } from '../api/availability';
import { exceptionsFrom } from '../model/hours';
import { ExceptionDialog } from './ExceptionDialog';
import { useHourActs } from './useHourActs';

/** What is different on single dates: days off, and hours besides the usual ones. */
export function Exceptions({ rules, settings }: { rules: readonly Rule[]; settings: HourSettings }) {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  const { problem, act } = useHourActs();
  const today = dayIn(Date.now(), settings.timeZone);
  const items = exceptionsFrom(rules, today);
  return (
    <section className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="font-bold text-title">{t('hours.dates')}</h2>
        <Button look="quiet" onPress={() => setAdding(true)}>
          <CalendarOff aria-hidden="true" className="size-5" />
          {t('hours.addDate')}
        </Button>
      </div>
      <Refused problem={problem} />
      {items.length === 0 ? (
        <p className="text-ink-soft">{t('hours.noDates')}</p>
      ) : (
        <ul className="border-line border-t">
          {items.map((rule) => {
            const day = capitalized(longDay(rule.exceptionDate ?? today));
            const Sign = rule.isAvailable ? CalendarPlus : CalendarOff;
            return (
              <li key={rule.id} className="flex min-h-14 items-center gap-3 border-line border-b py-1.5">
                <Sign
                  aria-hidden="true"
                  className={`size-5 shrink-0 ${rule.isAvailable ? 'text-done' : 'text-ink-soft'}`}
                />
                <span className="min-w-0 flex-1">
                  <span className="font-semibold">{day}</span>
                  <span className="text-ink-soft">
                    {' · '}
                    {rule.startTime === null
                      ? t('hours.closedAllDay')
                      : t(rule.isAvailable ? 'hours.extraSpan' : 'hours.closedSpan', {
                          from: rule.startTime,
                          to: rule.endTime,
                        })}
                  </span>
                </span>
                <IconButton label={t('hours.removeDate', { day })} onPress={() => void act(() => removeRule(rule.id))}>
                  <Trash2 aria-hidden="true" className="size-5" />
                </IconButton>
              </li>
            );
          })}
        </ul>
      )}
      {adding && <ExceptionDialog today={today} settings={settings} onClose={() => setAdding(false)} />}
    </section>
  );
}
