import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../../../i18n';
import { minutesInWords } from '../../../parts/time';
import { TextField } from '../../../primitives/TextField';
import type { UsageLine } from '../api/usage';
import { matching } from '../model/matching';

interface UsageTableProps {
  items: readonly UsageLine[];
  /** Null where a sum would tell of few people; lines stand where the organization chose them all the same. */
  totals: Pick<UsageLine, 'consultationCount' | 'totalDurationMinutes'> | null;
}

/** Lines from which on a search is worth its place. */
const many = 12;

/** A month's sum, and where the organization asked for it, a line a person. */
export function UsageTable({ items, totals }: UsageTableProps) {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const number = new Intl.NumberFormat(currentLanguage());
  const shown = matching(items, search, ({ employeeName }) => employeeName);
  return (
    <div className="flex flex-col gap-6">
      {totals && (
        <dl className="flex flex-wrap gap-x-12 gap-y-4 border-line border-y py-5">
          {(
            [
              ['usage.visits', number.format(totals.consultationCount)],
              ['usage.time', minutesInWords(totals.totalDurationMinutes)],
            ] as const
          ).map(([key, value]) => (
            <div key={key} className="flex flex-col-reverse">
              <dt className="text-ink-soft text-small">{t(key)}</dt>
              <dd className="font-bold text-lead">{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {items.length === 0 ? (
        <p className="text-ink-soft">{t('usage.totalsAlone')}</p>
      ) : (
        <>
          {items.length >= many && (
            <TextField label={t('people.search')} type="search" value={search} onChange={setSearch} />
          )}
          <table aria-label={t('usage.title')} className="w-full text-right">
            <thead>
              <tr className="border-line border-b text-ink-soft text-small">
                <th scope="col" className="py-2 pr-4 text-left font-semibold">
                  {t('usage.person')}
                </th>
                <th scope="col" className="whitespace-nowrap py-2 pl-4 font-semibold">
                  {t('usage.count')}
                </th>
                <th scope="col" className="whitespace-nowrap py-2 pl-4 font-semibold">
                  {t('usage.duration')}
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((line) => (
                <tr key={line.employeeId} className="border-line border-b">
                  <th scope="row" className="py-2.5 pr-4 text-left font-normal">
                    {line.employeeName}
                  </th>
                  <td className="py-2.5 pl-4">{number.format(line.consultationCount)}</td>
                  <td className="whitespace-nowrap py-2.5 pl-4">{minutesInWords(line.totalDurationMinutes)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {shown.length === 0 && <p className="text-ink-soft">{t('people.empty')}</p>}
        </>
      )}
    </div>
  );
}
