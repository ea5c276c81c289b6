import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWidth } from '../hooks/useWidth';
import { currentLanguage } from '../i18n';
import { type Month, monthName, shortMonth } from './months';

export interface Series {
  label: string;
  /** The pattern tells them apart where colour does not. */
  look: 'full' | 'soft' | 'striped';
  /** Null where there is a figure that is not told. */
  at(month: Month): number | null;
}

interface MonthChartProps {
  title: string;
  months: readonly Month[];
  series: readonly Series[];
  /** On top of each other, as parts of a whole; else beside each other. */
  stacked?: boolean;
  /** A value in words: "12", "3 h 20 min". */
  say(value: number): string;
  /** How many make one of what the axis counts: 60 minutes an hour. */
  unit?: number;
  /** A value as the axis writes it, in such units. */
  sayAxis?(value: number): string;
}

/** Pixels, but for the width, which is the page's. */
const box = { height: 220, left: 44, right: 4, top: 12, bottom: 26 };

/** Round numbers from 0 up to at least the highest value; at most six of them. */
export function axisOf(most: number): number[] {
  if (most <= 0) return [0, 1];
  const rough = most / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power);
  const count = Math.ceil(most / step);
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

/** Months as bars. The numbers stand behind it as a table, for those who would rather read, or do not see. */
export function MonthChart({ title, months, series, stacked = false, unit = 1, say, sayAxis }: MonthChartProps) {
  const { t } = useTranslation();
  const stripes = useId();
  const [figure, width] = useWidth<HTMLElement>(560);
  const [table, setTable] = useState(false);
  const sums = months.map((month) => {
    const values = series.map(({ at }) => at(month) ?? 0);
    return stacked ? values.reduce((sum, value) => sum + value, 0) : Math.max(...values);
  });
  const axis = axisOf(Math.max(...sums, 0) / unit);
  const top = (axis.at(-1) ?? 1) * unit;
  const inner = { width: width - box.left - box.right, height: box.height - box.top - box.bottom };
  const y = (value: number) => box.top + inner.height * (1 - value / top);
  const slot = inner.width / months.length;
  const bar = Math.min(slot * 0.62, 44);
  // As many names of months as there is room for, the last always.
  const every = Math.ceil(34 / slot) || 1;
  const plain = new Intl.NumberFormat(currentLanguage());

  return (
    <figure ref={figure} className="flex flex-col gap-3">
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <span className="font-bold text-title">{title}</span>
        {series.length > 1 && (
          <span className="flex flex-wrap gap-x-5 gap-y-1 text-ink-soft text-small">
            {series.map(({ label, look }) => (
              <span key={label} className="inline-flex items-center gap-2">
                <svg aria-hidden="true" viewBox="0 0 12 12" className="size-3">
                  <rect width="12" height="12" rx="2" {...fill(look)} />
                </svg>
                {label}
              </span>
            ))}
          </span>
        )}
      </figcaption>
      <svg aria-hidden="true" viewBox={`0 0 ${width} ${box.height}`} className="w-full overflow-visible">
        <defs>
          <pattern id={stripes} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="6" height="6" className="fill-brand-soft" />
            <rect width="2.5" height="6" className="fill-brand" />
          </pattern>
        </defs>
        {axis.map((value) => (
          <g key={value}>
            <line
              x1={box.left}
              x2={width - box.right}
              y1={y(value * unit)}
              y2={y(value * unit)}
              className="stroke-line"
            />
            <text x={box.left - 8} y={y(value * unit) + 4} textAnchor="end" className="fill-ink-soft text-[12px]">
              {(sayAxis ?? plain.format)(value)}
            </text>
          </g>
        ))}
        {months.map((month, index) => {
          const center = box.left + slot * (index + 0.5);
          let below = 0;
          return (
            <g key={month}>
              <title>{`${monthName(month)}: ${series.map(({ label, at }) => `${label} ${told(at(month))}`).join(', ')}`}</title>
              <rect x={center - slot / 2} y={box.top} width={slot} height={inner.height} className="fill-transparent" />
              {series.map(({ label, look, at }, place) => {
                const value = at(month) ?? 0;
                const height = (inner.height * value) / top;
                const thick = stacked ? bar : bar / series.length - 1;
                const x = stacked ? center - bar / 2 : center - bar / 2 + (place * bar) / series.length;
                const base = stacked ? below : 0;
                if (stacked) below += value;
                return value > 0 ? (
                  <rect key={label} x={x} y={y(base) - height} width={thick} height={height} rx="2" {...fill(look)} />
                ) : null;
              })}
              <text x={center} y={box.height - 6} textAnchor="middle" className="fill-ink-soft text-[12px]">
                {(months.length - 1 - index) % every === 0 && shortMonth(month)}
              </text>
            </g>
          );
        })}
      </svg>
      <details open={table} onToggle={(event) => setTable(event.currentTarget.open)}>
        <summary className="flex min-h-11 w-fit cursor-pointer items-center rounded-inner font-semibold text-brand underline-offset-4 hover:underline">
          {t('chart.table')}
        </summary>
        <div className="overflow-x-auto">
          <table aria-label={title} className="w-full text-right">
            <thead>
              <tr className="border-line border-b text-ink-soft text-small">
                <th scope="col" className="py-2 pr-4 text-left font-semibold">
                  {t('chart.month')}
                </th>
                {series.map(({ label }) => (
                  <th key={label} scope="col" className="py-2 pl-4 font-semibold">
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {[...months].reverse().map((month) => (
                <tr key={month} className="border-line border-b">
                  <th scope="row" className="py-2 pr-4 text-left font-normal">
                    {monthName(month)}
                  </th>
                  {series.map(({ label, at }) => (
                    <td key={label} className="py-2 pl-4">
                      {told(at(month))}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );

  function told(value: number | null) {
    return value === null ? '–' : say(value);
  }

  function fill(look: Series['look']) {
    if (look === 'striped') return { fill: `url(#${stripes})` };
    return { className: look === 'full' ? 'fill-brand' : 'fill-ink-faint opacity-60' };
  }
}
