const deviceKey = 'colloque.call.device';
const placeKey = 'colloque.call.place';

/** Where this tab is in a call, kept over a reload: what is not said here begins as it did then. */
export interface TabPlace {
  callId: string;
  microphone: boolean;
  camera: boolean;
}

const random = () => crypto.randomUUID().replaceAll('-', '');

/** Resolves to false when another tab that lives has the name; a tab that is being reloaded gives it back at once. */
function hold(name: string): Promise<boolean> {
  const { locks } = navigator;
  if (!locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    const waiting = new AbortController();
    const giveUp = setTimeout(() => waiting.abort(), 800);
    locks
      .request(`${deviceKey}.${name}`, { signal: waiting.signal }, () => {
        clearTimeout(giveUp);
        resolve(true);
        // Held as long as the tab lives.
        return new Promise(() => undefined);
      })
      .catch(() => resolve(false));
  });
}

let held: Promise<string> | undefined;

/** The name of this tab in calls: the same after a reload, another in a tab that was made as a copy of this one. */
export function deviceOfTab(): Promise<string> {
  held ??= find();
  return held;
}

async function find(): Promise<string> {
  const known = sessionStorage.getItem(deviceKey);
  if (known && (await hold(known))) return known;
  // The copy has the place of the original, too.
  sessionStorage.removeItem(placeKey);
  const fresh = random();
  sessionStorage.setItem(deviceKey, fresh);
  await hold(fresh);
  return fresh;
}

export function keptPlace(): TabPlace | null {
  try {
    return JSON.parse(sessionStorage.getItem(placeKey) ?? 'null') as TabPlace | null;
  } catch {
    return null;
  }
}

export function keepPlace(place: TabPlace | null) {
  if (place) sessionStorage.setItem(placeKey, JSON.stringify(place));
  else sessionStorage.removeItem(placeKey);
}
