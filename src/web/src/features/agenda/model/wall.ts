import { addDays, type Day } from '../../../parts/time';

/** A place on a wall calendar: what a clock on the wall of a zone shows. */
export interface Wall {
  /** "2026-11-21". */
  date: Day;
  /** Minutes since midnight, by the clock. */
  minute: number;
}

const minuteMs = 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(zone, made);
  return made;
}

export function wallOf(instant: string | number, zone: string): Wall {
  const parts: Record<string, string> = {};
  for (const { type, value } of formatOf(zone).formatToParts(new Date(instant))) parts[type] = value;
  return {
    date: `${parts.year}-${parts.month}-${parts.day}`,
    minute: Number(parts.hour) * 60 + Number(parts.minute),
  };
}

const asUtc = ({ date, minute }: Wall) => Date.parse(`${date}T00:00:00Z`) + minute * minuteMs;

/** The first instant at which the clock of the zone shows this; where clocks jump over it, the same distance after the jump. */
export function instantOf(wall: Wall, zone: string): number {
  const wanted = asUtc(wall);
  // The zone's offset before any change of clocks that is near, and after it.
  const guesses = [wanted - 24 * 60 * minuteMs, wanted + 24 * 60 * minuteMs].map(
    (near) => wanted - (asUtc(wallOf(near, zone)) - near),
  );
  const shown = guesses.filter((guess) => asUtc(wallOf(guess, zone)) === wanted);
  return shown.length > 0 ? Math.min(...shown) : Math.max(...guesses);
}

/** The instants between which these days lie. */
export function spanOf(days: readonly Day[], zone: string): { from: string; to: string } {
  const first = days[0] ?? '1970-01-01';
  const last = days.at(-1) ?? first;
  return {
    from: new Date(instantOf({ date: first, minute: 0 }, zone)).toISOString(),
    to: new Date(instantOf({ date: addDays(last, 1), minute: 0 }, zone)).toISOString(),
  };
}
