import { useQueryClient } from '@tanstack/react-query';
import {
  AlarmClock,
  Bell,
  CalendarCheck,
  CalendarClock,
  CalendarPlus,
  CalendarSearch,
  CalendarX,
  DoorOpen,
  type LucideIcon,
  UserRound,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { capitalized, clock, dayName } from '../../../i18n/time';
import { markRead, type Notice } from '../api/notices';

const signs: Record<string, { Sign: LucideIcon; tone: string }> = {
  CONSULTATION_BOOKED: { Sign: CalendarPlus, tone: 'bg-brand-soft text-brand' },
  CONSULTATION_CONFIRMED: { Sign: CalendarCheck, tone: 'bg-done-soft text-done' },
  CONSULTATION_CANCELLED: { Sign: CalendarX, tone: 'bg-urgent-soft text-urgent' },
  CONSULTATION_RESCHEDULED: { Sign: CalendarClock, tone: 'bg-info-soft text-info' },
  CONSULTATION_REMINDER: { Sign: AlarmClock, tone: 'bg-waiting-soft text-waiting' },
  PRACTITIONER_READY: { Sign: DoorOpen, tone: 'bg-waiting-soft text-waiting' },
  PRACTITIONER_CHANGED: { Sign: UserRound, tone: 'bg-info-soft text-info' },
  SLOT_OFFERED: { Sign: CalendarSearch, tone: 'bg-done-soft text-done' },
};
const unknown = { Sign: Bell, tone: 'bg-well text-ink-soft' };

/** One notice, which is the way to what it is about; following it, one has read it. */
export function NoticeRow({ notice, zone }: { notice: Notice; zone: string | undefined }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { type, title, message, linkUrl, startsAt, isRead, createdAt } = notice;
  const { Sign, tone } = signs[type] ?? unknown;
  const when = t('when.at', { day: dayName(startsAt, new Date(), zone), time: clock(startsAt, zone) });
  return (
    <Link
      to={linkUrl}
      // Nobody waits for it: what got lost stays unread.
      onClick={() => void (!isRead && markRead(queries, notice.id).catch(() => undefined))}
      className="-mx-3 flex items-start gap-4 rounded-outer px-3 py-3.5 hover:bg-well"
    >
      <span aria-hidden="true" className={`mt-0.5 grid size-10 shrink-0 place-items-center rounded-full ${tone}`}>
        <Sign className="size-5" />
      </span>
      <span className="flex min-w-0 flex-1 flex-col">
        <span className={isRead ? '' : 'font-bold'}>
          {title}
          {!isRead && <span className="sr-only"> ({t('notices.new')})</span>}
        </span>
        <span>{capitalized(when)}</span>
        <span className="text-ink-soft text-small">{message}</span>
      </span>
      <span className="flex shrink-0 items-center gap-2 pt-0.5 text-ink-soft text-small">
        <time dateTime={createdAt}>{clock(createdAt, zone)}</time>
        <span aria-hidden="true" className={`size-2.5 rounded-full ${isRead ? '' : 'bg-brand'}`} />
      </span>
    </Link>
  );
}
