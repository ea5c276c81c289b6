import { useTranslation } from 'react-i18next';
import { useNow } from '../../../hooks/useNow';
import { Loaded } from '../../../parts/Loaded';
import { deviceZone, sameClock, zoneCity } from '../../../parts/time';
import { Skeleton } from '../../../primitives/Skeleton';
import { useHourSettings } from '../../availability';
import { type Queue, useQueue, type Waiting } from '../api/queue';
import { ofColleagues, own } from '../model/waiting';
import { WaitingRow } from './WaitingRow';

/** Milliseconds between two looks at the clock: minutes are what is shown. */
const tick = 15_000;

const shape = ['h-16 w-full', 'h-16 w-11/12'];

interface WaitingListProps {
  /** For the margin of another page: who, since when, admit. */
  compact?: boolean;
}

/** Who waits, in the order in which they come in. */
export function WaitingList({ compact = false }: WaitingListProps) {
  return (
    <Loaded query={useQueue()} lines={shape}>
      {(queue) => <Waiters queue={queue} compact={compact} />}
    </Loaded>
  );
}

function Waiters({ queue, compact }: { queue: Queue; compact: boolean }) {
  const { t } = useTranslation();
  const now = useNow(tick);
  const settings = useHourSettings();
  const zone = settings.data?.timeZone;
  const [mine, others] = [own(queue.items), ofColleagues(queue.items)];
  if (settings.isLoading) return <Skeleton label={t('list.loading')} lines={shape} />;
  return (
    <div className="flex flex-col gap-6">
      {mine.length > 0 && rows(t('queue.mine'), mine)}
      {mine.length === 0 && compact && <p className="text-ink-soft">{t('queue.nobody')}</p>}
      {mine.length === 0 && !compact && (
        <div className="flex flex-col gap-1 border-line border-t pt-5">
          <p className="font-semibold text-title">{t('queue.nobody')}</p>
          <p className="text-ink-soft">{t('queue.nobodyText')}</p>
        </div>
      )}
      {!compact && queue.items.length > 0 && zone && !sameClock(zone, deviceZone(), now) && (
        <p className="-mt-3 text-ink-soft text-small">{t('agenda.zone', { city: zoneCity(zone) })}</p>
      )}
      {others.length > 0 && !compact && (
        <section className="flex flex-col gap-2">
          <h2 className="font-semibold text-ink-soft">{t('queue.others')}</h2>
          {rows(t('queue.others'), others)}
        </section>
      )}
    </div>
  );

  function rows(label: string, items: readonly Waiting[]) {
    return (
      <ol aria-label={label} className="border-line border-t">
        {items.map((item, index) => (
          <li key={item.consultationId} className="border-line border-b py-4">
            <WaitingRow
              item={item}
              queue={queue}
              now={now}
              zone={zone}
              first={index === 0 && !item.shared}
              compact={compact}
            />
          </li>
        ))}
      </ol>
    );
  }
}
