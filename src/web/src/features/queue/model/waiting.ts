import type { Waiting } from '../api/queue';

/** Whole minutes that somebody has waited. */
export const minutesSince = (joinedAt: string, now: number) =>
  Math.max(0, Math.floor((now - Date.parse(joinedAt)) / 60_000));

/** Minutes until somebody's turn; 0 when it is theirs. */
export const minutesUntil = (expectedAt: string | null, now: number) =>
  expectedAt === null ? null : Math.max(0, Math.round((Date.parse(expectedAt) - now) / 60_000));

/** Who came between two looks: those of whom nothing was known. Somebody who comes back in time kept the place and rings no second time. */
export function arrivals(before: ReadonlySet<string> | null, now: readonly Waiting[]): Waiting[] {
  return before === null ? [] : now.filter(({ consultationId, shared }) => !shared && !before.has(consultationId));
}

/** My own first, as they come; then those whom I could take off a colleague's hands. */
export const own = (items: readonly Waiting[]) => items.filter(({ shared }) => !shared);
export const ofColleagues = (items: readonly Waiting[]) => items.filter(({ shared }) => shared);
