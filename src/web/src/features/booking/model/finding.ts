import { addDays, type Day, startOfDay } from '../../../parts/time';
import type { VisitFormat } from '../../../parts/visit';
import type { DirectoryFilter } from '../api/practitioners';

/** How soon a patient wants to be seen. */
export const soonness = ['', 'today', 'three', 'week', 'fortnight'] as const;
type Soonness = (typeof soonness)[number];

/** What a patient looks for, as they chose it. */
export interface Finding {
  q: string;
  specialty: string;
  language: string;
  format: VisitFormat | '';
  soon: Soonness;
}

export const anyone: Finding = { q: '', specialty: '', language: '', format: '', soon: '' };

const daysOf: Record<Soonness, number> = { '': 0, today: 1, three: 3, week: 7, fortnight: 14 };

/** The question to the directory: "today" ends with today where the reader is. */
export function filterOf({ soon, ...rest }: Finding, today: Day, zone: string): DirectoryFilter {
  return { ...rest, availableBefore: soon ? startOfDay(addDays(today, daysOf[soon]), zone) : '' };
}

/** How many choices narrow the list, besides the words. */
export const narrowedBy = ({ specialty, language, format, soon }: Finding) =>
  [specialty, language, format, soon].filter(Boolean).length;
