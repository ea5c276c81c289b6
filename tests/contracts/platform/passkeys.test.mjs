import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { Authenticator, cbor, flags } from '../support/authenticator.mjs';
import { http, pairs, url } from '../support/server.mjs';

/** Passkeys belong to a domain, not to an address. */
const site = url.replace('127.0.0.1', 'localhost');
const auth = (method, path, options) => http(method, `${site}/api/auth/${path}`, options);

// Each of these belongs to one test alone.
const tokens = pairs.slice(30, 36).map((pair) => pair.patient);

async function enrolled(token) {
  const device = new Authenticator(site);
  const options = await auth('POST', 'passkeys/options', { token, body: {} });
  assert.equal(options.status, 200);
  const made = await auth('POST', 'passkeys', { token, body: { name: 'Key', credential: device.create(options.body) } });
  assert.equal(made.status, 201);
  return { device, id: made.body.id };
}

async function offered() {
  const offer = await auth('POST', 'passkeys/sign-in/options', { body: {} });
  assert.equal(offer.status, 200);
  return offer.body;
}

async function enter(device, lie, headers) {
  const { ceremony, options } = await offered();
  return auth('POST', 'passkeys/sign-in', { body: { ceremony, credential: device.get(options, lie) }, headers });
}

test('a passkey signs in with both factors, and its tokens are as good as any', async () => {
  const { device, id } = await enrolled(tokens[0]);
  const entered = await enter(device);
  assert.equal(entered.status, 200);
  assert.equal(entered.headers.get('cache-control'), 'no-store');
  assert.equal(entered.body.secondFactorSetupRequired, undefined);
  const me = await auth('GET', 'me', { token: entered.body.accessToken });
  assert.equal(me.body.id, entered.body.user.id);
  const refreshed = await auth('POST', 'refresh', { body: { refreshToken: entered.body.refreshToken } });
  assert.equal(refreshed.status, 200);
  const listed = (await auth('GET', 'passkeys', { token: tokens[0] })).body.items;
  assert.deepEqual(listed.map((p) => [p.id, p.name, p.lastUsedAt !== null]), [[id, 'Key', true]]);
  assert.equal((await auth('DELETE', `passkeys/${id}`, { token: tokens[0] })).status, 204);
  assert.equal((await enter(device)).status, 401);
});

test('a passkey has the name that its owner gives it, and nobody else', async () => {
  const { device, id } = await enrolled(tokens[0]);
  const rename = (token, body, which = id) => auth('PATCH', `passkeys/${which}`, { token, body });
  assert.equal((await rename(tokens[0], { name: '  Dad’s phone ' })).status, 204);
  const names = async () => (await auth('GET', 'passkeys', { token: tokens[0] })).body.items.map((p) => p.name);
  assert.deepEqual(await names(), ['Dad’s phone']);
  for (const [body, field] of [[{ name: '' }, 'name'], [{ name: 'a'.repeat(101) }, 'name'], [{ name: 'a\nb' }, 'name'], [{}, 'name'], [{ name: 'x', userId: id }, '$']]) {
    const refused = await rename(tokens[0], body);
    assert.equal(refused.status, 422, JSON.stringify(body));
    if (field !== '$') assert.deepEqual(Object.keys(refused.body.errors), [field]);
  }
  assert.equal((await rename(tokens[1], { name: 'mine now' })).status, 404);
  assert.equal((await rename(tokens[0], { name: 'none' }, id.replace(/.$/, (c) => (c === '0' ? '1' : '0')))).status, 404);
  assert.equal((await rename(undefined, { name: 'nobody' })).status, 401);
  assert.deepEqual(await names(), ['Dad’s phone']);
  assert.equal((await enter(device)).status, 200);
  assert.equal((await auth('DELETE', `passkeys/${id}`, { token: tokens[0] })).status, 204);
});

test('what a creation must prove, and a lie about it', async () => {
  const token = tokens[1];
  const lies = {
    'another origin': { origin: 'https://evil.example' },
    'a subdomain’s origin': { origin: site.replace('//', '//sub.') },
    'another port’s origin': { origin: `${site}1` },
    'a frame in another site': { crossOrigin: true },
    'another site’s key': { rpId: 'evil.example' },
    'the other kind of ceremony': { type: 'webauthn.get' },
    'an unknown challenge': { challenge: 'A'.repeat(43) },
    'a user who was not verified': { flags: flags.UP },
    'a user who was not there': { flags: flags.UV },
    'a copy of what cannot be copied': { flags: flags.UP | flags.UV | flags.BS },
  };
  for (const [what, lie] of Object.entries(lies)) {
    const { body: options } = await auth('POST', 'passkeys/options', { token, body: {} });
    const credential = new Authenticator(site).create(options, lie);
    const answer = await auth('POST', 'passkeys', { token, body: { name: 'Key', credential } });
    assert.deepEqual([what, answer.status, answer.body.code, Object.keys(answer.body.errors ?? {})], [what, 422, 'passkey_refused', ['credential']]);
  }
  assert.deepEqual((await auth('GET', 'passkeys', { token })).body.items, []);
});

test('what a sign-in must prove, and a lie about it: one and the same 401', async () => {
  const { device } = await enrolled(tokens[2]);
  const other = await enrolled(tokens[3]);
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const lies = {
    'another origin': { origin: 'https://evil.example' },
    'a subdomain’s origin': { origin: site.replace('//', '//sub.') },
    'a frame in another site': { crossOrigin: true },
    'another site’s key': { rpId: 'evil.example' },
    'the other kind of ceremony': { type: 'webauthn.create' },
    'an unknown challenge': { challenge: 'A'.repeat(43) },
    'a user who was not verified': { flags: flags.UP },
    'a user who was not there': { flags: flags.UV },
    'another key': { key: stranger },
    'another person’s key': { key: other.device.key },
    'another person’s handle': { userHandle: other.device.userHandle },
    'no handle': { userHandle: null },
    'a passkey that became copyable': { flags: flags.UP | flags.UV | flags.BE },
  };
  const said = new Set();
  for (const [what, lie] of Object.entries(lies)) {
    const answer = await enter(device, lie);
    assert.deepEqual([what, answer.status, answer.body.code], [what, 401, 'passkey_refused']);
    said.add(JSON.stringify({ ...answer.body, traceId: '' }));
  }
  const unknown = await enter(new Authenticator(site));
  said.add(JSON.stringify({ ...unknown.body, traceId: '' }));
  assert.equal(said.size, 1);
  assert.equal((await enter(device)).status, 200);
});

test('a count that does not rise betrays a copy, and does not shut the owner out', async () => {
  const { device } = await enrolled(tokens[4]);
  assert.equal((await enter(device, { count: 7 })).status, 200);
  assert.equal((await enter(device, { count: 7 })).status, 401);
  assert.equal((await enter(device, { count: 0 })).status, 401);
  assert.equal((await enter(device, { count: 8 })).status, 200);
});

test('a captured answer opens nothing a second time, whatever ceremony it is sent with', async () => {
  const { device } = await enrolled(tokens[5]);
  const { ceremony, options } = await offered();
  const captured = device.get(options);
  const send = (which) => auth('POST', 'passkeys/sign-in', { body: { ceremony: which, credential: captured } });
  const answers = await Promise.all(Array.from({ length: 20 }, () => send(ceremony)));
  assert.deepEqual(answers.map((a) => a.status).sort(), [200, ...Array(19).fill(401)]);
  assert.equal((await send((await offered()).ceremony)).status, 401);
});

test('a browser gets its refresh token in the cookie; another site’s page gets nothing', async () => {
  const { device, id } = await enrolled(tokens[0]);
  const web = await enter(device, {}, { 'x-colloque-client': 'web' });
  assert.equal(web.body.refreshToken, undefined);
  assert.match(web.headers.get('set-cookie'), /^__Host-colloque-refresh=[\w-]{43}; max-age=2592000; path=\/; secure; samesite=strict; httponly$/i);
  const planted = await enter(device, {}, { 'x-colloque-client': 'web', origin: 'https://evil.example' });
  assert.equal(planted.status, 403);
  await auth('DELETE', `passkeys/${id}`, { token: tokens[0] });
});

test('what a browser says beside the proof is bounded, and an oversized key is none', async () => {
  const token = tokens[0];
  const add = async (change) => {
    const { body: options } = await auth('POST', 'passkeys/options', { token, body: {} });
    const device = new Authenticator(site);
    change.device?.(device);
    const credential = device.create(options);
    change.credential?.(credential);
    return auth('POST', 'passkeys', { token, body: { name: 'Key', credential } });
  };
  const odd = await add({ credential: (c) => (c.response.transports = ['internal', 'internal', 'a\u0000b', 'carrier-pigeon']) });
  assert.equal(odd.status, 201);
  const listed = (await auth('POST', 'passkeys/options', { token, body: {} })).body.excludeCredentials;
  assert.deepEqual(listed.map((c) => c.transports), [['internal']]);
  await auth('DELETE', `passkeys/${odd.body.id}`, { token });
  for (const length of [700, 4_000, 20_000]) {
    const answer = await add({ device: (d) => (d.cose = cbor(new Map([[1, 3], [3, -257], [-1, Buffer.alloc(length, 0xc1)], [-2, Buffer.from([1, 0, 1])]]))) });
    assert.deepEqual([length, answer.status], [length, 422]);
  }
  for (const garbage of ['', 'AA', 'oA', '_____w', 'A'.repeat(20_000)]) {
    const answer = await add({ credential: (c) => (c.response.attestationObject = garbage) });
    assert.deepEqual([garbage.length, answer.status], [garbage.length, 422]);
  }
});

test('bodies are read strictly', async () => {
  const token = tokens[1];
  const cases = [
    ['POST', 'passkeys/options', { raw: '{"userId":"x"}' }, 'userId'],
    ['POST', 'passkeys', { raw: '{"name":"Key"}' }, 'credential'],
    ['POST', 'passkeys', { raw: '{"name":"Key","credential":7}' }, 'credential'],
    ['POST', 'passkeys', { raw: '{"credential":{}}' }, 'name'],
    ['POST', 'passkeys', { raw: `{"name":"${'n'.repeat(101)}","credential":{}}` }, 'name'],
    ['POST', 'passkeys', { raw: '{"name":"a","name":"b","credential":{}}' }, 'name'],
    ['POST', 'passkeys', { raw: '{"name":"a","credential":{},"userId":"x"}' }, 'userId'],
    ['POST', 'passkeys/sign-in', { raw: '{"credential":{}}' }, 'ceremony'],
    ['POST', 'passkeys/sign-in', { raw: '{"ceremony":"x"}' }, 'credential'],
    ['DELETE', 'passkeys/7', {}, 'id'],
  ];
  for (const [method, path, options, field] of cases) {
    const answer = await auth(method, path, { token, ...options });
    assert.deepEqual([path, answer.status, Object.keys(answer.body.errors)], [path, 422, [field]]);
  }
  assert.equal((await auth('POST', 'passkeys/sign-in', { raw: '{"ceremony":"x","credential":{}}' })).status, 401);
  assert.equal((await auth('GET', 'passkeys')).status, 401);
  assert.equal((await http('POST', '/api/auth/passkeys/sign-in/options', { body: {} })).body.code, 'passkeys_need_a_domain');
});
