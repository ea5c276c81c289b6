import { Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../hooks/useAct';
import { capitalized } from '../../../i18n/time';
import { download } from '../../../parts/download';
import { type Month, monthName } from '../../../parts/months';
import { Refused } from '../../../parts/Refused';
import { Button } from '../../../primitives/Button';
import { SelectField } from '../../../primitives/SelectField';

interface MonthFileProps {
  months: readonly Month[];
  period: Month;
  onChange(period: Month): void;
  /** The path of the month's file; null where there is none. */
  file: string | null;
  name: string;
}

/** Chooses a month, and takes it away as a file. */
export function MonthFile({ months, period, onChange, file, name }: MonthFileProps) {
  const { t } = useTranslation();
  const { busy, problem, run } = useAct();
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end gap-3">
        <SelectField
          label={t('chart.month')}
          value={period}
          options={[...months].reverse().map((value) => ({ value, label: capitalized(monthName(value)) }))}
          onChange={onChange}
        />
        {file && (
          <Button look="quiet" busy={busy && t('chart.preparing')} onPress={() => void run(() => download(file, name))}>
            <Download aria-hidden="true" className="size-5" />
            {t('chart.csv')}
          </Button>
        )}
      </div>
      <Refused problem={problem} />
    </div>
  );
}
