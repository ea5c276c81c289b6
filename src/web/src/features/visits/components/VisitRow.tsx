import { ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { capitalized, clock, dayName, shortDate } from '../../../i18n/time';
import { addressOf, formatKey, isAhead, type Visit } from '../../../parts/visit';
import { StatusWord } from './StatusWord';

/** One visit in a list: when, with whom, by what way, and how it stands. */
export function VisitRow({ visit }: { visit: Visit }) {
  const { t } = useTranslation();
  const { scheduledAt, practitioner, format, unreadCount } = visit;
  const day = isAhead(visit) ? capitalized(dayName(scheduledAt)) : shortDate(scheduledAt);
  const facts = [practitioner.specialty, t(formatKey(format))].filter(Boolean);
  return (
    <Link
      to={`/patient/visits/${visit.id}`}
      className="-mx-3 grid min-h-16 grid-cols-[1fr_auto] items-center gap-x-4 rounded-outer px-3 py-2 hover:bg-well tablet:grid-cols-[1fr_auto_auto]"
    >
      <span className="flex min-w-0 flex-col">
        <span className="font-semibold text-large">{t('when.at', { day, time: clock(scheduledAt) })}</span>
        <span>{addressOf(practitioner)}</span>
        <span className="text-ink-soft text-small">{facts.join(' · ')}</span>
      </span>
      <span className="flex flex-wrap items-center gap-x-3 gap-y-1 max-tablet:col-start-1 max-tablet:mt-1 tablet:flex-col tablet:items-end">
        <StatusWord visit={visit} />
        {unreadCount > 0 && (
          <span className="font-semibold text-brand text-small">{t('home.unread', { count: unreadCount })}</span>
        )}
      </span>
      <ChevronRight
        aria-hidden="true"
        className="size-4 text-ink-faint max-tablet:col-start-2 max-tablet:row-span-2 max-tablet:row-start-1"
      />
    </Link>
  );
}
