import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { io } from 'socket.io-client';
import { get, http, post, signIn } from '../support/server.mjs';
import { mailTo } from '../support/mail.mjs';

const good = 'four winds over brest';
const unique = `${Date.now().toString(36)}${Math.floor(Math.random() * 1e6).toString(36)}`;
const domain = `acc-${unique}.example`;

const linkToken = (mail) => mail.link.split('#')[1];

/** RFC 6238, for a base32 secret, so many steps from now. */
function totp(secret, steps = 0) {
  const bits = [...secret].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((b) => Number.parseInt(b, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const hash = createHmac('sha1', key).update(counter).digest();
  return String((hash.readUInt32BE(hash.at(-1) & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

const register = (email, more) => post('/api/auth/register', undefined, { email, password: good, firstName: 'Hugo', lastName: 'Petit', language: 'fr', ...more });
const login = (email, password = good, code) => post('/api/auth/login', undefined, { email, password, ...(code ? { code } : {}) });

async function person(email) {
  assert.equal((await register(email)).status, 202);
  assert.equal((await post('/api/auth/verify-email', undefined, { token: linkToken(await mailTo(email, 'VerifyEmail')) })).status, 204);
  return (await login(email)).body;
}

before(async () => {
  const made = await post('/api/admin-huntzen/companies', await signIn('platform'), { name: `Acc ${unique}`, domain, autoApproveEmployees: true });
  assert.equal(made.status, 201, JSON.stringify(made.body));
});

test('an employee registers by the address of the organization, verifies it by mail, and signs in', async () => {
  const email = `hugo@${domain}`;
  const asked = await register(email);
  assert.deepEqual([asked.status, asked.body], [202, { status: 'accepted' }]);

  const mail = await mailTo(email, 'VerifyEmail');
  assert.deepEqual([(await login(email)).status, (await login(email)).body.code], [403, 'email_unverified']);
  assert.equal((await login(email, 'not this one')).body.code, 'invalid_credentials');
  assert.equal((await post('/api/auth/verify-email', undefined, { token: linkToken(mail) })).status, 204);
  assert.equal((await post('/api/auth/verify-email', undefined, { token: linkToken(mail) })).body.code, 'link_spent');

  const { user } = (await login(email)).body;
  assert.deepEqual([user.role, user.firstName, user.lastName, user.emailVerified, user.secondFactor], ['EMPLOYEE', 'Hugo', 'Petit', true, { totp: false, passkeys: 0, required: false }]);
});

test('a known and an unknown address get the same answer, and only the mailbox learns more', async () => {
  const known = `known@${domain}`;
  await person(known);
  const answers = [];
  for (const email of [known, `new@${domain}`, `nobody@${unique}.example`]) {
    for (const answer of [await register(email), await post('/api/auth/forgot-password', undefined, { email }), await post('/api/auth/resend-verification', undefined, { email })]) {
      answers.push(JSON.stringify([answer.status, answer.type, answer.body, [...answer.headers.keys()].filter((h) => h !== 'date').sort()]));
    }
  }

  assert.equal(new Set(answers).size, 1, answers.join('\n'));
  assert.match((await mailTo(known, 'AlreadyRegistered')).text, /forgot-password/);
  assert.ok(await mailTo(`nobody@${unique}.example`, 'NoOrganization'));
});

test('a forgotten password is set anew by the link, and everyone who was signed in is out', async () => {
  const email = `forgot@${domain}`;
  const before = await person(email);
  await post('/api/auth/forgot-password', undefined, { email });
  const token = linkToken(await mailTo(email, 'ResetPassword'));

  assert.equal((await post('/api/auth/reset-password', undefined, { token, password: 'Motdepasse1!' })).body.code, 'too_common');
  assert.equal((await post('/api/auth/reset-password', undefined, { token, password: 'a better one of mine' })).status, 204);
  assert.equal((await post('/api/auth/refresh', undefined, { refreshToken: before.refreshToken })).status, 401);
  assert.equal((await login(email)).status, 401);
  assert.equal((await login(email, 'a better one of mine')).status, 200);
});

test('nobody makes themselves an administrator, or another organization’s, by what they add to a body', async () => {
  for (const more of [{ role: 'ADMIN_RH' }, { role: 'SUPER_ADMIN' }, { role: 'Patient' }, { organizationId: '0' }, { isActive: true }, { emailVerified: true }]) {
    assert.equal((await register(`mass@${domain}`, more)).status, 422, JSON.stringify(more));
  }
  const twice = `{"email":"a@${domain}","role":"EMPLOYEE","role":"PRACTITIONER","password":"${good}","firstName":"A","lastName":"B"}`;
  assert.equal((await http('POST', '/api/auth/register', { raw: twice })).status, 422);
});

test('of twenty who bring one code at once, one signs in', async () => {
  const email = `totp@${domain}`;
  const tokens = await person(email);
  const setup = (await post('/api/auth/2fa/setup', tokens.accessToken, {})).body;
  assert.match(setup.qrSvg, /^<svg/);
  assert.equal((await post('/api/auth/2fa/verify', tokens.accessToken, { code: totp(setup.secret, -1) })).body.recoveryCodes.length, 10);

  const challenges = await Promise.all(Array.from({ length: 20 }, () => login(email)));
  assert.ok(challenges.every((c) => c.status === 200 && c.body.twoFactorRequired && !c.body.accessToken));
  assert.deepEqual(challenges[0].body.methods, ['totp', 'recovery']);
  const code = totp(setup.secret);
  const answers = await Promise.all(challenges.map((c) => post('/api/auth/2fa/verify', undefined, { challenge: c.body.challenge, code })));
  assert.deepEqual(answers.map((a) => a.status).sort(), [200, ...Array(19).fill(401)]);

  // The password's reset leaves the factor where it is.
  await post('/api/auth/forgot-password', undefined, { email });
  await post('/api/auth/reset-password', undefined, { token: linkToken(await mailTo(email, 'ResetPassword')), password: 'a better one of mine' });
  assert.equal((await login(email, 'a better one of mine')).body.twoFactorRequired, true);
});

/** A server of its own, whose practitioners must have a second factor. */
let strict;
const folder = mkdtempSync(join(tmpdir(), 'colloque-strict-'));

after(async () => {
  if (strict) {
    strict.server.kill('SIGTERM');
    await new Promise((ended) => strict.server.once('exit', ended));
  }
  rmSync(folder, { recursive: true, force: true });
});

test('a practitioner who must have a second factor reaches nothing, by HTTP nor by socket, until it is set up', async () => {
  const env = { ...process.env, Limits__Enabled: 'false', SecondFactor__RequiredFor: 'Practitioner' };
  const server = spawn('dotnet', [process.env.COLLOQUE_BUILT, '--demo', '--data', folder, '--urls', 'http://127.0.0.1:0'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  strict = { server };
  const url = await new Promise((found, failed) => {
    let log = '';
    server.stdout.setEncoding('utf8').on('data', (text) => {
      log += text;
      const ready = /Colloque is ready at (\S+)/.exec(log);
      if (ready) found(ready[1]);
    });
    server.once('exit', () => failed(new Error(log)));
  });
  const user = JSON.parse(readFileSync(join(folder, 'demo.json'), 'utf8')).users.find((u) => u.role === 'practitioner');
  const tokens = (await post(`${url}/api/auth/login`, undefined, { email: user.email, password: user.password })).body;
  assert.equal(tokens.secondFactorSetupRequired, true);

  const connect = (token) => new Promise((settle) => {
    const socket = io(`${url}/consultations`, { auth: { token }, transports: ['websocket'], reconnection: false, forceNew: true });
    socket.once('connect', () => { socket.close(); settle('connected'); });
    socket.once('connect_error', (error) => { socket.close(); settle(error.message); });
  });
  assert.equal(await connect(tokens.accessToken), 'second_factor_setup_required');
  const refused = await get(`${url}/api/consultations/mine`, tokens.accessToken);
  assert.deepEqual([refused.status, refused.body.code], [403, 'second_factor_setup_required']);
  assert.equal((await get(`${url}/api/auth/me`, tokens.accessToken)).status, 200);

  const { secret } = (await post(`${url}/api/auth/2fa/setup`, tokens.accessToken, {})).body;
  assert.equal((await post(`${url}/api/auth/2fa/verify`, tokens.accessToken, { code: totp(secret) })).status, 200);
  const whole = (await post(`${url}/api/auth/refresh`, undefined, { refreshToken: tokens.refreshToken })).body;
  assert.equal(whole.secondFactorSetupRequired, undefined);
  assert.equal(await connect(whole.accessToken), 'connected');
  assert.equal((await get(`${url}/api/consultations/mine`, whole.accessToken)).status, 200);
  assert.equal((await post(`${url}/api/auth/2fa/disable`, whole.accessToken, { password: user.password, code: totp(secret, 1) })).body.code, 'second_factor_mandatory');
});
