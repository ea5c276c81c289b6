import { useSyncExternalStore } from 'react';

const events = ['focus', 'blur', 'visibilitychange'] as const;

function subscribe(listener: () => void) {
  for (const event of events) (event === 'visibilitychange' ? document : window).addEventListener(event, listener);
  return () => {
    for (const event of events) (event === 'visibilitychange' ? document : window).removeEventListener(event, listener);
  };
}

const isLookedAt = () => document.visibilityState === 'visible' && document.hasFocus();

/** Somebody sits in front of this page: only then is what it shows read. */
export const useAttention = () => useSyncExternalStore(subscribe, isLookedAt);
