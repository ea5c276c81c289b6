import { useTranslation } from 'react-i18next';
import type { Visit, VisitStatus } from '../../../parts/visit';

const words = {
  SCHEDULED: { key: 'visit.is.asked', tone: 'bg-waiting-soft text-waiting' },
  CONFIRMED: { key: 'status.confirmed', tone: 'bg-done-soft text-done' },
  IN_PROGRESS: { key: 'status.in_progress', tone: 'bg-info-soft text-info' },
  COMPLETED: { key: 'status.closed', tone: 'bg-well text-ink-soft' },
  CANCELLED: { key: 'status.cancelled', tone: 'bg-urgent-soft text-urgent' },
  NO_SHOW: { key: 'status.no_show', tone: 'bg-waiting-soft text-waiting' },
} as const satisfies Record<VisitStatus, { key: string; tone: string }>;

/** How a visit stands, in a word. */
export function StatusWord({ visit: { status } }: { visit: Pick<Visit, 'status'> }) {
  const { t } = useTranslation();
  const { key, tone } = words[status];
  return <span className={`whitespace-nowrap rounded-inner px-2 py-0.5 text-small ${tone}`}>{t(key)}</span>;
}
