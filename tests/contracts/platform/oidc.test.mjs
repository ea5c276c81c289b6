import assert from 'node:assert/strict';
import { createHmac, createSecretKey } from 'node:crypto';
import { after, before, test } from 'node:test';
import { exportSPKI, generateKeyPair, importJWK, SignJWT } from 'jose';
import { clientId, clientSecret, startProvider } from '../support/oidc-provider.mjs';
import { startServer, temporaryFolder } from '../support/own-server.mjs';
import { join } from 'node:path';

const cleanups = [];
const suite = { after: (undo) => cleanups.push(undo) };
let school, clinic, absent, server;

before(async () => {
  school = await startProvider();
  clinic = await startProvider({ algorithm: 'ES256' });
  absent = await startProvider();
  await absent.stop();
  const provider = (index, name, authority, more = {}) =>
    Object.fromEntries(Object.entries({ Name: name, Authority: authority, ClientId: clientId, ClientSecret: clientSecret, AllowedDomains: 'tilleuls.example', ...more }).map(([k, v]) => [`Oidc__Providers__${index}__${k}`, v]));
  server = await startServer(join(temporaryFolder(suite), 'data'), {
    ...provider(0, 'École des Tilleuls', school.url), ...provider(1, 'Clinic', clinic.url, { AllowedDomains: '*', CreateUsers: 'true', TrustsSecondFactor: 'true' }), ...provider(2, 'Absent', absent.url),
  });
});
after(async () => {
  await server?.end();
  await Promise.all([school?.stop(), clinic?.stop()]);
  cleanups.forEach((undo) => undo());
});

const browse = (path, { cookie, accept = '*/*', language = 'en' } = {}) =>
  fetch(server.url + path, { redirect: 'manual', headers: { accept, 'accept-language': language, ...(cookie ? { cookie } : {}) } });
const cookieOf = (answer, name) => answer.headers.getSetCookie().map((c) => c.split(';')[0]).find((c) => c.startsWith(name));
const flowCookie = '__Host-colloque-sign-on';
const schoolPath = '/api/auth/oidc/cole-des-tilleuls';

/** Goes to the provider, agrees, and comes back with what the provider's token says. */
async function signOn(makeToken, { provider = school, path = schoolPath, returnTo = '/inbox', change = (q) => q, cookie } = {}) {
  const start = await browse(`${path}/start?returnTo=${encodeURIComponent(returnTo)}`);
  assert.equal(start.status, 302, await start.text());
  const grant = provider.agree(start.headers.get('location'), makeToken);
  const query = new URLSearchParams(change({ ...grant }));
  const answer = await browse(`${path}/callback?${query}`, { cookie: cookie ?? cookieOf(start, flowCookie) });
  return { answer, grant, flow: cookieOf(start, flowCookie), location: answer.headers.get('location') };
}

/** A token as the provider would write it, but for what the test changes. */
const good = (more, provider) => (nonce) => (provider ?? school).sign((provider ?? school).claims(nonce, more));

async function assertRefused(answer, status, code) {
  const body = await answer.json();
  assert.equal(`${answer.status} ${body.code}`, `${status} ${code}`);
  assert.equal(answer.headers.get('content-type'), 'application/problem+json');
  assert.equal(cookieOf(answer, '__Host-colloque-refresh'), undefined);
}

async function whoIs(answer) {
  const refreshed = await server.post('/api/auth/refresh', {}, { 'x-colloque-client': 'web', cookie: cookieOf(answer, '__Host-colloque-refresh') });
  assert.equal(refreshed.status, 200, JSON.stringify(refreshed.body));
  return refreshed.body.user.email;
}

test('the providers are listed by name, without their secrets', async () => {
  const answer = await browse('/api/auth/oidc');
  assert.deepEqual(await answer.json(), { providers: [{ id: 'cole-des-tilleuls', name: 'École des Tilleuls' }, { id: 'clinic', name: 'Clinic' }, { id: 'absent', name: 'Absent' }] });
});

test('the browser is sent to the provider with a code challenge, a state and a nonce', async () => {
  const start = await browse(`${schoolPath}/start?returnTo=/`);
  const request = new URL(start.headers.get('location'));
  assert.equal(request.origin + request.pathname, `${school.url}/authorize`);
  assert.deepEqual(
    ['response_type', 'client_id', 'scope', 'code_challenge_method', 'redirect_uri'].map((n) => request.searchParams.get(n)),
    ['code', clientId, 'openid email profile', 'S256', `${server.url}${schoolPath}/callback`],
  );
  for (const name of ['state', 'nonce', 'code_challenge']) assert.match(request.searchParams.get(name), /^[\w-]{43}$/);
  assert.match(start.headers.getSetCookie()[0], /^__Host-colloque-sign-on=.*; max-age=600; path=\/; secure; samesite=lax; httponly$/i);
  assert.ok(!start.headers.getSetCookie()[0].includes(request.searchParams.get('state')));
});

test('a verified address signs its person in and is linked: from then on the subject counts, whatever the address', async () => {
  const first = await signOn(good(), { returnTo: '/consultations?state=open' });
  assert.equal(first.answer.status, 302);
  assert.equal(first.location, '/consultations?state=open');
  assert.equal(await whoIs(first.answer), 'amina.rahal@tilleuls.example');
  const moved = await signOn(good({ email: 'marc.rochefoucauld@tilleuls.example', email_verified: false }));
  assert.equal(await whoIs(moved.answer), 'amina.rahal@tilleuls.example');
});

test('another subject of the provider with a linked address is somebody else', async () => {
  await signOn(good());
  await assertRefused((await signOn(good({ sub: 'subject-2' }))).answer, 403, 'sign_on_no_account');
});

test('ES256 works as RS256 does, and an institution that is trusted for all addresses may speak of another one\'s', async () => {
  const { answer } = await signOn(good({ sub: 'tomas', email: 'Tomas.Herrera@ribera.example' }, clinic), { provider: clinic, path: '/api/auth/oidc/clinic' });
  assert.equal(await whoIs(answer), 'tomas.herrera@ribera.example');
});

test('new keys of the provider are fetched when a token names one', async () => {
  await signOn(good());
  const asked = school.discoveries;
  await school.rotate();
  assert.equal(await whoIs((await signOn(good())).answer), 'amina.rahal@tilleuls.example');
  assert.equal(school.discoveries, asked + 1);
  await signOn(good());
  assert.equal(school.discoveries, asked + 1);
});

const seconds = () => Math.floor(Date.now() / 1000);
const forged = {
  'for another client': good({ aud: 'another' }),
  'for several clients without saying who asked': good({ aud: [clientId, 'another'] }),
  'asked for by another client': good({ aud: [clientId, 'another'], azp: 'another' }),
  'of another issuer': good({ iss: 'https://elsewhere.example' }),
  'for another sign-in': good({ nonce: 'another' }),
  'for no sign-in': good({ nonce: undefined }),
  'expired': good({ exp: seconds() - 61 }),
  'without an end': good({ exp: undefined }),
  'kept for an hour': good({ iat: seconds() - 3600, exp: seconds() + 3600 }),
  'from the future': good({ iat: seconds() + 600 }),
  'not good yet': good({ nbf: seconds() + 600 }),
  'of nobody': good({ sub: '' }),
  'signed with a key of somebody else': async (nonce) => {
    const { privateKey } = await generateKeyPair('RS256');
    return school.sign(school.claims(nonce), { key: { ...school.key, privateKey } });
  },
  'with a key nobody published': async (nonce) => {
    const { privateKey } = await generateKeyPair('RS256');
    return school.sign(school.claims(nonce), { key: { algorithm: 'RS256', kid: 'unheard-of', privateKey } });
  },
  'unsigned': (nonce) => [{ alg: 'none', kid: school.key.kid }, school.claims(nonce)].map((p) => Buffer.from(JSON.stringify(p)).toString('base64url')).join('.') + '.',
  'signed with the public key as a secret': async (nonce) => {
    const secret = createSecretKey(Buffer.from(await exportSPKI(await importJWK(school.key.jwk, 'RS256', { extractable: true }))));
    return new SignJWT(school.claims(nonce)).setProtectedHeader({ alg: 'HS256', kid: school.key.kid }).sign(secret);
  },
  'changed after it was signed': async (nonce) => {
    const [head, , signature] = (await school.sign(school.claims(nonce))).split('.');
    return [head, Buffer.from(JSON.stringify(school.claims(nonce, { sub: 'changed' }))).toString('base64url'), signature].join('.');
  },
  'of another kind': (nonce) => school.sign(school.claims(nonce), { header: { typ: 'at+jwt' } }),
  'no token at all': () => 'not.a.token',
};
for (const [name, token] of Object.entries(forged)) {
  test(`a token ${name} signs nobody in`, async () => assertRefused((await signOn(token)).answer, 403, 'sign_on_unproven'));
}

test('a reader among several is signed in when the token says who asked for it', async () => {
  assert.equal((await signOn(good({ aud: [clientId, 'another'], azp: clientId }))).answer.status, 302);
});

const unlinked = {
  'not verified': { email: 'nadia.benali@tilleuls.example', email_verified: false },
  'without a word on verification': { email: 'nadia.benali@tilleuls.example', email_verified: undefined },
  'of a domain that the provider may not speak of': { email: 'lucia.ortega@ribera.example' },
  'of an operator of the platform': { email: 'operator@colloque.example' },
  'of nobody here': { email: 'nobody@tilleuls.example' },
  'missing': { email: undefined },
};
for (const [name, claims] of Object.entries(unlinked)) {
  test(`an address that is ${name} signs nobody in`, async () => assertRefused((await signOn(good({ sub: `unlinked ${name}`, ...claims }))).answer, 403, 'sign_on_no_account'));
}

test('even a provider that may speak of all addresses is no operator, and makes no account where no organization has the domain', async () => {
  const options = { provider: clinic, path: '/api/auth/oidc/clinic' };
  await assertRefused((await signOn(good({ sub: 'operator', email: 'operator@colloque.example' }, clinic), options)).answer, 403, 'sign_on_no_account');
  await assertRefused((await signOn(good({ sub: 'new', email: 'new@nowhere.example' }, clinic), options)).answer, 403, 'sign_on_no_account');
});

test('an answer in a browser that did not ask, to another question, or from another provider finds nothing', async () => {
  await assertRefused((await signOn(good(), { cookie: 'none=1' })).answer, 403, 'sign_on_lost');
  await assertRefused((await signOn(good(), { change: (q) => ({ ...q, state: 'A'.repeat(43) }) })).answer, 403, 'sign_on_lost');
  await assertRefused((await signOn(good(), { change: ({ code }) => ({ code }) })).answer, 403, 'sign_on_lost');
  const begun = await browse(`${schoolPath}/start`);
  const { code, state } = school.agree(begun.headers.get('location'), good());
  await assertRefused(await browse(`/api/auth/oidc/clinic/callback?${new URLSearchParams({ code, state })}`, { cookie: cookieOf(begun, flowCookie) }), 403, 'sign_on_lost');
  const tampered = cookieOf(begun, flowCookie).slice(0, -2) + 'AA';
  await assertRefused(await browse(`${schoolPath}/callback?${new URLSearchParams({ code, state })}`, { cookie: tampered }), 403, 'sign_on_lost');
});

test('an answer is good once: the cookie goes, and the code is spent', async () => {
  const { answer, grant, flow } = await signOn(good());
  assert.match(answer.headers.getSetCookie().find((c) => c.startsWith(flowCookie)), /=; max-age=0/i);
  await assertRefused(await browse(`${schoolPath}/callback?${new URLSearchParams(grant)}`, { cookie: flow }), 403, 'sign_on_unproven');
});

test('an answer that names another issuer is another provider\'s', async () => {
  await assertRefused((await signOn(good(), { change: (q) => ({ ...q, iss: 'https://elsewhere.example' }) })).answer, 403, 'sign_on_unproven');
});

test('who says no at the provider is told so', async () => {
  await assertRefused((await signOn(good(), { change: ({ state }) => ({ state, error: 'access_denied' }) })).answer, 403, 'sign_on_denied');
});

test('the way back is a page of our own', async () => {
  for (const returnTo of ['//elsewhere.example', '/\\elsewhere.example', 'https://elsewhere.example', 'javascript:alert(1)', '/a\r\nset-cookie: a=b', '/a#b', `/${'a'.repeat(300)}`]) {
    await assertRefused(await browse(`${schoolPath}/start?returnTo=${encodeURIComponent(returnTo)}`), 422, 'invalid');
  }
});

test('a provider that is away is a sentence to people and a problem to programs, and nobody else is kept out', async () => {
  await assertRefused(await browse('/api/auth/oidc/absent/start'), 503, 'sign_on_provider_away');
  const page = await browse('/api/auth/oidc/absent/start', { accept: 'text/html,application/xhtml+xml', language: 'fr' });
  assert.equal(page.status, 503);
  assert.match(page.headers.get('content-type'), /^text\/html/);
  assert.match(await page.text(), /<html lang="fr">[^]*Votre fournisseur de connexion ne r&#233;pond pas/);
  const { email, password } = server.user('nadia');
  assert.equal((await server.post('/api/auth/login', { email, password })).status, 200);
  await assertRefused(await browse('/api/auth/oidc/unknown/start'), 404, 'not_found');
});

test('a provider that goes away in the middle keeps nobody signed in', async () => {
  const start = await browse(`${schoolPath}/start`);
  const grant = school.agree(start.headers.get('location'), good());
  school.down = true;
  try {
    await assertRefused(await browse(`${schoolPath}/callback?${new URLSearchParams(grant)}`, { cookie: cookieOf(start, flowCookie) }), 503, 'sign_on_provider_away');
  } finally {
    school.down = false;
  }
});

/** RFC 6238 with RFC 4226's truncation. */
function codeOf(secret) {
  const bits = [...secret].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((b) => Number.parseInt(b, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac('sha1', key).update(counter).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

test('the provider stands for the password alone: a second factor that is on is asked for, unless the provider saw one and is trusted with that', async () => {
  const { email, password } = server.user('marc');
  const signedIn = await server.post('/api/auth/login', { email, password });
  const bearer = { authorization: `Bearer ${signedIn.body.accessToken}` };
  const { secret } = (await server.post('/api/auth/2fa/setup', {}, bearer)).body;
  const confirmed = await server.post('/api/auth/2fa/verify', { code: codeOf(secret) }, bearer);
  assert.equal(confirmed.status, 200, JSON.stringify(confirmed.body));

  const { answer, location } = await signOn(good({ sub: 'marc', email, amr: ['pwd', 'mfa'] }));
  assert.equal(cookieOf(answer, '__Host-colloque-refresh'), undefined);
  const [path, fragment] = location.split('#');
  assert.equal(path, '/inbox');
  const asked = new URLSearchParams(fragment);
  assert.deepEqual(asked.get('methods').split(','), ['totp', 'recovery']);
  const recovery = confirmed.body.recoveryCodes[0];
  const verified = await server.post('/api/auth/2fa/verify', { challenge: asked.get('challenge'), code: recovery });
  assert.equal(verified.body.user?.email, email, JSON.stringify(verified.body));

  const options = { provider: clinic, path: '/api/auth/oidc/clinic' };
  assert.match((await signOn(good({ sub: 'marc', email }, clinic), options)).location, /#challenge=/);
  assert.equal(await whoIs((await signOn(good({ sub: 'marc', email, amr: ['mfa'] }, clinic), options)).answer), email);
});

test('the log holds neither address, code, token nor secret', () => {
  for (const word of ['@tilleuls', '@ribera', clientSecret, 'eyJ']) assert.ok(!server.log.replace(/Demo logins:[^]*?\n(?=\{|$)/, '').includes(word), word);
});
