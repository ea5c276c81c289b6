import { send } from '../../../api/http';
import { type KeptToken, keepToken } from '../../../api/keptToken';
import { type Entered, leave, renew } from '../api/join';

type State =
  | { status: 'signedIn'; token: string; expiresAt: number }
  | { status: 'signedOut'; reason: 'expired' | 'asked' };

export type GuestSession = ReturnType<typeof createGuestSession>;

/** A guest's time in one visit, in this page alone: nothing of it is kept on the device, and a reload comes in by the link again. */
export function createGuestSession({ accessToken, expiresAt, consultationId }: Entered) {
  const kept: KeptToken<State> = keepToken<State>(inside(accessToken, expiresAt), {
    send,
    async next(stale) {
      const token = kept.current();
      if (token !== stale || !token) return token;
      const renewed = await renew(consultationId, token);
      // Whoever left meanwhile stays out.
      if (kept.current() !== token) return kept.current();
      kept.become(inside(renewed.accessToken, renewed.expiresAt));
      return renewed.accessToken;
    },
    failed({ category, retryAfter }) {
      if (!kept.current()) return;
      if (category === 'signIn' || category === 'missing') kept.become({ status: 'signedOut', reason: 'expired' });
      else kept.tryAgainIn(retryAfter);
    },
  });
  // From now on it is renewed in time.
  kept.become(kept.getState());
  const { getState, subscribe, token, request, stop } = kept;

  return {
    getState,
    subscribe,
    token,
    renew: kept.renew,
    request,
    stop,

    /** The guest goes; whatever the server answers, this page is out. */
    async leave() {
      const mine = kept.current();
      kept.become({ status: 'signedOut', reason: 'asked' });
      if (mine) await leave(mine).catch(() => undefined);
    },
  };
}

const inside = (token: string, until: string): State => ({ status: 'signedIn', token, expiresAt: Date.parse(until) });
