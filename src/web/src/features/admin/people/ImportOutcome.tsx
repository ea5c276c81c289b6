import { useTranslation } from 'react-i18next';
import type { ImportResult } from '../api/people';

const counts = ['created', 'updated', 'unchanged', 'failed'] as const;

/** What a list did, or would do; and what is wrong in which row. */
export function ImportOutcome({ result }: { result: ImportResult }) {
  const { t } = useTranslation();
  return (
    <section aria-labelledby="outcome" className="flex flex-col gap-4">
      <h2 id="outcome" className="font-semibold text-large">
        {t(result.dryRun ? 'import.would' : 'import.did', { count: result.total })}
      </h2>
      <dl className="grid grid-cols-2 gap-4 tablet:grid-cols-4">
        {counts.map((name) => (
          <div key={name} className="rounded-outer border border-line bg-sheet p-4">
            <dt className="text-ink-soft text-small">{t(`import.${name}`)}</dt>
            <dd className="font-bold text-lead tabular-nums">{result[name]}</dd>
          </div>
        ))}
      </dl>
      {result.ignoredColumns.length > 0 && (
        <p className="text-ink-soft">{t('import.ignored', { names: result.ignoredColumns.join(', ') })}</p>
      )}
      {result.errors.length > 0 && (
        <div className="overflow-x-auto">
          <table className="w-full text-left">
            <caption className="pb-2 text-left font-semibold">{t('import.faults')}</caption>
            <thead className="border-line border-b text-ink-soft text-small">
              <tr>
                <th scope="col" className="py-2 pr-4 font-semibold">
                  {t('import.row')}
                </th>
                <th scope="col" className="py-2 pr-4 font-semibold">
                  {t('import.column')}
                </th>
                <th scope="col" className="py-2 font-semibold">
                  {t('import.fault')}
                </th>
              </tr>
            </thead>
            <tbody>
              {result.errors.slice(0, 200).map((fault) => (
                <tr key={`${fault.row} ${fault.field}`} className="border-line border-b">
                  <td className="py-2 pr-4 tabular-nums">{fault.row}</td>
                  <td className="py-2 pr-4">{fault.field}</td>
                  <td className="py-2">{fault.message}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
