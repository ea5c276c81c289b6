import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ask, closeAll, connect, count, data, demo, get, heard, meet, pairs, post, signIn } from '../support/server.mjs';

after(closeAll);

const send = (socket, pair, text, clientMsgId = crypto.randomUUID()) => ask(socket, 'chat.send', { consultationId: pair.id, clientMsgId, text });

test('join acks ok, the server’s time and the consultation’s status', async () => {
  const pair = pairs[10];
  const socket = await connect(pair.patient);
  const ack = await ask(socket, 'consultation.join', { consultationId: pair.id });
  assert.equal(ack.ok, true);
  assert.equal(ack.consultationStatus, 'in_progress');
  assert.ok(Math.abs(Date.parse(ack.serverTime) - Date.now()) < 60_000);
});

test('a message is acked with itself, reaches the other side live, and is in the page that follows', async () => {
  const pair = pairs[11];
  const { doctor, patient } = await meet(pair);
  const ack = await send(patient, pair, 'planted-quetzal', 'first-1');
  assert.equal(ack.ok, true);
  assert.equal(ack.clientMsgId, 'first-1');
  assert.equal(ack.message.seq, 1);
  assert.equal(ack.message.senderRole, 'patient');
  for (const socket of [doctor, patient]) assert.deepEqual(await heard(socket, 'chat.message_created'), { message: ack.message });
  const page = await get(`/api/v1/consultations/${pair.id}/messages`, pair.practitioner);
  assert.deepEqual(page.body.items, [ack.message]);
});

test('the same clientMsgId again acks the same message and creates nothing; with other words it is refused', async () => {
  const pair = pairs[12];
  const { doctor, patient } = await meet(pair);
  const first = await send(patient, pair, 'once', 'again-1');
  assert.deepEqual(await send(patient, pair, 'once', 'again-1'), first);
  assert.equal((await send(patient, pair, 'twice', 'again-1')).error.code, 'client_msg_id_reused');
  const next = await send(patient, pair, 'next');
  assert.equal(next.message.seq, 2);
  await heard(doctor, 'chat.message_created', (p) => p.message.seq === 2);
  assert.equal(count(doctor, 'chat.message_created'), 2);
});

test('two hundred sends in flight get the numbers 1 to 200, in order, on both sides', async () => {
  const pair = pairs[13];
  const { doctor, patient } = await meet(pair);
  const acks = await Promise.all(Array.from({ length: 200 }, (_, i) => send(i % 2 ? doctor : patient, pair, `m${i}`)));
  assert.deepEqual(acks.map((a) => a.message.seq).sort((a, b) => a - b), Array.from({ length: 200 }, (_, i) => i + 1));
  await heard(doctor, 'chat.message_created', (p) => p.message.seq === 200);
  await heard(patient, 'chat.message_created', (p) => p.message.seq === 200);
  for (const socket of [doctor, patient]) {
    assert.deepEqual(socket.heard.filter((e) => e.name === 'chat.message_created').map((e) => e.payload.message.seq), Array.from({ length: 200 }, (_, i) => i + 1));
  }
});

test('delivered and read reach the sender once, cover what came before, and show in the page', async () => {
  const pair = pairs[14];
  const { doctor, patient } = await meet(pair);
  const one = (await send(patient, pair, 'one')).message;
  const two = (await send(patient, pair, 'two')).message;
  assert.deepEqual(await ask(doctor, 'chat.delivered', { consultationId: pair.id, messageId: two.id }), { ok: true });
  const delivered = await heard(patient, 'chat.message_delivered');
  assert.equal(delivered.messageId, two.id);
  assert.ok(delivered.deliveredAt.endsWith('Z'));
  assert.deepEqual(await ask(doctor, 'chat.delivered', { consultationId: pair.id, messageId: one.id }), { ok: true });
  assert.deepEqual(await ask(doctor, 'chat.read', { consultationId: pair.id, messageId: one.id }), { ok: true });
  await heard(patient, 'chat.message_read', (p) => p.messageId === one.id);
  assert.equal(count(patient, 'chat.message_delivered'), 1);
  const { items } = (await get(`/api/v1/consultations/${pair.id}/messages`, pair.patient)).body;
  assert.deepEqual(items.map((m) => [m.seq, m.deliveredAt !== null, m.readAt !== null]), [[2, true, false], [1, true, true]]);
  assert.equal((await ask(patient, 'chat.read', { consultationId: pair.id, messageId: two.id })).error.code, 'own_message');
  assert.equal((await ask(doctor, 'chat.read', { consultationId: pair.id, messageId: pair.id })).error.code, 'not_found');
});

test('a join with afterSeq replays what was missed, in order, each once', async () => {
  const pair = pairs[15];
  const { doctor, patient } = await meet(pair);
  await send(doctor, pair, 'seen');
  await heard(patient, 'chat.message_created', (p) => p.message.seq === 1);
  patient.close();
  for (let i = 2; i <= 6; i++) await send(doctor, pair, `missed ${i}`);
  const back = await connect(pair.patient);
  const ack = await ask(back, 'consultation.join', { consultationId: pair.id, afterSeq: 1 });
  assert.equal(ack.replayed, 5);
  assert.equal(ack.more, false);
  await send(doctor, pair, 'live again');
  await heard(back, 'chat.message_created', (p) => p.message.seq === 7);
  assert.deepEqual(back.heard.filter((e) => e.name === 'chat.message_created').map((e) => e.payload.message.seq), [2, 3, 4, 5, 6, 7]);
});

test('who joins in the middle of a stream hears every number exactly once', async () => {
  const pair = pairs[16];
  const { doctor } = await meet(pair);
  const sending = Promise.all(Array.from({ length: 150 }, (_, i) => send(doctor, pair, `m${i}`)));
  const late = await connect(pair.patient);
  await ask(late, 'consultation.join', { consultationId: pair.id, afterSeq: 0 });
  await sending;
  await heard(late, 'chat.message_created', (p) => p.message.seq === 150);
  const seqs = late.heard.filter((e) => e.name === 'chat.message_created').map((e) => e.payload.message.seq);
  assert.equal(new Set(seqs).size, 150);
  assert.equal(seqs.length, 150);
});

test('edits, deletions and reactions reach both sides, and are replayed by afterChange', async () => {
  const pair = pairs[17];
  const { doctor, patient } = await meet(pair);
  const { message } = await send(patient, pair, 'first words');
  const edited = await ask(patient, 'chat.edit', { consultationId: pair.id, messageId: message.id, text: 'better words' });
  assert.equal(edited.message.text, 'better words');
  assert.deepEqual(await heard(doctor, 'chat.message_updated', (p) => p.message.change === 1), { message: edited.message });
  assert.equal((await ask(doctor, 'chat.edit', { consultationId: pair.id, messageId: message.id, text: 'mine' })).error.code, 'not_your_message');
  const reacted = await ask(doctor, 'chat.react', { consultationId: pair.id, messageId: message.id, emoji: '👍', on: true });
  assert.equal(reacted.message.reactions[0].emoji, '👍');
  assert.equal((await ask(doctor, 'chat.react', { consultationId: pair.id, messageId: message.id, emoji: 'not one', on: true })).error.field, 'emoji');
  const deleted = await ask(patient, 'chat.delete', { consultationId: pair.id, messageId: message.id });
  assert.equal(deleted.message.text, null);
  assert.ok(deleted.message.deletedAt);
  const back = await connect(pair.practitioner);
  const ack = await ask(back, 'consultation.join', { consultationId: pair.id, afterSeq: 1, afterChange: 0 });
  assert.equal(ack.change, deleted.message.change);
  assert.deepEqual((await heard(back, 'chat.message_updated')).message, deleted.message);
});

test('presence: the ping is answered, the state names who is online, and leaving takes one off', async () => {
  const pair = pairs[18];
  const { doctor, patient } = await meet(pair);
  const { body } = await get(`/api/v1/consultations/${pair.id}`, pair.patient);
  const both = [body.patient.id, body.doctor.id].sort();
  await heard(doctor, 'presence.state', (p) => p.onlineUserIds.length === 2);
  patient.heard.length = 0;
  assert.deepEqual(await ask(patient, 'presence.ping', { consultationId: pair.id }), { ok: true, seq: 0, change: 0 });
  const state = await heard(patient, 'presence.state');
  assert.deepEqual([...state.onlineUserIds].sort(), both);
  patient.heard.length = 0;
  doctor.close();
  assert.deepEqual((await heard(patient, 'presence.state', (p) => p.onlineUserIds.length === 1)).onlineUserIds, [body.patient.id]);
});

test('two who come in the same moment see each other, by the newest of the lists that reached them', async () => {
  const pair = pairs[18];
  const { body } = await get(`/api/v1/consultations/${pair.id}`, pair.patient);
  const both = [body.patient.id, body.doctor.id].sort();
  const sockets = await Promise.all([connect(pair.practitioner), connect(pair.patient)]);
  for (let turn = 0; turn < 25; turn++) {
    for (const socket of sockets) socket.heard.length = 0;
    const acks = await Promise.all(sockets.map((socket) => ask(socket, 'consultation.join', { consultationId: pair.id })));
    for (const [i, socket] of sockets.entries()) {
      // Whatever was said to a socket before this answer has come.
      await ask(socket, 'chat.typing', { consultationId: pair.id, typing: false });
      const told = socket.heard.filter((e) => e.name === 'presence.state').map((e) => e.payload);
      assert.deepEqual(told.map((t) => t.onlineRevision), told.map((t) => t.onlineRevision).toSorted((a, b) => a - b));
      const newest = [acks[i], ...told].reduce((a, b) => (b.onlineRevision >= a.onlineRevision ? b : a));
      assert.deepEqual([...newest.onlineUserIds].sort(), both, `turn ${turn}`);
    }
    await Promise.all(sockets.map((socket) => ask(socket, 'consultation.leave', { consultationId: pair.id })));
  }
});

test('typing reaches the other side alone, and nobody outside', async () => {
  const [pair, other] = [pairs[19], pairs[20]];
  const { doctor, patient } = await meet(pair);
  const outsider = await connect(other.patient);
  assert.deepEqual(await ask(patient, 'chat.typing', { consultationId: pair.id, typing: true }), { ok: true });
  assert.equal((await heard(doctor, 'chat.typing')).typing, true);
  assert.equal((await ask(outsider, 'chat.typing', { consultationId: pair.id, typing: true })).error.code, 'not_found');
  assert.equal(count(patient, 'chat.typing'), 0);
});

test('a stranger who knows every id gets not_found from every event, and hears nothing', async () => {
  const [pair, other] = [pairs[21], pairs[22]];
  const { doctor, patient } = await meet(pair);
  const { message } = await send(patient, pair, 'private');
  const stranger = await connect(other.practitioner);
  const events = {
    'consultation.join': {}, 'presence.ping': {}, 'chat.send': { text: 'hello' }, 'chat.delivered': { messageId: message.id }, 'chat.read': { messageId: message.id },
    'chat.edit': { messageId: message.id, text: 'x' }, 'chat.delete': { messageId: message.id }, 'chat.react': { messageId: message.id, emoji: '👍', on: true }, 'chat.typing': { typing: true },
  };
  for (const [event, more] of Object.entries(events)) {
    const known = await ask(stranger, event, { consultationId: pair.id, ...more });
    const absent = await ask(stranger, event, { consultationId: '01900000-0000-7000-8000-000000000000', ...more });
    assert.equal(known.error?.code, 'not_found', event);
    assert.deepEqual(known, absent, event);
  }
  await send(doctor, pair, 'still private');
  await heard(patient, 'chat.message_created', (p) => p.message.seq === 2);
  assert.deepEqual(stranger.heard, []);
});

test('every malformed payload is refused with its field, and the socket lives on', async () => {
  const pair = pairs[23];
  const { patient } = await meet(pair);
  const bad = [
    ['chat.send', { consultationId: pair.id, text: '' }, 'text'], ['chat.send', { consultationId: pair.id, text: '   ' }, 'text'], ['chat.send', { consultationId: pair.id }, 'text'],
    ['chat.send', { consultationId: pair.id, text: 'x'.repeat(8001) }, 'text'], ['chat.send', { consultationId: pair.id, text: 5 }, 'text'],
    ['chat.send', { consultationId: pair.id, text: 'x', clientMsgId: '' }, 'clientMsgId'], ['chat.send', { consultationId: pair.id, text: 'x', clientMsgId: 'c'.repeat(129) }, 'clientMsgId'],
    ['chat.send', { consultationId: 'nope', text: 'x' }, 'consultationId'], ['chat.send', { text: 'x' }, 'consultationId'],
    ['consultation.join', { consultationId: pair.id, afterSeq: -1 }, 'afterSeq'], ['consultation.join', { consultationId: pair.id, afterSeq: 'x' }, 'afterSeq'],
    ['chat.delivered', { consultationId: pair.id, messageId: 'nope' }, 'messageId'], ['chat.typing', { consultationId: pair.id, typing: 'yes' }, 'typing'],
  ];
  for (const [event, payload, field] of bad) {
    const ack = await ask(patient, event, payload);
    assert.equal(ack.ok, false, `${event} ${JSON.stringify(payload).slice(0, 80)}`);
    assert.equal(ack.error.field, field, `${event} ${JSON.stringify(payload).slice(0, 80)}: ${JSON.stringify(ack)}`);
  }
  for (const payload of [null, 5, 'x', [], true]) assert.equal((await ask(patient, 'chat.send', payload)).ok, false);
  assert.equal((await send(patient, pair, 'x'.repeat(8000))).ok, true);
  assert.equal((await send(patient, pair, 'é漢🙂 <script> "\\ \u2028')).message.text, 'é漢🙂 <script> "\\ \u2028');
  assert.equal((await get(`/api/v1/consultations/${pair.id}/messages`, pair.patient)).body.items.length, 2);
});

test('the patient who comes first waits, the practitioner’s join starts the visit', async () => {
  const visit = demo.consultations.find((c) => c.status === 'scheduled' && c.practitioner === 'Amina Rahal');
  const doctor = await connect(await signIn('amina'));
  const patient = await connect(await signIn('marc'));
  const waiting = await ask(patient, 'consultation.join', { consultationId: visit.id });
  assert.equal(waiting.consultationStatus, 'scheduled');
  assert.equal(waiting.queueItem.position, 1);
  const told = await heard(doctor, 'queue.updated', (p) => p.consultationId === visit.id);
  assert.equal(told.queueItem.patient.name, visit.patient);
  assert.deepEqual((await get(`/api/v1/consultations/${visit.id}`, await signIn('helene'))).body.queueItem, { position: 1 });
  const started = await ask(doctor, 'consultation.join', { consultationId: visit.id });
  assert.equal(started.consultationStatus, 'in_progress');
  await heard(patient, 'consultation.started');
  await heard(patient, 'queue.updated', (p) => p.queueItem === null);
  assert.equal((await post(`/api/v1/consultations/${visit.id}/livekit-token`, await signIn('marc'))).status, 200);
});

test('a socket without a good token is not let in', async () => {
  for (const token of [undefined, '', 'nonsense', 5]) await assert.rejects(connect(token), (e) => e.data?.code === 'unauthenticated');
});

test('signing out ends the sockets of that sign-in', async () => {
  const user = demo.users.find((u) => u.email.startsWith('lucia'));
  const { body } = await post('/api/auth/login', undefined, { email: user.email, password: user.password });
  const socket = await connect(body.accessToken);
  const gone = new Promise((ended) => socket.once('disconnect', ended));
  assert.equal((await post('/api/auth/logout', undefined, { refreshToken: body.refreshToken })).status, 204);
  assert.equal(await gone, 'io server disconnect');
  assert.equal((await heard(socket, 'session.expired')).code, 'session_revoked');
  assert.equal((await get('/api/auth/me', body.accessToken)).status, 401);
});

test('polling clients get the same as websocket clients', async () => {
  const pair = pairs[24];
  const doctor = await connect(pair.practitioner, { transports: ['polling'] });
  const patient = await connect(pair.patient, { transports: ['polling', 'websocket'] });
  for (const socket of [doctor, patient]) await ask(socket, 'consultation.join', { consultationId: pair.id });
  const { message } = await send(doctor, pair, 'by poll');
  assert.deepEqual((await heard(patient, 'chat.message_created')).message, message);
  assert.deepEqual((await heard(doctor, 'chat.message_created')).message, message);
});

test('what people wrote is nowhere in the data folder', async () => {
  const pair = pairs[25];
  const { patient } = await meet(pair);
  await send(patient, pair, 'planted-axolotl');
  const found = [];
  const look = (folder) => {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      const stat = statSync(path, { throwIfNoEntry: false });
      if (stat?.isDirectory()) look(path);
      else if (stat?.isFile() && /planted-(quetzal|axolotl)/.test(readFileSync(path, 'latin1'))) found.push(path);
    }
  };
  look(data);
  assert.deepEqual(found, []);
  // The control: what is not secret is found by the same search.
  assert.match(readFileSync(join(data, 'demo.json'), 'latin1'), /Amina/);
});
