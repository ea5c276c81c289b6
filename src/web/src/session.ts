import { useSyncExternalStore } from 'react';
import { browserParts, createSession } from './api/session';
import { lockDevice, wipeDevice } from './storage/device';

/** This tab's sign-in. */
export const session = createSession(browserParts(wipeDevice));

// The first to listen: the device is locked before the pages of the one who left are taken down.
session.subscribe(() => {
  const state = session.getState();
  lockDevice(state.status === 'signedOut' && state.reason === 'asked');
});

export const useSession = () => useSyncExternalStore(session.subscribe, session.getState);
