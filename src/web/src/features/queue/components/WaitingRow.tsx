import { useQueryClient } from '@tanstack/react-query';
import { WifiOff } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { queryKeys } from '../../../api/queryKeys';
import { useAct } from '../../../hooks/useAct';
import { clock } from '../../../i18n/time';
import { Refused } from '../../../parts/Refused';
import { minutesInWords } from '../../../parts/time';
import { formatKey } from '../../../parts/visit';
import { Button } from '../../../primitives/Button';
import { admit, type Queue, take, type Waiting } from '../api/queue';
import { minutesSince, minutesUntil } from '../model/waiting';
import { HandOver } from './HandOver';

interface WaitingRowProps {
  item: Waiting;
  queue: Queue;
  now: number;
  /** Where the clock of the practice is. */
  zone: string | undefined;
  /** Whose turn it is. */
  first: boolean;
  compact: boolean;
}

export function WaitingRow({ item, queue, now, zone, first, compact }: WaitingRowProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { busy, problem, run } = useAct();
  const [handing, setHanding] = useState(false);
  const { consultationId: id, patient, guest, joinedAt, scheduledAt, expectedAt, format, away, shared } = item;
  const waited = minutesSince(joinedAt, now);
  const left = minutesUntil(expectedAt, now);

  async function act(verb: typeof admit) {
    const done = await run(() => verb(id));
    void queries.invalidateQueries({ queryKey: queryKeys.queue });
    if (done && verb === admit) void navigate(`/consultations/${id}`);
  }

  return (
    <div className="flex flex-col gap-2.5">
      <div className={`flex flex-wrap items-center gap-x-6 gap-y-2.5 ${compact ? '' : 'tablet:flex-nowrap'}`}>
        <div className="flex min-w-0 flex-1 basis-56 flex-col">
          <Link
            to={`/professional/consultations/${id}`}
            className="inline-flex min-h-8 items-center font-semibold text-large underline-offset-4 hover:underline"
          >
            {patient.name}
          </Link>
          {guest && <p className="break-words font-semibold text-small">{t('queue.byLink', { name: guest.name })}</p>}
          <p className="text-ink-soft">
            <strong className={waited >= 15 ? 'text-waiting' : 'font-normal'}>
              {waited === 0 ? t('queue.justNow') : t('queue.waited', { time: minutesInWords(waited) })}
            </strong>
            {' · '}
            {t('queue.planned', { time: clock(scheduledAt, zone) })}
            {!compact && ` · ${t(formatKey(format))}`}
          </p>
          {!compact && left !== null && left > 0 && (
            <p className="text-ink-soft text-small">{t('queue.expected', { time: clock(expectedAt ?? 0, zone) })}</p>
          )}
          {away && (
            <p className="mt-1 flex items-center gap-1.5 text-small text-waiting">
              <WifiOff aria-hidden="true" className="size-4 shrink-0" />
              {t('queue.away')}
            </p>
          )}
        </div>
        <div className="flex flex-wrap items-center gap-2">
          {shared ? (
            <Button
              look="quiet"
              aria-label={t('queue.takeName', { name: patient.name })}
              busy={busy && t('practice.working')}
              onPress={() => void act(take)}
            >
              {t('queue.take')}
            </Button>
          ) : (
            <>
              {!compact && queue.sharesQueue && (
                <Button
                  look="quiet"
                  aria-label={t('queue.handOverName', { name: patient.name })}
                  onPress={() => setHanding(true)}
                >
                  {t('queue.handOver')}
                </Button>
              )}
              <Button
                look={first ? 'primary' : 'quiet'}
                aria-label={t('queue.admitName', { name: patient.name })}
                busy={busy && t('queue.admitting')}
                onPress={() => void act(admit)}
              >
                {t('queue.admit')}
              </Button>
            </>
          )}
        </div>
      </div>
      <Refused problem={problem} />
      {handing && <HandOver item={item} colleagues={queue.colleagues} onClose={() => setHanding(false)} />}
    </div>
  );
}
