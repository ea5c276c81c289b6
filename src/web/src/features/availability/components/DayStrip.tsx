import type { Rule } from '../api/availability';
import { minutesOf } from '../model/hours';

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
      {[9, 12, 15, 18].map((hour) => (
        <rect key={hour} x={at(hour * 60) - 0.1} width="0.2" height="10" className="fill-paper" />
      ))}
    </svg>
  );
}
