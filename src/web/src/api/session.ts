import { type SendOptions, send as sendOverHttp } from './http';
import { type KeptToken, keepToken } from './keptToken';
import { Problem } from './problem';

type Role = 'EMPLOYEE' | 'PRACTITIONER' | 'ADMIN_RH' | 'ADMIN_HUNTZEN' | 'SUPER_ADMIN';

/** What of a second step a person has, and whether their role must have one. */
interface SecondFactor {
  totp: boolean;
  /** How many. */
  passkeys: number;
  required: boolean;
}

export interface User {
  id: string;
  email: string;
  name: string;
  role: Role;
  /** Null for the operator of the installation, who belongs to none. */
  organizationId: string | null;
  organizationName: string | null;
  language: string | null;
  firstName?: string | null;
  lastName?: string | null;
  /** A path of this origin. */
  avatarUrl?: string | null;
  emailVerified?: boolean;
  secondFactor?: SecondFactor;
}

interface SignIn {
  accessToken: string;
  /** Seconds. */
  expiresIn: number;
  user: User;
  /** The role must have a second factor and this person has none: until then nothing else is open. */
  secondFactorSetupRequired?: boolean;
}

/** What the server asks for after a right password, good for five minutes. */
export interface Challenge {
  challenge: string;
  methods: readonly ('totp' | 'recovery' | 'passkey')[];
}

export type SessionState =
  | { status: 'starting' }
  | { status: 'unreachable' }
  | { status: 'signedOut'; reason: 'none' | 'expired' | 'asked' }
  | { status: 'signedIn'; user: User; token: string; expiresAt: number; restricted: boolean };

type Word =
  | { type: 'renewed'; state: SessionState & { status: 'signedIn' } }
  | { type: 'ended'; reason: 'expired' | 'asked' };

/** What a session needs of its surroundings; the browser's in production, plain objects in tests. */
export interface SessionParts {
  send<T>(path: string, options?: SendOptions): Promise<T>;
  /** Runs one at a time across all tabs: a refresh token is good once, and two tabs must not both spend it. */
  alone<T>(name: string, act: () => Promise<T>): Promise<T>;
  channel: Pick<BroadcastChannel, 'postMessage' | 'onmessage'>;
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** Forgets what this device keeps of a person: drafts and unsent messages. */
  wipe(exceptUserId?: string): Promise<void>;
}

/** Says only that a refresh cookie may exist, so that a first visit asks nothing. Never a token. */
const hint = 'colloque.signed-in';
/** The hint's value while the person is away at their institution's own sign-on, which may send them back without one. */
const away = 'away';
/** Set while a sign-out has not reached the server. */
const owed = 'colloque.sign-out-owed';

export type Session = ReturnType<typeof createSession>;

/** The sign-in of this browser. The access token lives in this closure and nowhere else; the refresh token in a cookie no script can read. */
export function createSession({ send, alone, channel, storage, wipe }: SessionParts) {
  const kept: KeptToken<SessionState> = keepToken<SessionState>(
    { status: 'starting' },
    {
      send,
      next: (stale) =>
        alone('colloque.refresh', async () => {
          // Another tab may have renewed for all while this one waited its turn.
          const now = kept.current();
          if (now !== null && now !== stale && kept.isFresh()) return now;
          return await accept(await send<SignIn>('/api/auth/refresh', { method: 'POST', body: {} }));
        }),
      failed({ category, retryAfter }) {
        if (category === 'signIn' || category === 'forbidden') end('expired');
        else if (kept.current()) kept.tryAgainIn(retryAfter);
        else become({ status: 'unreachable' });
      },
    },
  );
  const { getState, subscribe, become, renew, request } = kept;

  async function accept({ accessToken, expiresIn, user, secondFactorSetupRequired = false }: SignIn) {
    storage.setItem(hint, '1');
    await wipe(user.id);
    const signedIn = {
      status: 'signedIn',
      user,
      token: accessToken,
      expiresAt: Date.now() + expiresIn * 1000,
      restricted: secondFactorSetupRequired,
    } as const;
    become(signedIn);
    channel.postMessage({ type: 'renewed', state: signedIn } satisfies Word);
    return accessToken;
  }

  function end(reason: 'expired' | 'asked') {
    const cameBackWithout = storage.getItem(hint) === away;
    storage.removeItem(hint);
    become({ status: 'signedOut', reason: cameBackWithout ? 'none' : reason });
    channel.postMessage({ type: 'ended', reason } satisfies Word);
  }

  async function enter(path: string, body: object): Promise<Challenge | null> {
    const answer = await send<SignIn | (Challenge & { twoFactorRequired: true })>(path, { method: 'POST', body });
    if ('twoFactorRequired' in answer) return { challenge: answer.challenge, methods: answer.methods };
    await accept(answer);
    return null;
  }

  async function settleOwedSignOut() {
    if (!storage.getItem(owed)) return;
    await send('/api/auth/logout', { method: 'POST', body: {} }).catch(ignoreUnlessUnreachable);
    storage.removeItem(owed);
  }

  channel.onmessage = ({ data }: MessageEvent<Word>) => {
    if (data.type === 'renewed') become(data.state);
    else if (kept.current()) {
      become({ status: 'signedOut', reason: data.reason });
      // What this tab wrote down while the other one was already wiping.
      if (data.reason === 'asked') void wipe();
    }
  };

  return {
    getState,
    subscribe,

    /** Takes up the sign-in that the browser's cookie still holds, if any. */
    async start() {
      try {
        await settleOwedSignOut();
      } catch {
        become({ status: 'unreachable' });
        return;
      }
      if (storage.getItem(hint)) await renew(null);
      else become({ status: 'signedOut', reason: 'none' });
    },

    /** Null when that was all; else what is still asked for. */
    signIn: (email: string, password: string) => enter('/api/auth/login', { email, password }),

    /** The second step, by a code of the app or a recovery code. */
    confirm: (challenge: string, code: string) => enter('/api/auth/2fa/verify', { challenge, code }),

    /** A passkey is both steps at once. */
    signInWithPasskey: (ceremony: string, credential: unknown) =>
      enter('/api/auth/passkeys/sign-in', { ceremony, credential }),

    /** Before the page leaves for another sign-on: what comes back may hold a cookie. */
    leave() {
      storage.setItem(hint, away);
    },

    /** Asks again who this is, after a change of name, picture or factors; an open restriction is asked for anew too. */
    async reload() {
      const before = getState();
      if (before.status !== 'signedIn') return;
      if (before.restricted) return void (await renew(before.token));
      const user = await request<User>('/api/auth/me');
      const state = getState();
      if (state.status !== 'signedIn') return;
      const known = { ...state, user };
      become(known);
      channel.postMessage({ type: 'renewed', state: known } satisfies Word);
    },

    /** Forgets everything here at once; the server is told now, or at the next start when it cannot be reached. */
    async signOut() {
      const token = kept.current();
      storage.setItem(owed, '1');
      end('asked');
      await wipe();
      await send('/api/auth/logout', { method: 'POST', body: {}, token })
        .catch(ignoreUnlessUnreachable)
        .then(() => storage.removeItem(owed))
        .catch(() => undefined);
    },

    renew,

    /** The access token, renewed first when it is about to run out. */
    token: kept.token,

    request,
  };
}

function ignoreUnlessUnreachable(reason: unknown) {
  if (Problem.from(reason).category === 'unreachable') throw reason;
}

/** The browser's own parts, for {@link createSession}. */
export function browserParts(wipe: SessionParts['wipe']): SessionParts {
  return {
    send: sendOverHttp,
    // Web Locks exist in secure contexts only; without them the cookie could not be kept either.
    alone: async (name, act) => (navigator.locks ? await navigator.locks.request(name, () => act()) : await act()),
    channel: new BroadcastChannel('colloque.session'),
    storage: localStorage,
    wipe,
  };
}
