import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { capitalized } from '../../../i18n/time';
import { minutesInWords } from '../../../parts/time';
import { formatKey } from '../../../parts/visit';
import { IconButton } from '../../../primitives/Button';
import { TextLink } from '../../../primitives/TextLink';
import { ChatButton } from '../../chat/ways';
import type { Visit } from '../api/visits';
import { whenOf } from '../when';
import { VisitActions } from './VisitActions';
import { VisitStatus } from './VisitStatus';

interface VisitPanelProps {
  visit: Visit;
  zone: string;
  now: number;
  onClose(): void;
}

/** The visit that was chosen in the calendar, beside it. */
export function VisitPanel({ visit, zone, now, onClose }: VisitPanelProps) {
  const { t } = useTranslation();
  const { patient, scheduledAt, duration, format, reason, unreadCount } = visit;
  return (
    <section aria-label={t('care.title', { name: patient.name })} className="fade-in flex flex-col gap-3">
      <div className="flex items-start justify-between gap-2">
        <h2 className="font-bold text-title">{patient.name}</h2>
        <div className="-mt-1.5 -mr-2.5">
          <IconButton label={t('agenda.unselect')} onPress={onClose}>
            <X aria-hidden="true" className="size-5" />
          </IconButton>
        </div>
      </div>
      <p>
        <span className="font-semibold">{capitalized(whenOf(t, scheduledAt, zone))}</span>
        <br />
        <span className="text-ink-soft">
          {minutesInWords(duration)} · {t(formatKey(format))}
        </span>
      </p>
      <p>
        <VisitStatus visit={visit} />
      </p>
      {reason && <p className="border-line border-l-2 pl-3 text-ink-soft">{reason}</p>}
      {unreadCount > 0 && <p className="font-semibold text-brand">{t('home.unread', { count: unreadCount })}</p>}
      <VisitActions visit={visit} zone={zone} now={now} />
      <div className="flex flex-wrap gap-x-6">
        <TextLink to={`/professional/consultations/${visit.id}`}>{t('care.details')}</TextLink>
        <ChatButton with={patient} as="PRACTITIONER" />
      </div>
    </section>
  );
}
