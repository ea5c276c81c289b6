// Document 001's chat, as its pages have it: what comes over its sockets, in both spellings, and over HTTP where there is no socket.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { io } from 'socket.io-client';
import { admins, chat, pdf, people, png, send } from '../support/chat.mjs';
import { assertProblem, eventually, put, remove, unique } from '../support/people.mjs';
import { ask, closeAll, connect, count, demo, get, heard, http, pairs, post, url } from '../support/server.mjs';

after(closeAll);

const messages = (id, query = '') => `/api/chat/${id}/messages${query}`;
const refusedBy = (token) => new Promise((told) => {
  const socket = io(`${url}/chat`, { auth: { token }, transports: ['websocket'], reconnection: false, forceNew: true });
  socket.once('connect', () => { socket.close(); told('connected'); });
  socket.once('connect_error', (e) => { socket.close(); told(e.data?.code ?? e.message); });
});

test('a conversation over sockets, as the document has it', async () => {
  const pair = pairs[50];
  const { patientId, doctorId } = await people(pair);
  const [doctor, patient] = await Promise.all([chat(pair.practitioner), chat(pair.patient)]);
  const joined = await ask(doctor, 'chat:join', { consultationId: pair.id });
  assert.deepEqual([joined.ok, joined.seq, joined.pageInfo], [true, 0, { nextCursor: null }]);
  assert.deepEqual(await heard(doctor, 'chat:history'), []);
  assert.equal((await ask(patient, 'chat:join', { consultationId: pair.id })).ok, true);

  const sent = await ask(patient, 'chat:message', { consultationId: pair.id, content: 'Bonjour docteur', clientMsgId: 'p-1' });
  assert.deepEqual([sent.ok, sent.clientMsgId, sent.message.content, sent.message.senderId, sent.message.senderRole], [true, 'p-1', 'Bonjour docteur', patientId, 'EMPLOYEE']);
  const got = await heard(doctor, 'chat:message:received');
  assert.deepEqual([got.id, got.consultationId, got.content, got.seq, got.isRead], [sent.message.id, pair.id, 'Bonjour docteur', 1, false]);
  // The document tells the room, the sender in it too.
  assert.equal((await heard(patient, 'chat:message:received')).id, got.id);
  const again = await ask(patient, 'chat:message', { consultationId: pair.id, content: 'Bonjour docteur', clientMsgId: 'p-1' });
  assert.equal(again.message.id, got.id);

  assert.equal((await ask(doctor, 'chat:typing', { consultationId: pair.id, isTyping: true })).ok, true);
  assert.deepEqual(await heard(patient, 'chat:typing'), { consultationId: pair.id, userId: doctorId, isTyping: true });
  assert.equal((await ask(doctor, 'chat:read', { messageId: got.id })).ok, true);
  const read = await heard(patient, 'chat:message:read');
  assert.deepEqual([read.messageId, read.readBy, read.seq], [got.id, doctorId, 1]);
  assert.ok(Date.parse(read.readAt));
  assert.equal((await ask(patient, 'chat:read', { messageId: got.id })).error.code, 'own_message');

  // Whoever leaves hears no more of it in this spelling; nobody hears their own typing.
  assert.equal((await ask(doctor, 'chat:leave', { consultationId: pair.id })).ok, true);
  assert.equal((await ask(doctor, 'chat:typing', { consultationId: pair.id, isTyping: true })).error.code, 'not_found');
  const second = await ask(patient, 'chat:message', { consultationId: pair.id, content: 'Encore' });
  await heard(doctor, 'message:received', (m) => m.id === second.message.id);
  assert.equal(count(doctor, 'chat:message:received'), 1);
  assert.deepEqual([count(doctor, 'chat:typing'), count(patient, 'chat:typing')], [0, 1]);
  // Coming back, one gets what one missed.
  const missed = await ask(doctor, 'chat:join', { consultationId: pair.id, afterSeq: 1 });
  assert.deepEqual([missed.seq, missed.readSeq, missed.more], [2, 1, false]);
  assert.deepEqual((await heard(doctor, 'chat:history', (page) => page.length === 1)).map((m) => m.content), ['Encore']);
});

test('the other spelling needs no join: it reaches a person on all devices', async () => {
  const pair = pairs[51];
  const { doctorId } = await people(pair);
  const [phone, laptop, patient] = await Promise.all([chat(pair.practitioner), chat(pair.practitioner), chat(pair.patient)]);
  const sent = await ask(patient, 'message:send', { consultationId: pair.id, content: 'Une question' });
  assert.equal(sent.ok, true);
  for (const socket of [phone, laptop, patient]) assert.equal((await heard(socket, 'message:received')).content, 'Une question');
  await ask(phone, 'chat:read', { messageId: sent.message.id });
  for (const socket of [laptop, patient]) {
    const { messageId, readAt, readBy } = await heard(socket, 'message:read');
    assert.deepEqual([messageId, readBy], [sent.message.id, doctorId]);
    assert.ok(Date.parse(readAt));
  }
  // Without an ack, a refusal is heard all the same.
  patient.emit('message:send', { consultationId: pair.id, content: '' });
  const error = await heard(patient, 'chat:error');
  assert.deepEqual([error.event, error.code, error.field], ['message:send', 'required', 'text']);
  assert.ok(error.message);
  assert.equal((await ask(patient, 'message:send', { consultationId: pair.id, content: 'x', attachmentUrl: 'https://elsewhere.example/x.exe' })).error.field, 'attachmentUrl');
});

test('history is the newest page with a cursor, oldest first, over sockets and over HTTP', async () => {
  const pair = pairs[52];
  for (let i = 1; i <= 53; i++) assert.equal((await post(messages(pair.id), pair.patient, { content: `m${i}` })).status, 201);
  const doctor = await chat(pair.practitioner);
  const joined = await ask(doctor, 'chat:join', { consultationId: pair.id });
  const page = await heard(doctor, 'chat:history');
  assert.deepEqual([page.length, page[0].content, page.at(-1).content], [50, 'm4', 'm53']);
  const [more] = doctor.heard.find((e) => e.name === 'chat:history').more;
  assert.deepEqual([more.consultationId, more.pageInfo.nextCursor, more.seq], [pair.id, joined.pageInfo.nextCursor, 53]);
  const older = await get(messages(pair.id, `?cursor=${joined.pageInfo.nextCursor}`), pair.practitioner);
  assert.deepEqual(older.body.items.map((m) => m.content), ['m1', 'm2', 'm3']);
  assert.equal(older.body.pageInfo.nextCursor, null);
  assert.deepEqual((await get(messages(pair.id, '?afterSeq=51'), pair.practitioner)).body.items.map((m) => m.content), ['m52', 'm53']);
});

test('REST serves where sockets cannot: send once, read, upload, and be told live of all of it', async () => {
  const pair = pairs[53];
  const doctor = await chat(pair.practitioner, pair.id);
  const headers = { 'idempotency-key': unique() };
  const sent = await http('POST', messages(pair.id), { token: pair.patient, body: { content: 'Par HTTP' }, headers });
  assert.equal(sent.status, 201);
  assert.equal((await http('POST', messages(pair.id), { token: pair.patient, body: { content: 'Par HTTP' }, headers })).body.id, sent.body.id);
  assert.equal((await heard(doctor, 'chat:message:received')).id, sent.body.id);
  const read = await put(`/api/chat/messages/${sent.body.id}/read`, pair.practitioner);
  assert.deepEqual([read.status, read.body.id, read.body.isRead], [200, sent.body.id, true]);
  assert.ok(read.body.readAt);

  const fields = [['file', { bytes: png, type: 'image/png', filename: 'radio.png' }], ['content', 'La radio'], ['file', { bytes: pdf, type: 'application/pdf', filename: 'rapport.pdf' }]];
  const key = { 'idempotency-key': unique() };
  const uploaded = await send(`/api/chat/${pair.id}/upload`, pair.patient, fields, key);
  assert.equal(uploaded.status, 201, JSON.stringify(uploaded.body));
  assert.deepEqual([uploaded.body.type, uploaded.body.content, uploaded.body.attachments.map((a) => a.name)], ['image', 'La radio', ['radio.png', 'rapport.pdf']]);
  assert.equal((await heard(doctor, 'chat:message:received', (m) => m.seq === 2)).attachments.length, 2);
  // The same form again, its files under other ids: the same message.
  assert.equal((await send(`/api/chat/${pair.id}/upload`, pair.patient, fields, key)).body.id, uploaded.body.id);
  assertProblem(await send(`/api/chat/${pair.id}/upload`, pair.patient, [['content', 'rien']]), 422, 'required', 'file');
  assertProblem(await send(`/api/chat/${pair.id}/upload`, pair.patient, [['file', { bytes: Buffer.from('MZ'), type: 'application/pdf', filename: 'x.pdf' }]]), 422, 'content_mismatch');
  assertProblem(await get('/api/chat/nonsense/messages', pair.patient), 422, 'invalid', 'consultationId');
  assert.equal((await get(messages(pair.id), pair.practitioner)).body.seq, 2);
});

test('no stranger and no administrator comes in, by any spelling or route', async () => {
  const [pair, other] = [pairs[53], pairs[54]];
  const { body: { items: [message] } } = await get(messages(pair.id), pair.patient);
  const stranger = await chat(other.patient);
  for (const [event, payload] of [
    ['chat:join', { consultationId: pair.id }], ['chat:message', { consultationId: pair.id, content: 'x' }], ['message:send', { consultationId: pair.id, content: 'x' }],
    ['chat:typing', { consultationId: pair.id, isTyping: true }], ['chat:read', { messageId: message.id }],
  ]) assert.equal((await ask(stranger, event, payload)).error.code, 'not_found', event);
  assertProblem(await get(messages(pair.id), other.patient), 404, 'not_found');
  assertProblem(await post(messages(pair.id), other.practitioner, { content: 'x' }), 404, 'not_found');
  assertProblem(await put(`/api/chat/messages/${message.id}/read`, other.practitioner), 404, 'not_found');
  assertProblem(await send(`/api/chat/${pair.id}/upload`, other.patient, [['file', { bytes: pdf, type: 'application/pdf', filename: 'a.pdf' }]]), 404, 'not_found');
  for (const admin of await admins()) {
    assert.equal(await refusedBy(admin), 'forbidden');
    assertProblem(await get(messages(pair.id), admin), 403, 'forbidden');
  }
  assert.equal(await refusedBy('nonsense'), 'unauthenticated');
  assertProblem(await get(messages(pair.id)), 401, 'unauthenticated');
});

test('a guest hears what is said from their coming on, and no edit of what was said before', async () => {
  const pair = pairs[54];
  const patient = await chat(pair.patient, pair.id);
  const before = (await ask(patient, 'chat:message', { consultationId: pair.id, content: 'planted-quetzal avant' })).message;
  const link = (await post(`/api/consultations/${pair.id}/join-links`, pair.patient, { role: 'RELATIVE' })).body;
  const { accessToken } = (await post('/api/join/enter', undefined, { token: link.url.split('/join/')[1], name: 'Yasmine Benali' })).body;
  const guest = await chat(accessToken);
  assert.equal((await ask(guest, 'chat:join', { consultationId: pair.id })).ok, true);
  assert.deepEqual(await heard(guest, 'chat:history'), []);
  const edited = await http('PATCH', `/api/conversations/${pair.id}/messages/${before.id}`, { token: pair.patient, body: { content: 'planted-quetzal changed' } });
  assert.equal(edited.status, 200);
  await heard(patient, 'chat:message:updated', (m) => m.id === before.id);
  const later = (await ask(patient, 'chat:message', { consultationId: pair.id, content: 'après' })).message;
  assert.equal((await heard(guest, 'chat:message:received')).content, 'après');
  await http('PATCH', `/api/conversations/${pair.id}/messages/${later.id}`, { token: pair.patient, body: { content: 'après tout' } });
  assert.equal((await heard(guest, 'chat:message:updated')).content, 'après tout');
  assert.equal(count(guest, 'chat:message:updated'), 1);
  const own = await ask(guest, 'chat:message', { consultationId: pair.id, content: 'Je suis là' });
  assert.equal(own.message.senderRole, 'GUEST');
  assert.equal((await heard(patient, 'chat:message:received', (m) => m.seq === 3)).content, 'Je suis là');
  assert.equal(guest.heard.some((e) => JSON.stringify(e).includes('planted-quetzal')), false);
});

test('both namespaces end with the sign-in', async () => {
  const user = demo.users.find((u) => u.email.startsWith('amina'));
  const { body } = await post('/api/auth/login', undefined, { email: user.email, password: user.password });
  const [one, other] = await Promise.all([connect(body.accessToken), chat(body.accessToken)]);
  const renewed = await ask(other, 'session.renew', { token: body.accessToken });
  assert.equal(renewed.ok, true);
  assert.equal((await post('/api/auth/logout', body.accessToken, { refreshToken: body.refreshToken })).status, 204);
  for (const socket of [one, other]) assert.equal((await heard(socket, 'session.expired')).code, 'session_revoked');
  await eventually('the end', () => !one.connected && !other.connected);
});

test('a notice that is put away is gone from the list, and another person cannot', async () => {
  const pair = pairs[55];
  const { doctorId } = await people(pair);
  const booked = await post('/api/consultations', pair.practitioner, { patientId: (await people(pair)).patientId, scheduledAt: new Date(Math.ceil(Date.now() / 60_000) * 60_000 + 20 * 86_400_000).toISOString(), format: 'VIDEO' });
  assert.equal(booked.status, 201, JSON.stringify(booked.body));
  assert.ok(doctorId);
  const list = async () => (await get('/api/notifications', pair.patient)).body;
  const [notice] = (await eventually('a notice', async () => { const { items } = await list(); return items.length > 0 && items; }));
  assertProblem(await remove(`/api/notifications/${notice.id}`, pair.practitioner), 404, 'not_found');
  assert.equal((await remove(`/api/notifications/${notice.id}`, pair.patient)).status, 204);
  const { items, unreadCount } = await list();
  assert.deepEqual([items.some((n) => n.id === notice.id), unreadCount], [false, items.filter((n) => !n.readAt && !n.isRead).length]);
  assertProblem(await remove(`/api/notifications/${notice.id}`, pair.patient), 404, 'not_found');
});
