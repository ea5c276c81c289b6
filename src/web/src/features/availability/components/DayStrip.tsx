import type { Rule } from '../api/availability';
import { minutesOf } from '../model/hours';

/** Minutes since midnight. */
const first = 6 * 60;
const last = 22 * 60;

/** A day from six to ten in the evening, what is open filled in. Only for the eye: the hours stand below in words. */
export function DayStrip({ rules }: { rules: readonly Rule[] }) {
  const at = (minute: number) => (100 * (Math.min(Math.max(minute, first), last) - first)) / (last - first);
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 100 10"
      preserveAspectRatio="none"
      className="mt-3.5 h-2.5 w-full rounded-inner"
    >
      <rect width="100" height="10" className="fill-line" />
      {rules.map(({ id, startTime, endTime, isActive }) => {
        const [from, to] = [at(minutesOf(startTime ?? '') ?? 0), at(minutesOf(endTime ?? '') ?? 0)];
        return (
          <rect
            key={id}
            x={from}
            width={Math.max(to - from, 0)}
            height="10"
            className={isActive ? 'fill-brand' : 'fill-ink-faint opacity-40'}
          />
        );
      })}
    </svg>
  );
}

/** The hours above the strips of a week. */
export function StripHours() {
  return (
    <div aria-hidden="true" className="relative h-5 text-ink-soft text-small">
      {[6, 9, 12, 15, 18, 21].map((hour) => (
        <span
          key={hour}
          className="absolute -translate-x-1/2 first:translate-x-0"
          style={{ left: `${(100 * (hour * 60 - first)) / (last - first)}%` }}
        >
          {hour}
        </span>
      ))}
    </div>
  );
}
