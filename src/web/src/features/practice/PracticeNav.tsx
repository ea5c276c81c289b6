import { CalendarClock, CalendarDays, ChartColumn, ClipboardList, House, MessagesSquare, Users } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { ChatCount } from '../chat/ways';
import { useDoorbell } from '../queue';

const places = [
  { to: '/', key: 'practice.today', Sign: House },
  { to: '/agenda', key: 'practice.agenda', Sign: CalendarDays },
  { to: '/queue', key: 'practice.queue', Sign: Users },
  { to: '/professional/chat', key: 'place.chat', Sign: MessagesSquare },
  { to: '/professional/records', key: 'practice.records', Sign: ClipboardList },
  { to: '/availability', key: 'practice.hours', Sign: CalendarClock },
  // A phone has room for six; there the way to the figures is on the page of the day.
  { to: '/stats', key: 'practice.stats', Sign: ChartColumn, atDesk: true },
] as const;

/** The places of a practice: below the name of the house at a desk, in reach of the thumb on a phone. It also rings when somebody enters. */
export function PracticeNav() {
  const { t } = useTranslation();
  const { waiting, said } = useDoorbell();
  return (
    <>
      <nav
        aria-label={t('practice.places')}
        className="flex border-line bg-paper max-tablet:fixed max-tablet:inset-x-0 max-tablet:bottom-0 max-tablet:z-10 max-tablet:border-t max-tablet:pb-[env(safe-area-inset-bottom)] tablet:gap-7 tablet:border-b"
      >
        {places.map(({ to, key, Sign, ...place }) => (
          <NavLink
            key={to}
            to={to}
            end={to === '/'}
            className={`relative min-h-12 items-center gap-2 whitespace-nowrap border-transparent font-semibold text-ink-soft hover:text-ink aria-[current=page]:text-ink max-tablet:min-h-14 max-tablet:flex-1 max-tablet:flex-col max-tablet:justify-center max-tablet:gap-0.5 max-tablet:px-0.5 max-tablet:font-normal max-tablet:text-small max-tablet:aria-[current=page]:text-brand tablet:-mb-px tablet:border-b-2 tablet:aria-[current=page]:border-brand ${'atDesk' in place ? 'hidden tablet:flex' : 'flex'}`}
          >
            <Sign aria-hidden="true" className="size-5 tablet:hidden" />
            {t(key)}
            {to === '/professional/chat' && (
              <span className="max-tablet:absolute max-tablet:top-0.5 max-tablet:left-1/2 max-tablet:ml-1">
                <ChatCount />
              </span>
            )}
            {to === '/queue' && waiting > 0 && (
              <span className="grid min-w-5 place-items-center rounded-full bg-waiting px-1.5 font-semibold text-paper text-small leading-5 max-tablet:absolute max-tablet:top-0.5 max-tablet:left-1/2 max-tablet:ml-1">
                <span aria-hidden="true">{waiting}</span>
                <span className="sr-only">{t('queue.count', { count: waiting })}</span>
              </span>
            )}
          </NavLink>
        ))}
      </nav>
      <p role="status" className="sr-only">
        {said}
      </p>
    </>
  );
}
