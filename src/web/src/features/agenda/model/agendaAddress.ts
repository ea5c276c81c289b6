import { addDays, type Day, weekOf } from '../../../parts/time';

export type View = 'day' | 'week';

/** What part of the calendar is looked at: it stands in the address, so that "back" and a reload find it again. */
export interface Place {
  view: View;
  day: Day;
}

const isDay = (text: string | null): text is Day =>
  text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

export function placeFrom(address: URLSearchParams, today: Day, usual: View): Place {
  const [view, day] = [address.get('view'), address.get('day')];
  return { view: view === 'day' || view === 'week' ? view : usual, day: isDay(day) ? day : today };
}

export const addressOf = ({ view, day }: Place) => new URLSearchParams({ view, day });

export const daysOf = ({ view, day }: Place): Day[] => (view === 'week' ? weekOf(day) : [day]);

export const turn = ({ view, day }: Place, by: 1 | -1): Place => ({
  view,
  day: addDays(day, view === 'week' ? 7 * by : by),
});
