import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Authenticator } from '../support/authenticator.mjs';
import { closeAll, connect, demo, heard, http, pairs, url } from '../support/server.mjs';

after(closeAll);

const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';
const laptop = 'Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0';

/** Signs a demo person in on a device of their own. */
async function device(name, userAgent = laptop) {
  const { email, password } = demo.users.find((u) => u.email.startsWith(name));
  const answer = await http('POST', '/api/auth/login', { body: { email, password }, headers: { 'user-agent': userAgent } });
  assert.equal(answer.status, 200);
  return { token: answer.body.accessToken, refresh: answer.body.refreshToken };
}

/** Devices of someone whom no other test knows: here all of them end, so they sign in by a passkey of their own. */
async function devicesOf(token, count) {
  const site = url.replace('127.0.0.1', 'localhost');
  const key = new Authenticator(site);
  const options = await http('POST', `${site}/api/auth/passkeys/options`, { token, body: {} });
  await http('POST', `${site}/api/auth/passkeys`, { token, body: { name: 'Key', credential: key.create(options.body) } });
  const devices = [];
  while (devices.length < count) {
    const offer = (await http('POST', `${site}/api/auth/passkeys/sign-in/options`, { body: {} })).body;
    const { body } = await http('POST', `${site}/api/auth/passkeys/sign-in`, { body: { ceremony: offer.ceremony, credential: key.get(offer.options) } });
    devices.push({ token: body.accessToken, refresh: body.refreshToken });
  }
  return devices;
}

const sessions = async ({ token }) => (await http('GET', '/api/auth/sessions', { token })).body.items;
const current = async (who) => (await sessions(who)).find((s) => s.current);
const refresh = (refreshToken) => http('POST', '/api/auth/refresh', { body: { refreshToken } });
const status = async ({ token }) => (await http('GET', '/api/auth/me', { token })).status;

/** Listens at once; call what it gives when the end was asked for, and await that: it fails after the five seconds that are promised. */
const ending = (...sockets) => {
  const ended = Promise.all(sockets.map((socket) => new Promise((done) => socket.once('disconnect', done))));
  return async () => {
    let late;
    const over = new Promise((_, failed) => (late = setTimeout(() => failed(new Error('A socket was still open after 5 s')), 5_000)));
    await Promise.race([ended, over]);
    clearTimeout(late);
  };
};

test('each device is listed with its name, its address and its times', async () => {
  const one = await device('lucia');
  const two = await device('lucia', phone);
  const items = await sessions(one);
  const mine = items.find((s) => s.current);
  assert.deepEqual([mine.device, mine.browser, mine.ip], ['Linux', 'Firefox', '127.0.0.1']);
  assert.ok(Math.abs(Date.parse(mine.createdAt) - Date.now()) < 60_000 && mine.lastUsedAt >= mine.createdAt);
  assert.equal(items.filter((s) => s.current).length, 1);
  const other = items.find((s) => s.id !== mine.id && s.device === 'iPhone');
  assert.deepEqual([other.browser, other.current, other.id], ['Safari', false, (await current(two)).id]);
  assert.deepEqual(Object.keys(other), ['id', 'device', 'browser', 'ip', 'createdAt', 'lastUsedAt', 'current']);
});

test('a device that is ended elsewhere loses its tokens and its sockets', async () => {
  const here = await device('nadia');
  const lost = await device('nadia', phone);
  const socket = await connect(lost.token);
  const gone = ending(socket);
  const { id } = await current(lost);
  assert.equal((await http('DELETE', `/api/auth/sessions/${id}`, { token: here.token })).status, 204);
  await gone();
  assert.deepEqual(await heard(socket, 'session.expired'), { code: 'session_revoked' });
  assert.deepEqual([await status(lost), (await refresh(lost.refresh)).status], [401, 401]);
  assert.equal(await status(here), 200);
  assert.equal((await http('DELETE', `/api/auth/sessions/${id}`, { token: here.token })).status, 404);
});

test('nobody ends another’s device, nor learns whether it is there', async () => {
  const nadia = await device('nadia');
  const lucia = await device('lucia');
  const { id } = await current(lucia);
  const foreign = await http('DELETE', `/api/auth/sessions/${id}`, { token: nadia.token });
  const absent = await http('DELETE', `/api/auth/sessions/${crypto.randomUUID()}`, { token: nadia.token });
  assert.deepEqual({ ...foreign.body, traceId: '' }, { ...absent.body, traceId: '' });
  assert.equal(foreign.status, 404);
  assert.equal(await status(lucia), 200);
  assert.equal((await http('DELETE', '/api/auth/sessions/me', { token: nadia.token })).status, 422);
  assert.equal((await http('DELETE', '/api/auth/sessions?includeCurrent=yes', { token: nadia.token })).status, 422);
  assert.equal((await http('GET', '/api/auth/sessions')).status, 401);
  assert.equal((await http('DELETE', '/api/auth/sessions')).status, 401);
});

test('all others end at once; and then this one too', async () => {
  const [here, two, three] = await devicesOf(pairs[36].patient, 3);
  const sockets = await Promise.all([two, three].map((d) => connect(d.token)));
  const gone = ending(...sockets);
  assert.equal((await http('DELETE', '/api/auth/sessions', { token: here.token })).status, 204);
  await gone();
  assert.deepEqual(await Promise.all([here, two, three].map(status)), [200, 401, 401]);
  assert.deepEqual((await sessions(here)).map((s) => s.current), [true]);

  const own = await connect(here.token);
  const shut = ending(own);
  assert.equal((await http('DELETE', '/api/auth/sessions?includeCurrent=true', { token: here.token })).status, 204);
  await shut();
  assert.deepEqual([await status(here), (await refresh(here.refresh)).status], [401, 401]);
});

test('a changed password ends every other device and every socket within five seconds', async () => {
  const { password } = demo.users.find((u) => u.email.startsWith('tomas'));
  const here = await device('tomas');
  const other = await device('tomas', phone);
  const sockets = await Promise.all([here, other].map((d) => connect(d.token)));
  const gone = ending(...sockets);
  const change = (token, body) => http('POST', '/api/auth/change-password', { token, body });
  assert.equal((await change(here.token, { password, newPassword: `${password} anew` })).status, 204);
  await gone();
  assert.deepEqual(await Promise.all([here, other].map(status)), [401, 401]);
  assert.equal((await refresh(other.refresh)).status, 401);
  const again = await refresh(here.refresh);
  assert.equal(again.status, 200);
  assert.equal((await change(again.body.accessToken, { password: `${password} anew`, newPassword: password })).status, 204);
});

test('twenty refreshes at once get one and the same successor, and it is good', async () => {
  const { refresh: token } = await device('nadia');
  const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(token)));
  assert.deepEqual([...new Set(answers.map((a) => a.status))], [200]);
  const successors = new Set(answers.map((a) => a.body.refreshToken));
  assert.equal(successors.size, 1);
  assert.equal((await refresh([...successors][0])).status, 200);
});

test('a stolen refresh token ends the family, for the thief and the owner, with its sockets', async () => {
  const owner = await device('nadia');
  const bystander = await device('nadia', phone);
  const second = (await refresh(owner.refresh)).body;
  const third = (await refresh(second.refreshToken)).body;
  const socket = await connect(third.accessToken);
  const gone = ending(socket);
  const thieves = await Promise.all(Array.from({ length: 20 }, () => refresh(owner.refresh)));
  assert.deepEqual([...new Set(thieves.map((a) => a.status))], [401]);
  await gone();
  assert.equal((await refresh(third.refreshToken)).status, 401);
  assert.deepEqual([await status({ token: third.accessToken }), await status(bystander)], [401, 200]);
});
