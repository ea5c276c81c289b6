import { ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { capitalized, clock, dayName, shortDate } from '../../../i18n/time';
import type { ConsultationItem } from '../api/listMyConsultations';
import { otherParty, placeOfVisit } from '../model/people';

interface VisitListProps {
  title: string;
  items: readonly ConsultationItem[];
  isPractitioner: boolean;
  /** Where the clock of the practice is; this device's when absent. */
  zone: string | undefined;
  past?: boolean;
}

export function VisitList({ title, items, isPractitioner, zone, past = false }: VisitListProps) {
  if (items.length === 0) return null;
  return (
    <section className="flex flex-col gap-1">
      <h2 className="font-semibold text-ink-soft">{title}</h2>
      <ul className="border-line border-t">
        {items.map((item) => (
          <li key={item.id} className="border-line border-b">
            <VisitLink item={item} isPractitioner={isPractitioner} zone={zone} past={past} />
          </li>
        ))}
      </ul>
    </section>
  );
}

const statusOf = {
  SCHEDULED: 'status.scheduled',
  CONFIRMED: 'status.confirmed',
  IN_PROGRESS: 'status.in_progress',
  COMPLETED: 'status.closed',
  CANCELLED: 'status.cancelled',
  NO_SHOW: 'status.no_show',
} as const;

interface VisitLinkProps extends Pick<VisitListProps, 'isPractitioner' | 'zone'> {
  item: ConsultationItem;
  past: boolean;
}

function VisitLink({ item, isPractitioner, zone, past }: VisitLinkProps) {
  const { t } = useTranslation();
  const day = past ? shortDate(item.scheduledAt, zone) : capitalized(dayName(item.scheduledAt, new Date(), zone));
  const status = item.waiting && isPractitioner ? t('status.waiting') : t(statusOf[item.status]);
  const usual = item.status === 'SCHEDULED' || item.status === 'COMPLETED';
  const tone = item.waiting || item.status === 'IN_PROGRESS' ? 'text-waiting font-semibold' : 'text-ink-soft';
  return (
    <Link
      to={placeOfVisit(item, isPractitioner)}
      className="-mx-3 grid min-h-16 grid-cols-[1fr_auto] items-center gap-x-3 rounded-outer px-3 py-3 hover:bg-well tablet:grid-cols-[15.5rem_1fr_auto_auto]"
    >
      <span className="text-ink-soft max-tablet:col-start-1 max-tablet:row-start-2">
        {t('when.at', { day, time: clock(item.scheduledAt, zone) })}
      </span>
      <span className="min-w-0 font-semibold max-tablet:col-start-1 max-tablet:row-start-1">
        {otherParty(item, isPractitioner)}
      </span>
      <span className="flex flex-wrap gap-x-3 text-small max-tablet:col-start-1 max-tablet:row-start-3 tablet:flex-col tablet:items-end">
        {item.unreadCount > 0 && (
          <span className="font-semibold text-brand">{t('home.unread', { count: item.unreadCount })}</span>
        )}
        {(!usual || item.unreadCount === 0 || item.waiting) && <span className={tone}>{status}</span>}
      </span>
      <ChevronRight
        aria-hidden="true"
        className="size-4 text-ink-faint max-tablet:col-start-2 max-tablet:row-span-3 max-tablet:row-start-1"
      />
    </Link>
  );
}
