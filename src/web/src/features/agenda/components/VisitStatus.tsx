import { useTranslation } from 'react-i18next';
import type { Visit } from '../api/visits';

const tones = {
  SCHEDULED: 'bg-waiting-soft text-waiting',
  CONFIRMED: 'bg-brand-soft text-brand',
  IN_PROGRESS: 'bg-done-soft text-done',
  COMPLETED: 'bg-well text-ink-soft',
  CANCELLED: 'bg-well text-ink-soft',
  NO_SHOW: 'bg-urgent-soft text-urgent',
} as const;

/** How a visit stands, in a word. */
export function VisitStatus({ visit }: { visit: Visit }) {
  const { t } = useTranslation();
  const here = visit.waiting && (visit.status === 'SCHEDULED' || visit.status === 'CONFIRMED');
  return (
    <span
      className={`rounded-inner px-2 py-0.5 font-semibold text-small ${here ? tones.SCHEDULED : tones[visit.status]}`}
    >
      {here ? t('care.here') : t(`care.is.${visit.status}`)}
    </span>
  );
}
