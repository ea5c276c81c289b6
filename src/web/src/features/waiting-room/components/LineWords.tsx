import { CloudOff, LoaderCircle, Wifi } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { LinkStatus } from '../../../realtime/live';

/** How the line is; while it is away, that the place is kept. */
export function LineWords({ status }: { status: LinkStatus }) {
  const { t } = useTranslation();
  const away = status === 'offline' || status === 'reconnecting' || status === 'refused';
  const Sign = status === 'connected' ? Wifi : status === 'offline' || status === 'refused' ? CloudOff : LoaderCircle;
  return (
    <p
      role="status"
      className={`flex min-h-6 items-center gap-2 ${away ? 'font-semibold text-waiting' : 'text-ink-soft text-small'}`}
    >
      <Sign aria-hidden="true" className={`size-4 shrink-0 ${Sign === LoaderCircle ? 'animate-spin' : ''}`} />
      {t(away ? 'wait.lineAway' : status === 'connected' ? 'room.link.connected' : 'room.link.connecting')}
    </p>
  );
}
