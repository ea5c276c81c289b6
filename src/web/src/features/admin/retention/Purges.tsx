import { useTranslation } from 'react-i18next';
import type { User } from '../../../api/session';
import { currentLanguage } from '../../../i18n';
import { shortDate } from '../../../i18n/time';
import { Loaded } from '../../../parts/Loaded';
import { type PurgeReport, usePurges } from '../api/retention';
import { useAllOrganizations } from './useAllOrganizations';

const counted = ['conversations', 'messages', 'files', 'keys', 'records'] as const;

/** What was erased, in numbers: a table at a desk, a list on a phone. */
export function Purges({ user }: { user: User }) {
  const { t } = useTranslation();
  const { all = [] } = useAllOrganizations(user);
  const nameOf = (id: string) => all.find((organization) => organization.id === id)?.name ?? t('keep.unknown');
  return (
    <section aria-labelledby="purges" className="flex flex-col gap-4 border-line border-t pt-8">
      <div className="measure">
        <h2 id="purges" className="font-bold text-title">
          {t('purge.title')}
        </h2>
        <p className="text-ink-soft">{t('purge.text')}</p>
      </div>
      <Loaded query={usePurges()} lines={['h-10 w-full', 'h-10 w-full']}>
        {(reports) =>
          reports.length === 0 ? (
            <p className="text-ink-soft text-large">{t('purge.none')}</p>
          ) : (
            <Table reports={reports} nameOf={nameOf} />
          )
        }
      </Loaded>
    </section>
  );
}

function Table({ reports, nameOf }: { reports: readonly PurgeReport[]; nameOf(id: string): string }) {
  const { t } = useTranslation();
  const number = new Intl.NumberFormat(currentLanguage());
  return (
    <>
      <table className="w-full border-collapse max-tablet:hidden">
        <thead>
          <tr className="border-line border-b text-left text-ink-soft text-small">
            <th className="py-2 pr-4 font-semibold">{t('purge.day')}</th>
            <th className="py-2 pr-4 font-semibold">{t('purge.what')}</th>
            {counted.map((what) => (
              <th key={what} className="whitespace-nowrap py-2 pl-4 text-right font-semibold">
                {t(`purge.${what}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {reports.map((report) => (
            <tr key={keyOf(report)} className="border-line border-b">
              <td className="whitespace-nowrap py-2.5 pr-4">{shortDate(report.day, 'UTC')}</td>
              <td className="py-2.5 pr-4">
                <span className="block font-semibold">{t(`keep.kind.${report.kind}`)}</span>
                <span className="text-ink-soft text-small">{nameOf(report.organizationId)}</span>
              </td>
              {counted.map((what) => (
                <td key={what} className="py-2.5 pl-4 text-right tabular-nums">
                  {number.format(report[what])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <ul aria-label={t('purge.title')} className="border-line border-t tablet:hidden">
        {reports.map((report) => (
          <li key={keyOf(report)} className="border-line border-b py-3">
            <p className="font-semibold">
              {shortDate(report.day, 'UTC')} · {t(`keep.kind.${report.kind}`)}
            </p>
            <p>{nameOf(report.organizationId)}</p>
            <p className="text-ink-soft text-small">
              {counted
                .filter((what) => report[what] > 0)
                .map((what) => `${t(`purge.${what}`)} ${number.format(report[what])}`)
                .join(' · ')}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}

const keyOf = ({ day, organizationId, kind }: PurgeReport) => `${day} ${organizationId} ${kind}`;
