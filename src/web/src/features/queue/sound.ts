import { useSyncExternalStore } from 'react';

const key = 'colloque.queueSound';
const listeners = new Set<() => void>();

const isOn = () => localStorage.getItem(key) !== 'off';

export function setSound(on: boolean) {
  if (on) localStorage.removeItem(key);
  else localStorage.setItem(key, 'off');
  for (const listener of listeners) listener();
}

/** Whether this device rings when somebody enters the waiting room. */
export const useSound = () =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, isOn);
