import type { ConsultationItem } from '../api/listMyConsultations';

/** My consultations in the order in which they matter: the one thing to do now, then the rest. */
export interface Agenda {
  focus: ConsultationItem | null;
  waiting: ConsultationItem[];
  inProgress: ConsultationItem[];
  upcoming: ConsultationItem[];
  past: ConsultationItem[];
}

const isAhead = ({ status }: ConsultationItem) => status === 'SCHEDULED' || status === 'CONFIRMED';
const soonestFirst = (a: ConsultationItem, b: ConsultationItem) => a.scheduledAt.localeCompare(b.scheduledAt);

/** What is under way comes first, then who waits, then what is next. A patient who waits is still in front of the visit they wait for. */
export function agenda(items: readonly ConsultationItem[], isPractitioner: boolean): Agenda {
  const waiting = isPractitioner ? items.filter((item) => isAhead(item) && item.waiting).sort(soonestFirst) : [];
  const inProgress = items.filter((item) => item.status === 'IN_PROGRESS').sort(soonestFirst);
  const upcoming = items.filter((item) => isAhead(item) && !waiting.includes(item)).sort(soonestFirst);
  const past = items.filter((item) => !isAhead(item) && item.status !== 'IN_PROGRESS');
  const focus = inProgress[0] ?? waiting[0] ?? upcoming[0] ?? null;
  const others = (list: ConsultationItem[]) => list.filter((item) => item !== focus);
  return { focus, waiting: others(waiting), inProgress: others(inProgress), upcoming: others(upcoming), past };
}
