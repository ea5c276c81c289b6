import { weekday } from '../../../parts/time';

/** A week that begins on a Sunday, as the server counts weekdays. */
const dateOf = (day: number) => `2023-01-0${day + 1}`;

/** "Monday", "Mon". */
export const nameOf = (day: number) => weekday(dateOf(day), 'long');
export const shortNameOf = (day: number) => weekday(dateOf(day));
