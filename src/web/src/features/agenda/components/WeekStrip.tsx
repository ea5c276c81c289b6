import { useTranslation } from 'react-i18next';
import { capitalized } from '../../../i18n/time';
import { type Day, longDay, weekday } from '../../../parts/time';

interface WeekStripProps {
  days: readonly Day[];
  chosen: Day;
  today: Day;
  countOf(day: Day): number;
  onChoose(day: Day): void;
}

/** The week on a phone: a day a thumb, a dot where there are visits. */
export function WeekStrip({ days, chosen, today, countOf, onChoose }: WeekStripProps) {
  const { t } = useTranslation();
  return (
    <ul className="-mx-2 grid grid-cols-7">
      {days.map((day) => {
        const count = countOf(day);
        const words = count > 0 ? t('agenda.visits', { count }) : t('agenda.noVisits');
        return (
          <li key={day}>
            <button
              type="button"
              aria-current={day === chosen ? 'date' : undefined}
              aria-label={`${capitalized(longDay(day))}, ${words}`}
              onClick={() => onChoose(day)}
              className={`flex min-h-16 w-full cursor-pointer flex-col items-center justify-center rounded-outer leading-tight ${day === chosen ? 'bg-brand text-on-brand' : 'hover:bg-well'}`}
            >
              <span className={`text-small ${day === chosen ? '' : 'text-ink-soft'}`}>{weekday(day).slice(0, 3)}</span>
              <span
                className={`text-large ${day === today ? 'font-bold' : ''} ${day === today && day !== chosen ? 'text-brand' : ''}`}
              >
                {Number(day.slice(8))}
              </span>
              <span
                className={`size-1.5 rounded-full ${count === 0 ? '' : day === chosen ? 'bg-on-brand' : 'bg-brand'}`}
              />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
