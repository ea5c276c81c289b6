import { useTranslation } from 'react-i18next';
import { clock, dayName, fileSize } from '../../../i18n/time';
import { Loaded } from '../../../parts/Loaded';
import { Notice } from '../../../primitives/Notice';
import { type Health, useHealth } from '../api/operations';
import { Bars } from '../components/Bars';
import { PageHead } from '../components/PageHead';

/** How the installation is, as of some seconds ago. */
export function HealthPage() {
  const { t } = useTranslation();
  const query = useHealth();
  /** Counts under the words for them; a state that has none yet keeps its own name. */
  const drawn = (counts: Record<string, number>, key: (name: string) => string) =>
    Object.entries(counts).map(([name, value]) => ({
      label: String(t(key(name.toUpperCase()) as 'visit.SCHEDULED', { defaultValue: name })),
      value,
    }));
  return (
    <div className="flex flex-col gap-8">
      <PageHead title={t('health.title')} text={t('health.text')} />
      <Loaded query={query} lines={['h-16 w-full', 'h-40 w-full', 'h-32 w-full']}>
        {({ health, metrics }) => (
          <div className="flex flex-col gap-10">
            <Notice tone={health.status === 'ok' ? 'done' : 'urgent'}>
              {t(health.status === 'ok' ? 'health.ok' : 'health.degraded')}
            </Notice>
            <Relay turn={health.turn} />
            <Facts health={health} />
            <Bars title={t('health.users')} items={drawn(metrics.users, (role) => `role.${role}`)} />
            <Bars
              title={t('health.organizations')}
              items={drawn(metrics.organizations, (state) => `organizations.is.${state}`)}
            />
            <Bars
              title={t('health.practitioners')}
              items={drawn(metrics.practitioners, (state) => `practitioners.is.${state}`)}
            />
            <Bars title={t('health.consultations')} items={drawn(metrics.consultations, (state) => `visit.${state}`)} />
          </div>
        )}
      </Loaded>
    </div>
  );
}

/** What somebody has to do about the relay; nothing where it is well. */
function Relay({ turn }: Pick<Health, 'turn'>) {
  const { t } = useTranslation();
  if (!turn || turn.state === 'ok') return null;
  return (
    <Notice tone={turn.state === 'unknown' ? 'info' : 'waiting'}>
      {t(`health.turn.${turn.state}`, { software: turn.software, urls: turn.faulty.join(', ') })}
    </Notice>
  );
}

function Facts({ health }: { health: Health }) {
  const { t } = useTranslation();
  const { database, disk, mail, backups } = health;
  const last = backups.lastAt && t('when.at', { day: dayName(backups.lastAt), time: clock(backups.lastAt) });
  const facts: [string, string][] = [
    [
      t('health.database'),
      [
        database.version,
        database.latencyMs !== null && `${database.latencyMs.toFixed(1)} ms`,
        database.sizeBytes !== null && fileSize(database.sizeBytes),
      ]
        .filter(Boolean)
        .join(' · '),
    ],
    [t('health.disk'), fileSize(disk.freeBytes)],
    [t('health.mail'), t('health.mails', { queued: mail.queued ?? 0, failed: mail.failed ?? 0 })],
    [t('health.sockets'), String(health.sockets)],
    [t('health.backup'), last ? `${last}${backups.ok ? '' : ` · ${t('backups.failed')}`}` : t('health.never')],
    [t('health.turn'), health.turn ? (health.turn.software ?? t('health.turn.unnamed')) : t('health.turn.none')],
    [t('health.version'), health.version],
    [t('health.uptime'), t('health.hours', { count: Math.floor(health.uptimeSeconds / 3600) })],
  ];
  return (
    <dl className="grid gap-4 tablet:grid-cols-2">
      {facts.map(([name, value]) => (
        <div key={name} className="rounded-outer border border-line bg-sheet p-4">
          <dt className="text-ink-soft text-small">{name}</dt>
          <dd className="break-words font-semibold text-large">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
