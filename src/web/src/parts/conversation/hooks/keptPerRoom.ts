import type { Room } from '../model/room';

const all: ((room: Room) => void)[] = [];

/** Lets go of everything that was kept of a room that was left. */
export const forgetRoom = (room: Room) => {
  for (const forget of all) forget(room);
};

/** What rows that scroll out and back must not fetch again: of each room the last few, the rest is let go. */
export function keptPerRoom<T>(most: number, letGo: (value: T) => void) {
  const rooms = new WeakMap<Room, Map<string, { promise: Promise<T>; value: T | null }>>();
  all.push((room) => {
    for (const { promise } of rooms.get(room)?.values() ?? []) promise.then(letGo, () => undefined);
    rooms.delete(room);
  });
  return {
    /** What is there already. */
    now: (room: Room, key: string): T | null => rooms.get(room)?.get(key)?.value ?? null,

    /** The same promise for all who ask; what failed may be asked for again. */
    get(room: Room, key: string, fetchIt: () => Promise<T>): Promise<T> {
      const kept = rooms.get(room) ?? new Map<string, { promise: Promise<T>; value: T | null }>();
      rooms.set(room, kept);
      const entry = kept.get(key) ?? { promise: fetchIt(), value: null };
      // The last that was asked for is the last to go.
      kept.delete(key);
      kept.set(key, entry);
      entry.promise.then(
        (value) => {
          entry.value = value;
        },
        () => kept.delete(key),
      );
      for (const [oldest, { promise }] of kept) {
        if (kept.size <= most) break;
        kept.delete(oldest);
        promise.then(letGo, () => undefined);
      }
      return entry.promise;
    },
  };
}
