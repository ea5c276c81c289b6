import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { Loaded } from '../../../parts/Loaded';
import { addMonths, monthName, monthOf, monthsUpTo } from '../../../parts/months';
import { Notice } from '../../../primitives/Notice';
import { usageFile, useUsage } from '../api/usage';
import { MonthFile } from '../components/MonthFile';
import { PageHead } from '../components/PageHead';
import { UsageSetting } from './UsageSetting';
import { UsageTable } from './UsageTable';

/** Months that can be looked back on. */
const kept = 24;

/** How much care an organization's people used, in months that are over. Never with whom, for what, or on which day. */
export function UsagePage() {
  const { t } = useTranslation();
  const [now] = useState(Date.now);
  const months = monthsUpTo(addMonths(monthOf(now), -1), kept);
  const [address, setAddress] = useSearchParams();
  const asked = address.get('period') ?? '';
  const period = months.includes(asked) ? asked : (months.at(-1) ?? '');
  const usage = useUsage(period);
  return (
    <div className="flex flex-col gap-8">
      <PageHead title={t('usage.title')} text={t('usage.text')} />
      <MonthFile
        months={months}
        period={period}
        onChange={(next) => setAddress({ period: next }, { replace: true })}
        file={usage.data?.closed ? usageFile(period) : null}
        name={`usage-${period}.csv`}
      />
      <Loaded query={usage} lines={['h-10 w-1/2', 'h-8 w-full', 'h-8 w-11/12', 'h-8 w-full']}>
        {({ closed, items, totals }) => {
          if (!closed)
            return <p className="text-ink-soft text-large">{t('usage.open', { month: monthName(period) })}</p>;
          if (!totals && items.length === 0)
            return (
              <Notice tone="info">
                <strong className="block">{t('usage.withheld')}</strong>
                {t('usage.withheldText')}
              </Notice>
            );
          return <UsageTable items={items} totals={totals} />;
        }}
      </Loaded>
      <UsageSetting />
    </div>
  );
}
