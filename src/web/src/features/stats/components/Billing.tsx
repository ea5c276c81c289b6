import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../hooks/useAct';
import { capitalized } from '../../../i18n/time';
import { download } from '../../../parts/download';
import { Loaded } from '../../../parts/Loaded';
import { type Month, monthName } from '../../../parts/months';
import { Refused } from '../../../parts/Refused';
import { dayAndMonth, minutesInWords } from '../../../parts/time';
import { formatKey } from '../../../parts/visit';
import { Button } from '../../../primitives/Button';
import { SelectField } from '../../../primitives/SelectField';
import { billingFile, useBilling } from '../api/reports';

/** A month visit by visit, for the books: when, how, how long. Without a name, as books leave the house. */
export function Billing({ months }: { months: readonly Month[] }) {
  const { t } = useTranslation();
  // The month that was just completed is the one that is billed.
  const [period, setPeriod] = useState(months.at(-2) ?? months.at(-1) ?? '');
  const billing = useBilling(period);
  const { busy, problem, run } = useAct();
  return (
    <section className="flex flex-col gap-5">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div className="flex flex-col gap-1">
          <h2 className="font-bold text-title">{t('stats.billing')}</h2>
          <p className="measure text-ink-soft">{t('stats.billingText')}</p>
        </div>
        <div className="flex flex-wrap items-end gap-3">
          <SelectField
            label={t('chart.month')}
            value={period}
            options={[...months].reverse().map((value) => ({ value, label: capitalized(monthName(value)) }))}
            onChange={setPeriod}
          />
          <Button
            look="quiet"
            busy={busy && t('chart.preparing')}
            onPress={() => void run(() => download(billingFile(period), `billing-${period}.csv`))}
          >
            <Download aria-hidden="true" className="size-5" />
            {t('chart.csv')}
          </Button>
        </div>
      </div>
      <Refused problem={problem} />
      <Loaded query={billing} lines={['h-8 w-full', 'h-8 w-11/12', 'h-8 w-full']}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-ink-soft text-large">{t('stats.noVisits')}</p>
          ) : (
            <div className="overflow-x-auto">
              <table aria-label={t('stats.billing')} className="w-full text-right">
                <thead>
                  <tr className="border-line border-b text-ink-soft text-small">
                    {(['date', 'format', 'plannedTime', 'actualTime'] as const).map((name, index) => (
                      <th
                        key={name}
                        scope="col"
                        className={`py-2 font-semibold ${index < 2 ? 'pr-4 text-left' : 'pl-4'}`}
                      >
                        {t(`stats.${name}`)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {items.map((line, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name and no id, and never change their order.
                    <tr key={index} className="border-line border-b">
                      <th scope="row" className="py-2 pr-4 text-left font-normal">
                        {dayAndMonth(line.date.slice(0, 10))}
                      </th>
                      <td className="py-2 pr-4 text-left">{capitalized(t(formatKey(line.format)))}</td>
                      <td className="py-2 pl-4">{minutesInWords(line.plannedMinutes)}</td>
                      <td className="py-2 pl-4">{minutesInWords(line.actualMinutes)}</td>
                    </tr>
                  ))}
                </tbody>
                <tfoot>
                  <tr className="font-semibold">
                    <th scope="row" className="py-2 pr-4 text-left">
                      {t('stats.total', { count: items.length })}
                    </th>
                    <td />
                    <td className="py-2 pl-4">{sumOf('plannedMinutes')}</td>
                    <td className="py-2 pl-4">{sumOf('actualMinutes')}</td>
                  </tr>
                </tfoot>
              </table>
            </div>
          )
        }
      </Loaded>
    </section>
  );

  function sumOf(name: 'plannedMinutes' | 'actualMinutes') {
    return minutesInWords((billing.data?.items ?? []).reduce((sum, line) => sum + line[name], 0));
  }
}
