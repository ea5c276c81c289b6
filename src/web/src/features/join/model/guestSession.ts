import { type SendOptions, send } from '../../../api/http';
import { Problem } from '../../../api/problem';
import { type Entered, leave, renew as renewToken } from '../api/join';

type State =
  | { status: 'signedIn'; token: string; expiresAt: number }
  | { status: 'signedOut'; reason: 'expired' | 'asked' };

/** Renewed this long before it runs out. */
const margin = 60_000;
/** After a renewal that got no answer. */
const retryDelay = 5_000;

/** A guest's time in one visit, in this page alone: nothing of it is kept on the device, and a reload comes in by the link again. */
export function createGuestSession({ accessToken, expiresAt, consultationId }: Entered) {
  const listeners = new Set<() => void>();
  let renewal: Promise<string | null> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let state: State = { status: 'signedIn', token: accessToken, expiresAt: Date.parse(expiresAt) };

  function become(next: State) {
    state = next;
    clearTimeout(timer);
    if (next.status === 'signedIn') renewIn(Math.max(next.expiresAt - Date.now() - margin, 1_000));
    for (const listener of listeners) listener();
  }

  function renewIn(delay: number) {
    clearTimeout(timer);
    timer = setTimeout(() => void renew(current()), delay);
  }

  const current = () => (state.status === 'signedIn' ? state.token : null);

  function take(token: string, until: string): string {
    become({ status: 'signedIn', token, expiresAt: Date.parse(until) });
    return token;
  }

  /** A token other than `stale`, or null where the guest's time is over. */
  function renew(stale: string | null): Promise<string | null> {
    const token = current();
    if (token !== stale || !token) return Promise.resolve(token);
    renewal ??= renewToken(consultationId, token)
      .then((next) => take(next.accessToken, next.expiresAt))
      .catch((reason) => {
        const { category } = Problem.from(reason);
        if (category === 'signIn' || category === 'missing') become({ status: 'signedOut', reason: 'expired' });
        else renewIn(retryDelay);
        return null;
      })
      .finally(() => {
        renewal = undefined;
      });
    return renewal;
  }

  take(accessToken, expiresAt);

  return {
    getState: () => state,

    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },

    token: async () => current(),
    renew,

    async request<T>(path: string, options: SendOptions = {}): Promise<T> {
      const token = current();
      try {
        return await send<T>(path, { ...options, token });
      } catch (reason) {
        if (!(reason instanceof Problem) || reason.status !== 401) throw reason;
        const fresh = await renew(token);
        if (!fresh) throw reason;
        return await send<T>(path, { ...options, token: fresh });
      }
    },

    /** The guest goes; whatever the server answers, this page is out. */
    async leave() {
      const token = current();
      become({ status: 'signedOut', reason: 'asked' });
      if (token) await leave(token).catch(() => undefined);
    },

    stop: () => clearTimeout(timer),
  };
}
