import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components/Tabs';
import { useTranslation } from 'react-i18next';
import { capitalized, clock, dayIn } from '../../i18n/time';
import { Button, IconButton } from '../../primitives/Button';
import { Loaded } from '../Loaded';
import { addDays, type Day, dayAndMonth, daySpan, longDay, sameClock, weekday, zoneCity, zoneName } from '../time';
import { type Slot, useSlots } from './useSlots';
import { byPart, daysFrom, dayToShow, openingDay, type ShownDay, shownDays } from './week';

interface SlotWeekProps {
  practitionerId: string;
  practitionerName: string;
  /** The reader's zone: every time is shown on that clock. */
  zone: string;
  /** As the directory told it; null when nothing is free as far as one may book. */
  nextFree: string | null;
  onChoose(slot: Slot): void;
}

const shape = ['h-16 w-full', 'mt-4 h-5 w-32', 'h-12 w-full', 'h-12 w-11/12'];

/** Seven days of free times, a day at a time. */
export function SlotWeek({ practitionerId, practitionerName, zone, nextFree, onChoose }: SlotWeekProps) {
  const { t } = useTranslation();
  const today = dayIn(Date.now(), zone);
  const [first, setFirst] = useState<Day>(() => openingDay(today, nextFree, zone));
  const [chosen, setChosen] = useState<Day | null>(null);
  const query = useSlots({ practitionerId, from: first, days: shownDays, zone });

  function go(day: Day) {
    setFirst(day < today ? today : day);
    setChosen(null);
  }

  const last = addDays(first, shownDays - 1);
  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-center gap-1">
        <p aria-live="polite" className="mr-auto font-semibold text-large">
          {capitalized(daySpan(first, last))}
        </p>
        <IconButton
          label={t('slots.earlier')}
          isDisabled={first <= today}
          onPress={() => go(addDays(first, -shownDays))}
        >
          <ChevronLeft aria-hidden="true" className="size-5" />
        </IconButton>
        <IconButton label={t('slots.later')} onPress={() => go(addDays(first, shownDays))}>
          <ChevronRight aria-hidden="true" className="size-5" />
        </IconButton>
      </div>
      <Loaded query={query} lines={shape}>
        {({ items, practitionerTimeZone }) => {
          const days = daysFrom(first, items, zone);
          return (
            <>
              {items.length === 0 ? (
                <NothingFree last={last} nextFree={nextFree} zone={zone} onGo={go} />
              ) : (
                <Days days={days} zone={zone} shown={dayToShow(days, chosen)} onShow={setChosen} onChoose={onChoose} />
              )}
              <ZoneWords name={practitionerName} zone={zone} other={practitionerTimeZone} at={items[0]?.startsAt} />
            </>
          );
        }}
      </Loaded>
    </div>
  );
}

interface DaysProps {
  days: ShownDay[];
  zone: string;
  shown: Day;
  onShow(day: Day): void;
  onChoose(slot: Slot): void;
}

function Days({ days, zone, shown, onShow, onChoose }: DaysProps) {
  const { t } = useTranslation();
  return (
    <Tabs selectedKey={shown} onSelectionChange={(key) => onShow(String(key))} className="flex flex-col gap-5">
      <TabList aria-label={t('slots.days')} className="grid grid-cols-7 gap-1 tablet:gap-2">
        {days.map(({ day, slots }) => (
          <Tab
            key={day}
            id={day}
            aria-label={`${capitalized(longDay(day))}, ${t('slots.free', { count: slots.length })}`}
            className={`flex min-h-16 cursor-pointer flex-col items-center justify-center rounded-outer border px-0.5 py-1.5 outline-offset-2 transition-colors duration-150 data-[selected]:border-brand data-[selected]:bg-brand data-[selected]:text-on-brand ${slots.length > 0 ? 'border-line bg-sheet hover:bg-well' : 'border-transparent text-ink-soft hover:bg-well'}`}
          >
            <span className="text-small">{weekday(day)}</span>
            <span className="font-bold text-large leading-tight">{Number(day.slice(8))}</span>
            <span className="hidden text-small tablet:inline">
              {slots.length > 0 ? t('slots.free', { count: slots.length }) : '–'}
            </span>
            <span className="text-small leading-tight tablet:hidden" aria-hidden="true">
              {slots.length > 0 ? slots.length : '–'}
            </span>
          </Tab>
        ))}
      </TabList>
      {days.map(({ day, slots }) => (
        <TabPanel key={day} id={day} className="fade-in flex flex-col gap-4 rounded-inner outline-offset-4">
          <h3 className="font-semibold text-large">{capitalized(longDay(day))}</h3>
          {slots.length === 0 && <p className="text-ink-soft">{t('slots.noneThatDay')}</p>}
          {byPart(slots, zone).map((group) => (
            <section key={group.part} className="flex flex-col gap-2">
              <h4 className="text-ink-soft">{t(`slots.${group.part}`)}</h4>
              <ul className="grid grid-cols-[repeat(auto-fill,minmax(5.5rem,1fr))] gap-2">
                {group.slots.map((slot) => (
                  <li key={slot.startsAt}>
                    <Button look="quiet" wide onPress={() => onChoose(slot)}>
                      <time dateTime={slot.startsAt}>{clock(slot.startsAt, zone)}</time>
                    </Button>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </TabPanel>
      ))}
    </Tabs>
  );
}

interface NothingFreeProps {
  last: Day;
  nextFree: string | null;
  zone: string;
  onGo(day: Day): void;
}

/** Says so, and leads to the next day on which there is something. */
function NothingFree({ last, nextFree, zone, onGo }: NothingFreeProps) {
  const { t } = useTranslation();
  const next = nextFree ? dayIn(nextFree, zone) : null;
  const isAhead = next !== null && next > last;
  return (
    <div className="fade-in flex flex-col items-start gap-3 rounded-outer bg-well px-5 py-6">
      <p className="text-large">{t('slots.none')}</p>
      {isAhead && nextFree && (
        <Button look="quiet" onPress={() => onGo(next)}>
          {t('slots.goToNext', { day: dayAndMonth(next), time: clock(nextFree, zone) })}
        </Button>
      )}
    </div>
  );
}

interface ZoneWordsProps {
  name: string;
  zone: string;
  other: string;
  at: string | undefined;
}

/** Whose clock this is. The practitioner's is named only where it shows something else. */
function ZoneWords({ name, zone, other, at = new Date().toISOString() }: ZoneWordsProps) {
  const { t } = useTranslation();
  return (
    <p className="text-ink-soft text-small">
      {t('slots.yourClock', { zone: zoneName(zone, at) })}{' '}
      {!sameClock(zone, other, at) &&
        t('slots.theirClock', { name, city: zoneCity(other), yours: clock(at, zone), theirs: clock(at, other) })}
    </p>
  );
}
