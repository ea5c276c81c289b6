// Messages that stay unread, from outside: a browser's device as npm http_ece and jose understand it, and a push service that says what push services say.
import assert from 'node:assert/strict';
import { createECDH, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { test } from 'node:test';
import ece from 'http_ece';
import { importJWK, jwtVerify } from 'jose';
import { mails, mailTo } from '../support/mail.mjs';
import { startServer, temporaryFolder, until } from '../support/own-server.mjs';

/** A push service: keeps what it is sent, and answers as it is told. */
async function pushService(t) {
  const service = { got: [], status: 201 };
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    service.got.push({ path: request.url, headers: request.headers, body: Buffer.concat(chunks) });
    response.writeHead(service.status).end();
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  t.after(() => server.close());
  service.url = `http://127.0.0.1:${server.address().port}`;
  return service;
}

/** A device with keys of its own, as a browser makes them. */
function device(endpoint) {
  const keys = createECDH('prime256v1');
  const auth = randomBytes(16);
  const p256dh = keys.generateKeys('base64url');
  return { keys, auth, subscription: { endpoint, expirationTime: null, keys: { p256dh, auth: auth.toString('base64url') } } };
}

test('an unread message is told of by bell, mail and push without a word of it, an urgent one climbs, and a device that is gone is forgotten', async (t) => {
  const service = await pushService(t);
  const data = temporaryFolder(t);
  const server = await startServer(data, {
    MessageNotices__After: '00:00:01', MessageNotices__MailAfter: '00:00:02', UrgentMessages__After: '00:00:03', Push__AllowPrivateEndpoints: 'true', Push__Contact: 'mailto:operator@clinic.example',
    Emergency__Numbers__0: '112',
  });
  t.after(() => server.end());
  const signIn = async (name) => {
    const { email, password } = server.user(name);
    return { email, token: (await server.post('/api/auth/login', { email, password })).body.accessToken };
  };
  const [amina, nadia] = [await signIn('amina'), await signIn('nadia')];
  const ask = async (method, path, who, body) => {
    const answer = await fetch(server.url + path, { method, headers: { authorization: `Bearer ${who.token}`, 'accept-language': 'en', ...(body ? { 'content-type': 'application/json' } : {}) }, body: body && JSON.stringify(body) });
    const text = await answer.text();
    return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : text };
  };
  let id;
  // The demo's own conversations have news too.
  const bell = async (who, type) => (await ask('GET', '/api/notifications?unread=true', who)).body.items.filter((n) => n.type === type && n.conversationId === id);

  // Who is the patient is told by the server, not by this test.
  const patient = (await ask('GET', '/api/auth/me', amina)).body.role === 'PATIENT' ? amina : nadia;
  const practitioner = patient === amina ? nadia : amina;
  const me = (await ask('GET', '/api/auth/me', practitioner)).body;
  const { body: { publicKey } } = await ask('GET', '/api/notifications/push', patient);
  const mine = device(`${service.url}/device/1`);
  const gone = device(`${service.url}/device/gone`);
  assert.equal((await ask('POST', '/api/notifications/push', patient, mine.subscription)).status, 204);
  assert.equal((await ask('POST', '/api/notifications/push', patient, { ...mine.subscription, keys: { ...mine.subscription.keys, auth: 'AAAA' } })).body.code, 'invalid');
  assert.equal((await ask('POST', '/api/notifications/push', patient, { endpoint: 'file:///etc/passwd', keys: mine.subscription.keys })).body.code, 'push_endpoint');

  const opened = await ask('POST', '/api/conversations', patient, { userId: me.id });
  assert.ok([200, 201].includes(opened.status), JSON.stringify(opened.body));
  id = opened.body.id;
  const say = (who, content, more = {}) => ask('POST', `/api/conversations/${id}/messages`, who, { content, ...more });
  assert.equal((await say(practitioner, 'planted-quetzal')).status, 201);

  await until(async () => (await bell(patient, 'MESSAGE_RECEIVED')).length === 1, 'a notice');
  const push = await until(() => service.got.at(-1), 'a push');
  assert.deepEqual(
    [push.path, push.headers['content-encoding'], push.headers.ttl, push.headers.urgency, push.headers.topic],
    ['/device/1', 'aes128gcm', '86400', 'normal', 'message'],
  );
  assert.deepEqual(JSON.parse(ece.decrypt(push.body, { version: 'aes128gcm', privateKey: mine.keys, authSecret: mine.auth.toString('base64url') })), { type: 'message' });
  const [, token, key] = /^vapid t=([^,]+), k=(.+)$/.exec(push.headers.authorization);
  assert.equal(key, publicKey);
  const point = Buffer.from(publicKey, 'base64url');
  const jwk = { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') };
  const { payload } = await jwtVerify(token, await importJWK(jwk, 'ES256'), { audience: service.url });
  assert.equal(payload.sub, 'mailto:operator@clinic.example');
  assert.ok(payload.exp * 1000 < Date.now() + 24 * 3_600_000);

  const [notice] = await bell(patient, 'MESSAGE_RECEIVED');
  assert.deepEqual([notice.conversationId, notice.linkUrl, notice.title], [id, `/patient/chat/${id}`, 'You have a message']);
  const mail = await until(() => mails(data).find((m) => m.to === patient.email && m.kind === 'MessageWaiting' && m.link.endsWith(`/patient/chat/${id}`)), 'a mail');
  for (const word of ['planted-quetzal', me.name, me.lastName].filter(Boolean)) assert.ok(!mail.text.includes(word) && !JSON.stringify(notice).includes(word), word);
  assert.equal((await ask('POST', `/api/conversations/${id}/read`, patient)).body.count, 1);
  await until(async () => (await bell(patient, 'MESSAGE_RECEIVED')).length === 0, 'the notice is read with the conversation');

  // A device that is gone, beside one that is not.
  assert.equal((await ask('POST', '/api/notifications/push/unsubscribe', patient, { endpoint: mine.subscription.endpoint })).status, 204);
  assert.equal((await ask('POST', '/api/notifications/push', patient, gone.subscription)).status, 204);
  service.status = 410;
  await say(practitioner, 'another');
  await until(() => service.got.some((p) => p.path === '/device/gone'), 'a push to a device that is gone');
  service.status = 201;

  // Nobody has named a deputy: the practitioner is reminded, the patient is told whom to call.
  const hours = (await ask('GET', `/api/conversations/${id}/hours`, patient)).body;
  assert.deepEqual([typeof hours.isOpen, hours.emergencyNumbers], ['boolean', ['112']]);
  const desk = device(`${service.url}/device/2`);
  assert.equal((await ask('POST', '/api/notifications/push', practitioner, desk.subscription)).status, 204);
  const urgent = await say(patient, 'planted-axolotl', { urgent: true });
  assert.equal(urgent.status, 201);
  const [reminder] = await until(async () => { const found = await bell(practitioner, 'URGENT_REMINDER'); return found.length ? found : undefined; }, 'the practitioner is reminded');
  assert.equal(reminder.linkUrl, `/professional/chat/${id}`);
  assert.equal((await bell(patient, 'URGENT_WAITING')).length, 1);
  await mailTo(practitioner.email, 'UrgentReminder', { data });
  const woken = await until(() => service.got.find((p) => p.path === '/device/2' && p.headers.urgency === 'high'), 'an urgent push');
  assert.deepEqual(JSON.parse(ece.decrypt(woken.body, { version: 'aes128gcm', privateKey: desk.keys, authSecret: desk.auth.toString('base64url') })), { type: 'urgent' });
  assert.equal((await ask('POST', `/api/conversations/${id}/messages/${urgent.body.id}/acknowledge`, practitioner)).status, 200);
  assert.deepEqual([await bell(practitioner, 'URGENT_REMINDER'), await bell(patient, 'URGENT_WAITING')], [[], []]);

  // Choices: what is absent stays, what is wrong is named.
  const quiet = { enabled: true, from: '22:00', to: '07:00', timeZone: 'Europe/Paris', urgentPasses: false };
  const chosen = await ask('PUT', '/api/notifications/settings', patient, { quietHours: quiet, mail: { messages: false } });
  assert.deepEqual([chosen.body.quietHours, chosen.body.mail, chosen.body.push], [quiet, { changes: true, reminders: true, messages: false }, { messages: true }]);
  assert.equal((await ask('PUT', '/api/notifications/settings', patient, { quietHours: { ...quiet, from: '25:00' } })).body.code, 'invalid');
  const ended = await ask('PUT', '/api/notifications/settings', patient, { quietHours: { enabled: false } });
  assert.deepEqual([ended.body.quietHours.enabled, ended.body.mail.messages], [false, false]);

  // A server that is killed and comes back tells nobody twice, and knows what was gone.
  const before = [service.got.length, mails(data).filter((m) => m.kind === 'UrgentReminder').length];
  await server.end('SIGKILL');
  const again = await startServer(data, { MessageNotices__After: '00:00:01', MessageNotices__MailAfter: '00:00:02', UrgentMessages__After: '00:00:03', Push__AllowPrivateEndpoints: 'true' });
  t.after(() => again.end());
  const login = await again.post('/api/auth/login', { email: patient.email, password: server.user(patient === amina ? 'amina' : 'nadia').password });
  const third = device(`${service.url}/device/3`);
  await again.post('/api/notifications/push', third.subscription, { authorization: `Bearer ${login.body.accessToken}` });
  const theirs = await again.post('/api/auth/login', { email: practitioner.email, password: server.user(patient === amina ? 'nadia' : 'amina').password });
  await again.post(`/api/conversations/${id}/read`, {}, { authorization: `Bearer ${login.body.accessToken}` });
  await until(async () => {
    const answer = await fetch(`${again.url}/api/notifications?unread=true`, { headers: { authorization: `Bearer ${login.body.accessToken}` } });
    return (await answer.json()).items.every((n) => n.type !== 'MESSAGE_RECEIVED' || n.conversationId !== id);
  }, 'what was read is settled');
  await again.post(`/api/conversations/${id}/messages`, { content: 'after the restart' }, { authorization: `Bearer ${theirs.body.accessToken}` });
  await until(() => service.got.some((p) => p.path === '/device/3'), 'a push after the restart');
  assert.deepEqual(service.got.slice(before[0]).map((p) => p.path).filter((p) => p !== '/device/2'), ['/device/3']);
  assert.equal(mails(data).filter((m) => m.kind === 'UrgentReminder').length, before[1]);
  for (const log of [server.log, again.log]) for (const word of ['planted-quetzal', 'planted-axolotl', '/device/']) assert.ok(!log.includes(word), word);
});
