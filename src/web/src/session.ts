import { useSyncExternalStore } from 'react';
import { browserParts, createSession } from './api/session';
import { lockDevice, wipeDevice } from './storage/device';

/** Set by `storage/pushes`, which is fetched only where it is needed. */
const pushedTo = () => localStorage.getItem('colloque.pushes');

/** Forgets what this device keeps, and is told no more: of everyone, or of everyone but one. */
async function wipe(exceptUserId?: string) {
  const pushes = pushedTo();
  await Promise.all([
    wipeDevice(exceptUserId),
    pushes &&
      pushes !== exceptUserId &&
      import('./storage/pushes').then(({ dropPushes }) => dropPushes()).catch(() => undefined),
  ]);
}

/** Whether somebody may still be signed in here; what is true, the server says. */
export const wasSignedIn = () => localStorage.getItem('colloque.signed-in') !== null;

/** This tab's sign-in. */
export const session = createSession(browserParts(wipe));

/** Ends the sign-in; before, where this device is told of messages, the server hears that it is to be told no more. */
export async function signOut(): Promise<void> {
  if (pushedTo()) await import('./storage/pushes').then(({ stopPushes }) => stopPushes(session)).catch(() => undefined);
  await session.signOut();
}

// The first to listen: the device is locked before the pages of the one who left are taken down.
session.subscribe(() => {
  const state = session.getState();
  lockDevice(state.status === 'signedOut' && state.reason === 'asked');
});

export const useSession = () => useSyncExternalStore(session.subscribe, session.getState);
