import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { TokenVerifier } from 'livekit-server-sdk';
import { ordersFor } from '../support/livekit.mjs';
import { mailTo } from '../support/mail.mjs';
import { assertProblem, eventually, remove, unique } from '../support/people.mjs';
import { ask, closeAll, connect, count, demo, get, heard, http, meet, pairs, post, signIn, url } from '../support/server.mjs';

after(closeAll);

const links = (id) => `/api/consultations/${id}/join-links`;
const live = (id) => `/api/v1/consultations/${id}`;
const say = (socket, id, text) => ask(socket, 'chat.send', { consultationId: id, clientMsgId: unique(), text });

async function invite(id, token, body = { role: 'RELATIVE' }) {
  const made = await post(links(id), token, body);
  assert.equal(made.status, 201, JSON.stringify(made.body));
  return { ...made.body, token: made.body.url.split('/join/')[1] };
}

async function enter(token, name = 'Yasmine Benali', more = {}) {
  const entered = await post('/api/join/enter', undefined, { token, name, ...more });
  assert.equal(entered.status, 200, JSON.stringify(entered.body));
  return entered.body;
}

const gone = (socket) => new Promise((ended) => (socket.connected ? socket.once('disconnect', ended) : ended()));

test('a guest sees and hears what is said after their coming, of that visit alone, and is shown as what they are', async () => {
  const pair = pairs[7];
  const { doctor, patient } = await meet(pair);
  const before = (await say(doctor, pair.id, 'planted-quetzal avant')).message;
  const form = new FormData();
  form.append('file', new Blob(['%PDF-1.7\nplanted-axolotl\n%%EOF\n'], { type: 'application/pdf' }), 'avant.pdf');
  const shared = await (await fetch(`${url}/api/teleconsultation/${pair.id}/files`, { method: 'POST', headers: { authorization: `Bearer ${pair.patient}` }, body: form })).json();
  const link = await invite(pair.id, pair.patient);
  assert.match(link.token, /^[A-Za-z0-9_-]{64}$/);
  const face = await post('/api/join', undefined, { token: link.token });
  assert.deepEqual(Object.keys(face.body).sort(), ['consultation', 'name', 'needsCode', 'needsName', 'own', 'role']);
  assert.deepEqual([face.body.needsName, face.body.needsCode, face.body.role, face.body.own], [true, false, 'RELATIVE', false]);
  assert.deepEqual(Object.keys(face.body.consultation).sort(), ['format', 'practitionerName', 'scheduledAt']);
  assertProblem(await post('/api/join/enter', undefined, { token: link.token }), 422, 'required', 'name');
  // Who is one of the two is sent to their own page; to anybody else, and with a token that is none, it is a guest's link.
  for (const [token, path] of [[pair.patient, `/patient/visits/${pair.id}`], [pair.practitioner, `/professional/consultations/${pair.id}`]]) {
    const own = (await post('/api/join', token, { token: link.token })).body;
    assert.deepEqual([own.own, own.path, own.consultation.id], [true, path, pair.id]);
  }
  for (const token of [pairs[8].patient, await signIn('helene'), 'not.a.token']) assert.deepEqual((await post('/api/join', token, { token: link.token })).body, face.body);

  const { accessToken, guest, consultationId, expiresAt } = await enter(link.token);
  assert.equal(consultationId, pair.id);
  assert.deepEqual([guest.name, guest.role], ['Yasmine Benali', 'RELATIVE']);
  assert.ok(Date.parse(expiresAt) - Date.now() <= 600_000);
  const seen = await get(live(pair.id), accessToken);
  assert.equal(seen.status, 200, JSON.stringify(seen.body));
  assert.deepEqual([seen.body.status, seen.body.readSeq, seen.body.unreadCount], ['in_progress', 2, 0]);
  assert.deepEqual((await get(`${live(pair.id)}/messages`, accessToken)).body, { items: [], pageInfo: { nextCursor: null } });
  assertProblem(await get(`${live(pair.id)}/files/${shared.file.id}/download`, accessToken), 404, 'not_found');

  const visitor = await connect(accessToken);
  const joined = await ask(visitor, 'consultation.join', { consultationId: pair.id, afterSeq: 0, afterChange: 0 });
  assert.deepEqual([joined.ok, joined.replayed, joined.more, joined.queueItem], [true, 0, false, null], JSON.stringify(joined));
  assert.ok(joined.onlineUserIds.includes(guest.id));
  await heard(patient, 'presence.state', (p) => p.onlineUserIds.includes(guest.id));
  await heard(doctor, 'guests.updated', (p) => p.consultationId === pair.id);
  const listed = { id: guest.id, name: 'Yasmine Benali', role: 'RELATIVE', leftAt: null };
  for (const token of [pair.practitioner, pair.patient, accessToken]) {
    const { body } = await get(`/api/consultations/${pair.id}/guests`, token);
    assert.deepEqual(body.items.map(({ enteredAt, ...g }) => g), [listed]);
  }

  // An edit carries the words: of what was said before, none reach the guest.
  await ask(doctor, 'chat.edit', { consultationId: pair.id, messageId: before.id, text: 'planted-quetzal encore avant' });
  const later = (await say(patient, pair.id, 'bonjour à tous')).message;
  assert.equal((await heard(visitor, 'chat.message_created')).message.id, later.id);
  await ask(patient, 'chat.edit', { consultationId: pair.id, messageId: later.id, text: 'bonjour' });
  assert.equal((await heard(visitor, 'chat.message_updated')).message.id, later.id);
  assert.equal(count(visitor, 'chat.message_updated'), 1);
  const spoken = await say(visitor, pair.id, 'je suis sa fille');
  assert.equal(spoken.ok, true, JSON.stringify(spoken));
  const told = (await heard(doctor, 'chat.message_created', (p) => p.message.id === spoken.message.id)).message;
  assert.deepEqual([told.senderRole, told.senderId], ['guest', guest.id]);
  const page = await get(`${live(pair.id)}/messages`, accessToken);
  assert.deepEqual(page.body.items.map((m) => m.id), [spoken.message.id, later.id]);
  assert.equal((await get(`${live(pair.id)}/messages`, pair.patient)).body.items.length, 4);

  const entry = await post(`${live(pair.id)}/livekit-token`, accessToken);
  assert.equal(entry.status, 200);
  const claims = JSON.parse(Buffer.from(entry.body.token.split('.')[1], 'base64url'));
  assert.deepEqual([claims.sub, claims.video.roomAdmin], [guest.id, false]);
  assert.ok(claims.exp - claims.nbf <= 60, 'a link can be taken back at any moment');
  const own = await get(`/api/consultations/${pair.id}/room`, accessToken);
  assert.deepEqual([own.status, own.body.provider, own.body.roomName, own.body.moderator], [200, 'livekit', entry.body.roomName, false], JSON.stringify(own.body));
  assert.equal(JSON.parse(Buffer.from(own.body.token.split('.')[1], 'base64url')).sub, guest.id);
  assertProblem(await get(`/api/consultations/${pair.id}/waiting-room`, accessToken), 403, 'forbidden');

  // Their mark counts for nobody, and what is another's to change stays so.
  assert.equal((await ask(visitor, 'chat.read', { consultationId: pair.id, messageId: later.id })).ok, true);
  for (const [event, more] of [['chat.edit', { text: 'x' }], ['chat.delete', {}], ['chat.react', { emoji: '👍' }]]) {
    assert.equal((await ask(visitor, event, { consultationId: pair.id, messageId: later.id, ...more })).error.code, 'forbidden', event);
  }
  assert.equal((await get(`${live(pair.id)}/messages`, pair.patient)).body.items.find((m) => m.id === later.id).readAt, null);
  const words = JSON.stringify([visitor.heard, page.body, seen.body]);
  assert.ok(!words.includes('planted-'), words);
});

test('a guest may nothing else: no other visit, no list, no contract, no account', async () => {
  const pair = pairs[8];
  const other = pairs[7];
  const { accessToken } = await enter((await invite(pair.id, pair.practitioner, { role: 'INTERPRETER', name: 'Interprète' })).token, null);
  const absent = '01900000-0000-7000-8000-000000000000';
  for (const id of [other.id, absent]) {
    for (const path of ['', '/messages', `/files/${absent}/download`]) assertProblem(await get(live(id) + path, accessToken), 404, 'not_found');
    assertProblem(await post(`${live(id)}/livekit-token`, accessToken), 404, 'not_found');
    for (const path of ['guests', 'room', 'room-link', 'waiting-room']) assertProblem(await get(`/api/consultations/${id}/${path}`, accessToken), 404, 'not_found');
  }
  const { body } = await get('/openapi/v1.json');
  let refused = 0;
  for (const [path, methods] of Object.entries(body.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const roles = operation['x-roles'] ?? [];
      if (roles.includes('Guest') || roles.includes('Everyone')) continue;
      const [type] = Object.keys(operation.requestBody?.content ?? {});
      const sent = type && type !== 'application/json' ? { raw: '', headers: { 'content-type': type } } : method === 'get' ? {} : { body: {} };
      const answer = await http(method.toUpperCase(), path.replace(/\{[^}]+\}/g, pair.id), { token: accessToken, ...sent });
      assert.equal(answer.status, 403, `${method} ${path}: ${answer.status}`);
      refused++;
    }
  }
  assert.ok(refused > 60, `only ${refused}`);
  const socket = await connect(accessToken);
  assert.equal((await ask(socket, 'consultation.join', { consultationId: other.id })).error.code, 'not_found');
  assert.equal((await ask(socket, 'presence.ping', { consultationId: other.id })).error.code, 'not_found');
  assert.equal((await say(socket, other.id, 'x')).error.code, 'not_found');
});

test('a link that is taken back, or whose visit ends, puts its guest out; who comes again is the same guest', async () => {
  const pair = pairs[9];
  const { doctor } = await meet(pair);
  const link = await invite(pair.id, pair.practitioner, { role: 'PRACTITIONER', name: 'Dr Second' });
  assertProblem(await remove(`${links(pair.id)}/${link.id}`, pair.patient), 404, 'not_found');
  const urlFor = async (token) => (await get(links(pair.id), token)).body.items.find((l) => l.id === link.id).url;
  // The other of the two could come in as their guest.
  assert.deepEqual([await urlFor(pair.practitioner), await urlFor(pair.patient)], [link.url, null]);
  const guestOf = async (token) => (await get(links(pair.id), token)).body.items.find((l) => l.id === link.id).guest;
  assert.equal(await guestOf(pair.practitioner), null);
  const first = await enter(link.token, null);
  for (const token of [pair.practitioner, pair.patient]) assert.equal((await guestOf(token)).id, first.guest.id);
  const again = await enter(link.token, null);
  assert.equal(again.guest.id, first.guest.id);
  assert.equal(again.guest.name, 'Dr Second');
  // Where they were in before, they no longer are.
  assertProblem(await get(live(pair.id), first.accessToken), 401, 'unauthenticated');
  const renewed = await post('/api/join/renew', again.accessToken, { consultationId: pair.id });
  assert.equal(renewed.status, 200, JSON.stringify(renewed.body));
  const visitor = await connect(renewed.body.accessToken);
  await ask(visitor, 'consultation.join', { consultationId: pair.id });

  const out = gone(visitor);
  const revokedAt = Date.now();
  assert.equal((await remove(`${links(pair.id)}/${link.id}`, pair.practitioner)).status, 204);
  await out;
  assert.ok(Date.now() - revokedAt < 2_000, 'longer than two seconds');
  assertProblem(await get(live(pair.id), renewed.body.accessToken), 401, 'unauthenticated');
  for (const [path, more] of [['', {}], ['/enter', { name: 'x' }], ['/code', {}]]) assertProblem(await post(`/api/join${path}`, undefined, { token: link.token, ...more }), 404, 'join_link_gone');
  assert.equal(await urlFor(pair.practitioner), null);
  assert.ok((await guestOf(pair.practitioner)).leftAt);
  await heard(doctor, 'presence.state', (p) => !p.onlineUserIds.includes(first.guest.id));
  // Out of the media server's room too, though the first order failed; by a token that LiveKit's own verifier takes.
  const { roomName } = (await get(`/api/consultations/${pair.id}/room`, pair.practitioner)).body;
  const orders = await eventually('the guest is put out of LiveKit', async () => {
    const sent = await ordersFor(roomName, 'RemoveParticipant');
    return sent.some((o) => o.status === 200) && sent;
  });
  assert.ok(Date.now() - revokedAt < 5_000, 'longer than five seconds');
  const { apiKey, apiSecret } = demo.liveKit;
  const verify = async ({ token }) => (await new TokenVerifier(apiKey, apiSecret).verify(token.replace('Bearer ', ''))).video;
  assert.deepEqual(orders[0].body, { room: roomName, identity: first.guest.id });
  assert.deepEqual(await verify(orders[0]), { room: roomName, roomAdmin: true, roomCreate: true });

  const second = await invite(pair.id, pair.patient);
  const entered = await enter(second.token);
  const listener = await connect(entered.accessToken);
  await ask(listener, 'consultation.join', { consultationId: pair.id });
  const ended = gone(listener);
  await post(`/api/teleconsultation/${pair.id}/end`, pair.practitioner);
  await heard(listener, 'consultation.closed', (p) => p.consultationId === pair.id);
  await ended;
  await eventually('the end of the token', async () => (await get(live(pair.id), entered.accessToken)).status === 401);
  const deletion = await eventually('the room is deleted', async () => (await ordersFor(roomName, 'DeleteRoom')).find((o) => o.status === 200));
  assert.deepEqual(deletion.body, { room: roomName });
  assert.deepEqual([deletion.type, (await verify(deletion)).roomCreate], ['application/json', true]);
  assertProblem(await post('/api/join', undefined, { token: second.token }), 404, 'join_link_gone');
});

test('who leaves comes again by the same link as the same guest', async () => {
  const pair = pairs[26];
  const link = await invite(pair.id, pair.practitioner, { role: 'INTERPRETER', name: 'Interprète' });
  const first = await enter(link.token, null);
  assert.equal((await get(live(pair.id), first.accessToken)).status, 200);
  assert.equal((await post('/api/join/leave', first.accessToken)).status, 204);
  assertProblem(await get(live(pair.id), first.accessToken), 401, 'unauthenticated');
  const again = await enter(link.token, null);
  assert.equal(again.guest.id, first.guest.id);
  assert.equal((await get(live(pair.id), again.accessToken)).status, 200);
  assertProblem(await get(live(pair.id), first.accessToken), 401, 'unauthenticated');
});

test('a code goes to the address of the link, is good once, and five wrong guesses spend it', async () => {
  const pair = pairs[28];
  const email = `${unique()}@invitee.example`;
  const link = await invite(pair.id, pair.practitioner, { role: 'RELATIVE', name: 'Karim', email, requireCode: true, language: 'fr' });
  const invitation = await mailTo(email, 'JoinLink');
  assert.equal(invitation.link, link.url);
  assert.equal(invitation.subject, 'Un lien vers un rendez-vous');
  const attempt = (code) => post('/api/join/enter', undefined, { token: link.token, name: 'Karim', ...(code ? { code } : {}) });
  assertProblem(await attempt(), 422, 'required', 'code');
  assertProblem(await attempt('000000'), 422, 'join_code_spent', 'code');

  const next = async (after) => {
    assert.equal((await post('/api/join/code', undefined, { token: link.token })).status, 202);
    const mail = await mailTo(email, 'JoinCode', { after });
    return { id: mail.id, code: /\b\d{6}\b/.exec(mail.text)[0] };
  };
  const { id, code } = await next();
  const wrong = code === '111111' ? '222222' : '111111';
  for (let i = 0; i < 5; i++) assertProblem(await attempt(wrong), 422, 'wrong_code', 'code');
  assertProblem(await attempt(code), 422, 'join_code_spent', 'code');
  const fresh = await next(id);
  assert.equal((await attempt(fresh.code)).status, 200);
  assertProblem(await attempt(fresh.code), 422, 'join_code_spent', 'code');
  assert.equal((await post('/api/join/code', undefined, { token: (await invite(pair.id, pair.patient)).token })).body.code, 'join_code_not_needed');
});

test('the practitioner invites whom the visit needs, the patient a relative, and nobody else anyone', async () => {
  const pair = pairs[26];
  for (const role of ['PATIENT', 'INTERPRETER', 'PRACTITIONER']) assertProblem(await post(links(pair.id), pair.patient, { role }), 403, 'forbidden');
  assertProblem(await post(links(pair.id), pair.practitioner, { role: 'DOCTOR' }), 422, 'invalid', 'role');
  assertProblem(await post(links(pair.id), pair.practitioner, { role: 'RELATIVE', requireCode: true }), 422, 'required', 'email');
  assert.equal((await post(links(pair.id), pair.practitioner, { role: 'RELATIVE', canWrite: true })).status, 422);
  assertProblem(await post(links(pair.id), await signIn('lucia'), { role: 'RELATIVE' }), 404, 'not_found');
  assertProblem(await get(links(pair.id), await signIn('helene')), 403, 'forbidden');
  assertProblem(await post('/api/join', undefined, { token: 'x'.repeat(64) }), 404, 'join_link_gone');
  assertProblem(await post('/api/join', undefined, { token: 'x' }), 404, 'join_link_gone');
  const closed = demo.consultations.find((c) => c.status === 'closed' && c.practitioner === 'Amina Rahal');
  assertProblem(await post(links(closed.id), await signIn('amina'), { role: 'RELATIVE' }), 409, 'session_ended');
});
