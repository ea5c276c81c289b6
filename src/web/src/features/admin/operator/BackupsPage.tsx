import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queryKeys } from '../../../api/queryKeys';
import { useAct } from '../../../hooks/useAct';
import { clock, dayName, fileSize } from '../../../i18n/time';
import { Loaded } from '../../../parts/Loaded';
import { Refused } from '../../../parts/Refused';
import { Button } from '../../../primitives/Button';
import { type BackupRun, isRunning, startBackup, useBackups } from '../api/operations';
import { Badge } from '../components/Badge';
import { PageHead } from '../components/PageHead';

/** Copies of everything, sealed, in the installation's own folder. */
export function BackupsPage() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const backups = useBackups();
  const { busy, problem, run } = useAct();
  const start = async () =>
    (await run(startBackup)) && (await queries.invalidateQueries({ queryKey: queryKeys.backups }));
  return (
    <div className="flex flex-col gap-6">
      <PageHead title={t('backups.title')} text={t('backups.text')}>
        <Button busy={busy && t('admin.working')} onPress={start}>
          {t('backups.start')}
        </Button>
      </PageHead>
      <Refused problem={problem} />
      <Loaded query={backups} lines={['h-14 w-full', 'h-14 w-full']}>
        {(items) =>
          items.length === 0 ? (
            <p className="text-ink-soft text-large">{t('backups.none')}</p>
          ) : (
            <ul aria-label={t('backups.title')} className="border-line border-t" aria-live="polite">
              {items.map((backup) => (
                <Backup key={backup.id} backup={backup} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </div>
  );
}

function Backup({ backup }: { backup: BackupRun }) {
  const { t } = useTranslation();
  const when = t('when.at', { day: dayName(backup.requestedAt), time: clock(backup.requestedAt) });
  const state = isRunning(backup) ? 'running' : backup.code ? 'failed' : 'done';
  const tone = ({ running: 'waiting', failed: 'urgent', done: 'done' } as const)[state];
  return (
    <li className="flex flex-col border-line border-b py-3">
      <span className="flex flex-wrap items-center gap-x-2 font-semibold">
        {when}
        <Badge tone={tone}>{t(`backups.${state}`)}</Badge>
      </span>
      <span className="break-words text-ink-soft text-small">
        {[backup.fileName, backup.sizeBytes !== null && fileSize(backup.sizeBytes), backup.code]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </li>
  );
}
