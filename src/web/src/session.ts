import { useSyncExternalStore } from 'react';
import { browserParts, createSession } from './api/session';
import { wipeDevice } from './storage/device';

/** This tab's sign-in. */
export const session = createSession(browserParts(wipeDevice));

export const useSession = () => useSyncExternalStore(session.subscribe, session.getState);
