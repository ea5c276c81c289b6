import type { SendOptions } from './http';
import { Problem } from './problem';

/** How somebody is in, or not: with a token while they are. */
interface Standing {
  status: string;
  token?: string;
  /** Of the token: milliseconds since 1970. */
  expiresAt?: number;
}

interface TokenSource {
  send<T>(path: string, options?: SendOptions): Promise<T>;
  /** A token other than `stale`; whatever it brings is made known by `become`. */
  next(stale: string | null): Promise<string | null>;
  /** The next one was refused, or no answer came. */
  failed(problem: Problem): void;
}

export type KeptToken<S extends Standing> = ReturnType<typeof keepToken<S>>;

/** Renewed this long before it runs out. */
const margin = 60_000;
/** After a renewal that got no answer. */
const retryDelay = 5_000;

/** Keeps an access token good in this closure and nowhere else: renews it in time, once however many ask, and tells who listens. */
export function keepToken<S extends Standing>(first: S, { send, next, failed }: TokenSource) {
  let state = first;
  let renewal: Promise<string | null> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();

  function become(now: S) {
    state = now;
    clearTimeout(timer);
    if (now.expiresAt !== undefined) renewIn(Math.max(now.expiresAt - Date.now() - margin, 1_000));
    for (const listener of listeners) listener();
  }

  function renewIn(delay: number) {
    clearTimeout(timer);
    timer = setTimeout(() => void renew(current()), delay);
  }

  const current = () => state.token ?? null;
  const isFresh = () => state.expiresAt !== undefined && state.expiresAt - Date.now() > margin / 2;

  /** A token other than `stale`, or null when there is none to be had. */
  function renew(stale: string | null): Promise<string | null> {
    renewal ??= next(stale)
      .catch((reason) => {
        failed(Problem.from(reason));
        return null;
      })
      .finally(() => {
        renewal = undefined;
      });
    return renewal;
  }

  /** The token, renewed first when it is about to run out. */
  async function token(): Promise<string | null> {
    const now = current();
    if (now === null || isFresh()) return now;
    return (await renew(now)) ?? current();
  }

  return {
    getState: () => state,

    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },

    become,
    current,
    isFresh,
    token,
    renew,

    /** Seconds, as the server asked; null for the usual while. */
    tryAgainIn: (seconds: number | null) => renewIn((seconds ?? 0) * 1000 || retryDelay),

    /** `send` in the name of whoever holds it; one refused token is renewed and the call tried once more. */
    async request<T>(path: string, options: SendOptions = {}): Promise<T> {
      const given = await token();
      try {
        return await send<T>(path, { ...options, token: given });
      } catch (reason) {
        if (!(reason instanceof Problem) || reason.status !== 401) throw reason;
        const fresh = await renew(given);
        if (!fresh) throw reason;
        return await send<T>(path, { ...options, token: fresh });
      }
    },

    stop: () => clearTimeout(timer),
  };
}
