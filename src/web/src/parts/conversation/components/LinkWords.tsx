import { CloudOff, LoaderCircle } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { LinkStatus } from '../../../realtime/live';

/** How the line to the server is: always in the same place, in words. */
export function LinkWords({ status }: { status: LinkStatus }) {
  const { t } = useTranslation();
  const words = t(`room.link.${status}`);
  if (status === 'connected') return <span>{words}</span>;
  const Sign = status === 'offline' || status === 'refused' ? CloudOff : LoaderCircle;
  return (
    <span className="flex items-center gap-1.5 font-semibold text-waiting">
      <Sign aria-hidden="true" className={`size-4 ${Sign === LoaderCircle ? 'animate-spin' : ''}`} />
      {words}
    </span>
  );
}
