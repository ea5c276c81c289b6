import { useTranslation } from 'react-i18next';
import { capitalized, clock, dayIn, dayName } from '../../../i18n/time';
import { Loaded } from '../../../parts/Loaded';
import { byDay } from '../../../parts/time';
import { useVisitEvents, type Visit, type VisitEvent } from '../api/visits';
import { type EventKind, kindOf } from '../model/events';

/** What happened with a visit, and through whom, from its booking on. */
export function Timeline({ visit, zone }: { visit: Visit; zone: string }) {
  const { t } = useTranslation();
  const events = useVisitEvents(visit.id);
  return (
    <section className="flex flex-col gap-3">
      <h2 className="font-semibold text-ink-soft">{t('care.events')}</h2>
      <Loaded query={events} lines={['h-5 w-full', 'h-5 w-5/6', 'h-5 w-2/3']}>
        {(items) =>
          items.length === 0 ? (
            <p className="text-ink-soft">{t('care.noEvents')}</p>
          ) : (
            <ol className="flex flex-col gap-5">
              {[...byDay(items, ({ at }) => at, zone)].map(([day, list]) => (
                <li key={day} className="flex flex-col gap-2">
                  <h3 className="font-semibold text-small">
                    {capitalized(dayName(list[0]?.at ?? day, new Date(), zone))}
                  </h3>
                  <ol className="flex flex-col gap-2 border-line border-l-2 pl-4">
                    {list.map((event) => (
                      <Line key={event.id} event={event} visit={visit} zone={zone} />
                    ))}
                  </ol>
                </li>
              ))}
            </ol>
          )
        }
      </Loaded>
    </section>
  );
}

const marks: Partial<Record<EventKind, string>> = {
  Started: 'bg-done',
  Ended: 'bg-done',
  Cancelled: 'bg-urgent',
  NoShow: 'bg-urgent',
  Incident: 'bg-urgent',
  Waiting: 'bg-waiting',
  Delayed: 'bg-waiting',
};

function Line({ event, visit, zone }: { event: VisitEvent; visit: Visit; zone: string }) {
  const { t } = useTranslation();
  const kind = kindOf(event.type);
  const who =
    event.actorId === visit.patient.id
      ? visit.patient.name
      : event.actorId === visit.practitioner.id
        ? t('care.you')
        : event.actorRole === null || event.actorRole === 'SYSTEM'
          ? null
          : t(event.actorRole === 'GUEST' ? 'care.guest' : 'care.someone');
  return (
    <li className="relative grid grid-cols-[3.25rem_1fr] gap-x-1 text-small">
      <span
        aria-hidden="true"
        className={`absolute top-1.5 -left-[1.32rem] size-2 rounded-full ${marks[kind] ?? 'bg-ink-faint'}`}
      />
      <time dateTime={event.at} className="text-ink-soft" title={dayIn(event.at, zone)}>
        {clock(event.at, zone)}
      </time>
      <span>
        {t(`care.event.${kind}`)}
        {who && <span className="text-ink-soft"> · {who}</span>}
      </span>
    </li>
  );
}
