import type { CDPSession, Page } from '@playwright/test';
import { expect, test, url, user } from './people';

/** Passkeys belong to a domain, so these visit the server by its name. */
const site = () => url().replace('127.0.0.1', 'localhost');

interface Answer {
  status: number;
  body: any;
}

async function call(page: Page, method: string, path: string, { token, body, web }: { token?: string; body?: unknown; web?: boolean } = {}): Promise<Answer> {
  return page.evaluate(
    async ({ method, path, token, body, web }) => {
      const answer = await fetch(`/api/auth/${path}`, {
        method,
        headers: {
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...(token ? { Authorization: `Bearer ${token}` } : {}),
          ...(web ? { 'X-Colloque-Client': 'web' } : {}),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      const text = await answer.text();
      return { status: answer.status, body: text ? JSON.parse(text) : null };
    },
    { method, path, token, body, web },
  );
}

/** What the browser's own API makes of creation options; the page may not have changed them. */
const create = (page: Page, options: unknown): Promise<any> =>
  page.evaluate(async (json) => {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(json);
    return ((await navigator.credentials.create({ publicKey })) as PublicKeyCredential).toJSON();
  }, options as PublicKeyCredentialCreationOptionsJSON);

const sign = (page: Page, options: unknown): Promise<any> =>
  page.evaluate(async (json) => {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(json);
    return ((await navigator.credentials.get({ publicKey })) as PublicKeyCredential).toJSON();
  }, options as PublicKeyCredentialRequestOptionsJSON);

interface Device {
  page: Page;
  cdp: CDPSession;
  authenticatorId: string;
}

const built = { protocol: 'ctap2', ctap2Version: 'ctap2_1', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } as const;

/** A browser at the server's door, with an authenticator built in. */
async function device(page: Page, authenticator: object = {}): Promise<Device> {
  await page.goto(`${site()}/healthz`);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', { options: { ...built, ...authenticator } });
  return { page, cdp, authenticatorId };
}

async function signIn(page: Page, name: string): Promise<string> {
  const { email, password } = user(name);
  const answer = await call(page, 'POST', 'login', { body: { email, password } });
  expect(answer.status).toBe(200);
  return answer.body.accessToken;
}

async function enrol(page: Page, token: string, name = 'This computer'): Promise<Answer> {
  const options = await call(page, 'POST', 'passkeys/options', { token, body: {} });
  expect(options.status).toBe(200);
  owner = { page, token };
  return call(page, 'POST', 'passkeys', { token, body: { name, credential: await create(page, options.body) } });
}

async function signed(page: Page): Promise<{ ceremony: string; credential: any }> {
  const offer = await call(page, 'POST', 'passkeys/sign-in/options', { body: {} });
  expect(offer.status).toBe(200);
  return { ceremony: offer.body.ceremony, credential: await sign(page, offer.body.options) };
}

const enter = (page: Page, body: unknown, web = false) => call(page, 'POST', 'passkeys/sign-in', { body, web });

/** Whose passkeys a test has made: none may outlive it, or a password alone would not sign them in any more. */
let owner: { page: Page; token: string } | undefined;

test.afterEach(async () => {
  if (owner) await forget(owner.page, owner.token);
  owner = undefined;
});

async function forget(page: Page, token: string) {
  for (const { id } of (await call(page, 'GET', 'passkeys', { token })).body.items) await call(page, 'DELETE', `passkeys/${id}`, { token });
}

const flip = (text: string) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1);

test('a passkey is made, signs its owner in without a word, and is shown as used', async ({ page }) => {
  await device(page);
  const token = await signIn(page, 'Nadia');
  await forget(page, token);
  const made = await enrol(page, token, '  My laptop ');
  expect(made).toMatchObject({ status: 201, body: { name: 'My laptop', lastUsedAt: null } });
  expect((await call(page, 'GET', 'passkeys', { token })).body.items).toEqual([made.body]);

  const entered = await enter(page, await signed(page));
  expect(entered.status).toBe(200);
  expect(entered.body).toMatchObject({ tokenType: 'Bearer', user: { email: user('Nadia').email, role: 'EMPLOYEE' } });
  expect(entered.body.refreshToken).toMatch(/^[\w-]{43}$/);
  expect((await call(page, 'GET', 'me', { token: entered.body.accessToken })).body.id).toBe(user('Nadia').id);
  const [used] = (await call(page, 'GET', 'passkeys', { token })).body.items;
  expect(Date.parse(used.lastUsedAt)).toBeGreaterThanOrEqual(Date.parse(made.body.createdAt));

  const browser = await enter(page, await signed(page), true);
  expect(browser.status).toBe(200);
  expect(browser.body.refreshToken).toBeUndefined();
  const cookies = await page.context().cookies(site());
  expect(cookies.map((cookie) => cookie.name)).toContain('__Host-colloque-refresh');

  await forget(page, token);
  expect((await enter(page, await signed(page))).body).toMatchObject({ code: 'passkey_refused', status: 401 });
});

test('what was signed once is good once, also for twenty at the same moment', async ({ page }) => {
  await device(page);
  const token = await signIn(page, 'Nadia');
  await enrol(page, token);
  const body = await signed(page);
  const statuses = await page.evaluate(
    (json) =>
      Promise.all(
        Array.from({ length: 20 }, () =>
          fetch('/api/auth/passkeys/sign-in', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: json }).then((answer) => answer.status),
        ),
      ),
    JSON.stringify(body),
  );
  expect(statuses.sort()).toEqual([200, ...Array(19).fill(401)]);
  expect((await enter(page, body)).status).toBe(401);
  await forget(page, token);
});

test('whatever is changed of a signed answer, the answer is one and the same no', async ({ page }) => {
  await device(page);
  const token = await signIn(page, 'Nadia');
  await enrol(page, token);
  const other = await signed(page);
  const forgeries: [string, (body: any) => any][] = [
    ['signature', (b) => ((b.credential.response.signature = b.credential.response.signature.slice(0, -4) + flip(b.credential.response.signature.slice(-4))), b)],
    ['authenticator data', (b) => ((b.credential.response.authenticatorData = flip(b.credential.response.authenticatorData)), b)],
    ['user handle', (b) => ((b.credential.response.userHandle = btoa('0'.repeat(32)).replace(/=+$/, '')), b)],
    ['credential id', (b) => ((b.credential.id = b.credential.rawId = flip(b.credential.id)), b)],
    ['another ceremony', (b) => ((b.ceremony = other.ceremony), b)],
    ['another ceremony’s signature', (b) => ((b.credential.response.signature = other.credential.response.signature), b)],
    ['a ceremony of nobody', (b) => ((b.ceremony = 'A'.repeat(43)), b)],
    ['type', (b) => ((b.credential.type = 'password'), b)],
    ['no response', (b) => (delete b.credential.response, b)],
    ['client data that is no JSON', (b) => ((b.credential.response.clientDataJSON = 'AAAA'), b)],
    [
      'origin',
      (b) => {
        const data = JSON.parse(atob(b.credential.response.clientDataJSON.replace(/-/g, '+').replace(/_/g, '/')));
        b.credential.response.clientDataJSON = btoa(JSON.stringify({ ...data, origin: 'https://evil.example' })).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
        return b;
      },
    ],
  ];
  for (const [what, forge] of forgeries) {
    const answer = await enter(page, forge(await signed(page)));
    expect([what, answer.status, answer.body.code]).toEqual([what, 401, 'passkey_refused']);
  }
  expect((await enter(page, await signed(page))).status).toBe(200);
  await forget(page, token);
});

test('a passkey whose user was not verified opens nothing and is not kept', async ({ page }) => {
  const { cdp, authenticatorId } = await device(page);
  const token = await signIn(page, 'Nadia');
  await enrol(page, token);
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
  const offer = await call(page, 'POST', 'passkeys/sign-in/options', { body: {} });
  expect(offer.body.options.userVerification).toBe('required');
  const credential = await sign(page, { ...offer.body.options, userVerification: 'discouraged' });
  expect((await enter(page, { ceremony: offer.body.ceremony, credential })).body.code).toBe('passkey_refused');

  await forget(page, token);
  const options = (await call(page, 'POST', 'passkeys/options', { token, body: {} })).body;
  expect(options.authenticatorSelection).toMatchObject({ userVerification: 'required', residentKey: 'required' });
  await cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
  await cdp.send('WebAuthn.addVirtualAuthenticator', { options: { ...built, transport: 'usb', hasResidentKey: false, hasUserVerification: false, isUserVerified: false } });
  const made = await create(page, { ...options, authenticatorSelection: { userVerification: 'discouraged', residentKey: 'discouraged' } });
  expect((await call(page, 'POST', 'passkeys', { token, body: { name: 'Unverified', credential: made } })).body).toMatchObject({ status: 422, errors: { credential: [expect.any(String)] } });
  expect((await call(page, 'GET', 'passkeys', { token })).body.items).toEqual([]);
});

test('a copied authenticator that counts less than its original is turned away', async ({ page }) => {
  const { cdp, authenticatorId } = await device(page);
  const token = await signIn(page, 'Nadia');
  await enrol(page, token);
  const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
  expect((await enter(page, await signed(page))).status).toBe(200);
  await cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
  const { authenticatorId: copy } = await cdp.send('WebAuthn.addVirtualAuthenticator', { options: built });
  const [original] = credentials;
  if (!original) throw new Error('The authenticator made no passkey.');
  await cdp.send('WebAuthn.addCredential', { authenticatorId: copy, credential: { ...original, signCount: 0 } });
  expect((await enter(page, await signed(page))).body.code).toBe('passkey_refused');
  await forget(page, token);
});

test('what one person’s device made cannot be added by another, nor twice', async ({ page }) => {
  await device(page);
  const nadia = await signIn(page, 'Nadia');
  const lucia = await signIn(page, 'Lucía');
  await forget(page, nadia);
  const options = (await call(page, 'POST', 'passkeys/options', { token: nadia, body: {} })).body;
  const credential = await create(page, options);
  const add = (token: string) => call(page, 'POST', 'passkeys', { token, body: { name: 'Mine', credential } });
  expect((await add(lucia)).status).toBe(422);
  expect((await add(nadia)).status).toBe(201);
  expect((await add(nadia)).status).toBe(422);

  const again = (await call(page, 'POST', 'passkeys/options', { token: nadia, body: {} })).body;
  expect(again.excludeCredentials).toHaveLength(1);
  await expect(create(page, again)).rejects.toThrow(/InvalidStateError/);

  const [{ id }] = (await call(page, 'GET', 'passkeys', { token: nadia })).body.items;
  expect((await call(page, 'GET', 'passkeys', { token: lucia })).body.items).toEqual([]);
  expect((await call(page, 'DELETE', `passkeys/${id}`, { token: lucia })).status).toBe(404);
  expect((await call(page, 'DELETE', `passkeys/${id}`, { token: nadia })).status).toBe(204);
  expect((await call(page, 'DELETE', `passkeys/${id}`, { token: nadia })).status).toBe(404);
});

test('at an address without a name there are no passkeys, and that is said', async ({ page }) => {
  await page.goto(`${url()}/healthz`);
  expect((await call(page, 'POST', 'passkeys/sign-in/options', { body: {} })).body).toMatchObject({ status: 503, code: 'passkeys_need_a_domain' });
});
