// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createGuestSession } from './guestSession';

const entered = () => ({
  accessToken: 'first',
  expiresAt: new Date(Date.now() + 600_000).toISOString(),
  consultationId: 'c1',
  guest: { id: 'g1', name: 'Yasmine', role: 'RELATIVE' as const },
});
let answers: Response[];

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  answers = [];
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => answers.shift() ?? Promise.reject(new TypeError('offline'))),
  );
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const json = (status: number, body: object) => new Response(JSON.stringify(body), { status });

test('a guest’s token is renewed before it runs out, and the line is told', async () => {
  const session = createGuestSession(entered());
  const heard = vi.fn();
  session.subscribe(heard);
  answers.push(json(200, { accessToken: 'second', expiresAt: new Date(1_200_000).toISOString() }));
  await vi.advanceTimersByTimeAsync(540_000);
  expect(await session.token()).toBe('second');
  expect(heard).toHaveBeenCalledTimes(1);
  session.stop();
});

test('a link that was taken back ends it; a lost network does not', async () => {
  const session = createGuestSession(entered());
  expect(await session.renew('first')).toBeNull();
  expect(session.getState().status).toBe('signedIn');
  answers.push(json(401, { code: 'unauthenticated' }));
  await vi.advanceTimersByTimeAsync(5_000);
  expect(session.getState()).toEqual({ status: 'signedOut', reason: 'expired' });
  expect(await session.token()).toBeNull();
});
