import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Problem } from './problem';
import { createSession, type SessionParts, type User } from './session';

const nadia: User = {
  id: 'nadia',
  email: 'nadia@example.org',
  name: 'Nadia Benali',
  role: 'EMPLOYEE',
  organizationId: 'o1',
  organizationName: 'Clinic',
  language: 'fr',
};

/** A server that gives tokens t1, t2 ... and a browser whose tabs share storage, lock and channel. */
function browser() {
  const stored = new Map<string, string>();
  const calls: string[] = [];
  const wiped: (string | undefined)[] = [];
  const tabs: { onmessage: ((event: MessageEvent) => void) | null }[] = [];
  let queue: Promise<unknown> = Promise.resolve();
  let tokens = 0;
  const server = { refuse: null as Problem | null, challenge: false, restricted: false };

  function tab() {
    const channel: SessionParts['channel'] = {
      onmessage: null,
      postMessage: (word) => {
        for (const other of tabs) if (other !== channel) other.onmessage?.(new MessageEvent('message', { data: word }));
      },
    };
    tabs.push(channel as (typeof tabs)[number]);
    return createSession({
      channel,
      storage: {
        getItem: (key) => stored.get(key) ?? null,
        setItem: (key, value) => void stored.set(key, value),
        removeItem: (key) => void stored.delete(key),
      },
      alone: (_, act) => {
        const turn = queue.then(act, act);
        queue = turn.catch(() => undefined);
        return turn;
      },
      wipe: async (except) => void wiped.push(except),
      send: async <T>(path: string, options?: { token?: string | null }) => {
        calls.push(path);
        if (server.refuse) throw server.refuse;
        if (path === '/api/auth/logout') return undefined as T;
        if (path === '/api/auth/me') return { ...nadia, name: 'Nadège Benali' } as T;
        if (server.challenge && path === '/api/auth/login')
          return { twoFactorRequired: true, challenge: 'c1', methods: ['totp'] } as T;
        if (server.restricted)
          return { accessToken: `t${++tokens}`, expiresIn: 600, user: nadia, secondFactorSetupRequired: true } as T;
        if (path.startsWith('/api/auth/')) return { accessToken: `t${++tokens}`, expiresIn: 600, user: nadia } as T;
        if (options?.token === 't1') throw new Problem(401, { code: 'unauthenticated' });
        return options?.token as T;
      },
    });
  }
  return { tab, calls, stored, wiped, server };
}

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

test('a first visit asks the server nothing', async () => {
  const { tab, calls } = browser();
  const session = tab();
  await session.start();
  expect(session.getState()).toEqual({ status: 'signedOut', reason: 'none' });
  expect(calls).toEqual([]);
});

test('the token never reaches the storage', async () => {
  const { tab, stored } = browser();
  const session = tab();
  await session.signIn('nadia@example.org', 'x');
  expect([...stored.values()].join()).not.toContain('t1');
});

test('two tabs that renew at the same moment spend one refresh token', async () => {
  const { tab, calls } = browser();
  const [one, two] = [tab(), tab()];
  await one.signIn('nadia@example.org', 'x');
  calls.length = 0;
  const tokens = await Promise.all([one.renew('t1'), two.renew('t1'), one.renew('t1')]);
  expect(calls).toEqual(['/api/auth/refresh']);
  expect(tokens).toEqual(['t2', 't2', 't2']);
});

test('the token is renewed a minute before it runs out', async () => {
  const { tab } = browser();
  const session = tab();
  await session.signIn('nadia@example.org', 'x');
  await vi.advanceTimersByTimeAsync(539_000);
  expect(session.getState()).toMatchObject({ token: 't1' });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(session.getState()).toMatchObject({ token: 't2' });
});

test('a refused token is renewed once and the call repeated', async () => {
  const { tab, calls } = browser();
  const session = tab();
  await session.signIn('nadia@example.org', 'x');
  expect(await session.request('/api/x')).toBe('t2');
  expect(calls).toEqual(['/api/auth/login', '/api/x', '/api/auth/refresh', '/api/x']);
});

test('an ended sign-in keeps drafts, so that signing in again finds them', async () => {
  const { tab, server, wiped } = browser();
  const session = tab();
  await session.signIn('nadia@example.org', 'x');
  wiped.length = 0;
  server.refuse = new Problem(401, { code: 'unauthenticated' });
  await session.renew('t1');
  expect(session.getState()).toEqual({ status: 'signedOut', reason: 'expired' });
  expect(wiped).toEqual([]);
});

test('a server that is away does not end the sign-in', async () => {
  const { tab, server } = browser();
  const session = tab();
  await session.signIn('nadia@example.org', 'x');
  server.refuse = Problem.unreachable();
  await session.renew('t1');
  expect(session.getState()).toMatchObject({ status: 'signedIn', token: 't1' });
  server.refuse = null;
  await vi.advanceTimersByTimeAsync(6_000);
  expect(session.getState()).toMatchObject({ token: 't2' });
});

test('signing out in one tab signs out the other and wipes the device', async () => {
  const { tab, wiped, stored } = browser();
  const [one, two] = [tab(), tab()];
  await one.signIn('nadia@example.org', 'x');
  await one.signOut();
  expect(two.getState()).toEqual({ status: 'signedOut', reason: 'asked' });
  expect(wiped.at(-1)).toBeUndefined();
  expect(stored.size).toBe(0);
});

test('a sign-out that could not reach the server is told to it at the next start', async () => {
  const { tab, calls, server, stored } = browser();
  const session = tab();
  await session.signIn('nadia@example.org', 'x');
  server.refuse = Problem.unreachable();
  await session.signOut();
  server.refuse = null;
  calls.length = 0;
  const next = tab();
  await next.start();
  expect(calls).toEqual(['/api/auth/logout']);
  expect(next.getState()).toEqual({ status: 'signedOut', reason: 'none' });
  expect(stored.size).toBe(0);
});

test('a right password alone does not sign in where a second step is on', async () => {
  const { tab, server, stored } = browser();
  const session = tab();
  await session.start();
  server.challenge = true;
  expect(await session.signIn('nadia@example.org', 'x')).toEqual({ challenge: 'c1', methods: ['totp'] });
  expect(session.getState().status).toBe('signedOut');
  expect(stored.size).toBe(0);
  expect(await session.confirm('c1', '123456')).toBeNull();
  expect(session.getState()).toMatchObject({ status: 'signedIn', token: 't1' });
});

test('who must set up a second step is restricted until a renewal says otherwise', async () => {
  const { tab, server } = browser();
  const [one, two] = [tab(), tab()];
  server.restricted = true;
  await one.signIn('amina@example.org', 'x');
  expect(one.getState()).toMatchObject({ restricted: true });
  expect(two.getState()).toMatchObject({ restricted: true });
  server.restricted = false;
  await one.reload();
  expect(one.getState()).toMatchObject({ restricted: false, token: 't2' });
  expect(two.getState()).toMatchObject({ restricted: false, token: 't2' });
});

test('a changed name is known in every tab, and spends no refresh token', async () => {
  const { tab, calls } = browser();
  const [one, two] = [tab(), tab()];
  await one.signIn('nadia@example.org', 'x');
  // The first token of this server is refused once; the second is good.
  await one.renew('t1');
  calls.length = 0;
  await one.reload();
  expect(calls).toEqual(['/api/auth/me']);
  expect(one.getState()).toMatchObject({ user: { name: 'Nadège Benali' }, token: 't2' });
  expect(two.getState()).toMatchObject({ user: { name: 'Nadège Benali' }, token: 't2' });
});

test('who comes back from another sign-on without one is not told that a session ended', async () => {
  const { tab, server } = browser();
  tab().leave();
  server.refuse = new Problem(401, { code: 'unauthenticated' });
  const back = tab();
  await back.start();
  expect(back.getState()).toEqual({ status: 'signedOut', reason: 'none' });
});
