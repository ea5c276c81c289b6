import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../../../i18n';
import { MonthChart } from '../../../parts/MonthChart';
import { addMonths, monthOf, monthsUpTo } from '../../../parts/months';
import { minutesInWords } from '../../../parts/time';
import type { MonthFigure } from '../api/operations';
import { platformFile } from '../api/usage';
import { MonthFile } from '../components/MonthFile';

/** The platform's months that are over, as charts, and one of them to take away. */
export function MonthFigures({ figures }: { figures: readonly MonthFigure[] }) {
  const { t } = useTranslation();
  const [last] = useState(() => addMonths(monthOf(Date.now()), -1));
  const months = figures.map(({ period }) => period).sort();
  const [period, setPeriod] = useState(months.at(-1) ?? last);
  const number = new Intl.NumberFormat(currentLanguage());
  const of = (name: 'consultationCount' | 'totalDurationMinutes') => (month: string) =>
    figures.find((one) => one.period === month)?.[name] ?? null;
  return (
    <section className="flex flex-col gap-8">
      <div className="flex flex-col gap-1">
        <h2 className="font-bold text-title">{t('figures.months')}</h2>
        <p className="text-ink-soft">{t('figures.monthsText')}</p>
      </div>
      {months.length > 0 && (
        <>
          <MonthChart
            title={t('figures.held')}
            months={months}
            say={number.format}
            series={[{ label: t('figures.held'), look: 'full', at: of('consultationCount') }]}
          />
          <MonthChart
            title={t('figures.minutes')}
            months={months}
            unit={60}
            say={(minutes) => minutesInWords(minutes)}
            sayAxis={(hours) => t('figures.hours', { hours: number.format(hours) })}
            series={[{ label: t('figures.minutes'), look: 'full', at: of('totalDurationMinutes') }]}
          />
        </>
      )}
      <div className="flex flex-col gap-3">
        <h3 className="font-semibold">{t('figures.billing')}</h3>
        <MonthFile
          months={monthsUpTo(last, 24)}
          period={period}
          onChange={setPeriod}
          file={platformFile(period)}
          name={`billing-${period}.csv`}
        />
      </div>
    </section>
  );
}
