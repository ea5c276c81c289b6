import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTitle } from '../../hooks/useTitle';
import { currentLanguage } from '../../i18n';
import { Loaded } from '../../parts/Loaded';
import { MonthChart } from '../../parts/MonthChart';
import { monthOf, monthsUpTo } from '../../parts/months';
import { minutesInWords } from '../../parts/time';
import { Segments } from '../../primitives/Segments';
import { type MonthStats, useMonths } from './api/reports';
import { Billing } from './components/Billing';

const spans = ['6', '12', '24'] as const;

/** Answers one question: how much work was it. Counted by the server's own times; nobody's name is here. */
export function StatsPage() {
  const { t } = useTranslation();
  const [count, setCount] = useState<(typeof spans)[number]>('12');
  const [now] = useState(Date.now);
  const months = monthsUpTo(monthOf(now), Number(count));
  const stats = useMonths(months[0] ?? '', months.at(-1) ?? '');
  useTitle(t('stats.title'));
  return (
    <div className="mx-auto flex w-full max-w-5xl flex-col gap-10">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div className="measure flex flex-col gap-1">
          <h1 className="font-bold text-lead">{t('stats.title')}</h1>
          <p className="text-ink-soft">{t('stats.text')}</p>
        </div>
        <Segments<(typeof spans)[number]>
          label={t('stats.span')}
          quiet
          value={count}
          options={spans.map((value) => ({ value, label: t('stats.months', { count: Number(value) }) }))}
          onChange={setCount}
        />
      </div>
      <Loaded query={stats} lines={['h-24 w-full', 'h-56 w-full']}>
        {(list) => <Charts months={months} stats={list} />}
      </Loaded>
      <Billing months={monthsUpTo(monthOf(now), 24)} />
    </div>
  );
}

function Charts({ months, stats }: { months: readonly string[]; stats: readonly MonthStats[] }) {
  const { t } = useTranslation();
  const of = (name: Exclude<keyof MonthStats, 'period'>) => (month: string) =>
    stats.find(({ period }) => period === month)?.[name] ?? 0;
  const sum = (name: Exclude<keyof MonthStats, 'period'>) => months.map(of(name)).reduce((a, b) => a + b, 0);
  const number = new Intl.NumberFormat(currentLanguage());
  const all = sum('count') + sum('noShows');
  const totals: [string, string][] = [
    [t('stats.count'), number.format(sum('count'))],
    [t('stats.time'), minutesInWords(Math.round(sum('actualMinutes')))],
    [t('stats.average'), sum('count') > 0 ? minutesInWords(Math.round(sum('actualMinutes') / sum('count'))) : '–'],
    [
      t('stats.missedShare'),
      all > 0
        ? new Intl.NumberFormat(currentLanguage(), { style: 'percent', maximumFractionDigits: 1 }).format(
            sum('noShows') / all,
          )
        : '–',
    ],
  ];
  return (
    <>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-5 border-line border-y py-5 tablet:grid-cols-4">
        {totals.map(([name, value]) => (
          <div key={name} className="flex flex-col-reverse justify-end">
            <dt className="text-ink-soft text-small">{name}</dt>
            <dd className="font-bold text-lead">{value}</dd>
          </div>
        ))}
      </dl>
      <div className="grid gap-x-14 gap-y-10 desk:grid-cols-2">
        <MonthChart
          title={t('stats.visits')}
          months={months}
          stacked
          say={number.format}
          series={[
            { label: t('stats.held'), look: 'full', at: of('count') },
            { label: t('stats.noShows'), look: 'striped', at: of('noShows') },
            { label: t('stats.cancelled'), look: 'soft', at: of('cancelled') },
          ]}
        />
        <MonthChart
          title={t('stats.hours')}
          months={months}
          say={(minutes) => minutesInWords(Math.round(minutes))}
          unit={60}
          sayAxis={(hours) => t('stats.hoursAxis', { hours: number.format(hours) })}
          series={[
            { label: t('stats.planned'), look: 'soft', at: of('plannedMinutes') },
            { label: t('stats.actual'), look: 'full', at: of('actualMinutes') },
          ]}
        />
      </div>
    </>
  );
}
