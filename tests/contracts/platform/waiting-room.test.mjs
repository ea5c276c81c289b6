import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { afterEach, test } from 'node:test';
import { jwtVerify } from 'jose';
import { assertProblem, eventually, put, remove } from '../support/people.mjs';
import { newPractitioner } from '../support/practitioner.mjs';
import { ask, closeAll, connect, count, demo, get, heard, post, signIn } from '../support/server.mjs';

const booked = [];

// A patient is away once no socket of theirs is left, and has one visit at a time.
afterEach(async () => {
  closeAll();
  for (const [person, visit] of booked.splice(0)) await finish(person, visit);
});

const idOf = (name) => demo.users.find((u) => u.email.startsWith(name)).id;
const queue = (person) => get('/api/queue', person.token);
const admit = (person, id) => post(`/api/queue/${id}/admit`, person.token);
const waitingRoom = (id) => `/api/consultations/${id}/waiting-room`;
const about = (id, passes = () => true) => (p) => p.consultationId === id && passes(p.queueItem);
const ok = (answer, status = 200) => {
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  return answer.body;
};

/** A practitioner whose slots of five minutes begin now. */
async function practice() {
  const person = await newPractitioner();
  ok(await put('/api/practitioners/me', person.token, { timeZone: 'Etc/UTC', formats: ['VIDEO', 'AUDIO'] }));
  ok(await put('/api/availability/settings', person.token, { slotDuration: 5, minimumNoticeMinutes: 0 }));
  for (let dayOfWeek = 0; dayOfWeek < 7; dayOfWeek++) ok(await post('/api/availability', person.token, { dayOfWeek, startTime: '00:00', endTime: '24:00' }), 201);
  return person;
}

/** Books one of the next slots: 0 is the very next. */
async function book(name, person, slot, format = 'VIDEO') {
  const token = await signIn(name);
  const { items } = ok(await get(`/api/practitioners/${person.id}/availability?from=${new Date().toISOString()}&to=${new Date(Date.now() + 3 * 3_600_000).toISOString()}`, token));
  const visit = ok(await post('/api/consultations', token, { practitionerId: person.id, scheduledAt: items[slot].startsAt, format }), 201);
  booked.push([person, visit]);
  return visit;
}

/** Ends or calls off, so that both are free again. */
async function finish(person, { id }) {
  const ended = await put(`/api/consultations/${id}/end`, person.token);
  if (ended.status !== 200) await put(`/api/consultations/${id}/cancel`, person.token, {});
}

test('patients wait in their order, hear of their own place alone, and are called in once', async () => {
  const person = await practice();
  const [marc, lucia] = [await signIn('marc'), await signIn('lucia')];
  const first = await book('marc', person, 0);
  const second = await book('lucia', person, 0);
  assert.ok(first.scheduledAt < second.scheduledAt);
  const sockets = { marc: await connect(marc), lucia: await connect(lucia), doctor: await connect(person.token) };

  const later = ok(await post(waitingRoom(second.id), lucia));
  assert.deepEqual(Object.keys(later).sort(), ['delayMinutes', 'expectedAt', 'joinedAt', 'position', 'practitionerPresent']);
  assert.deepEqual([later.position, later.delayMinutes, later.practitionerPresent], [1, 0, true]);
  assert.ok(later.expectedAt >= second.scheduledAt);
  // Planned earlier, come later, and still in time: first.
  assert.equal(ok(await post(waitingRoom(first.id), marc)).position, 1);
  assert.equal(ok(await get(waitingRoom(second.id), lucia)).position, 2);
  assert.equal(ok(await post(waitingRoom(second.id), lucia)).joinedAt, later.joinedAt);
  const moved = await heard(sockets.lucia, 'queue.updated', about(second.id, (q) => q?.position === 2));
  assert.deepEqual(Object.keys(moved.queueItem).sort(), ['delayMinutes', 'expectedAt', 'joinedAt', 'position']);
  const shown = await heard(sockets.doctor, 'queue.updated', about(first.id, (q) => q?.position === 1));
  assert.equal(shown.queueItem.patient.name, first.patient.name);
  assert.equal(shown.queueItem.away, false);

  const list = ok(await queue(person));
  assert.deepEqual(Object.keys(list).sort(), ['colleagues', 'delayMinutes', 'items', 'sharesQueue']);
  assert.deepEqual(Object.keys(list.items[0]).sort(), ['away', 'consultationId', 'expectedAt', 'format', 'guest', 'joinedAt', 'patient', 'position', 'practitionerId', 'scheduledAt', 'shared']);
  assert.deepEqual(list.items.map((i) => [i.consultationId, i.position, i.patient.id, i.shared]), [[first.id, 1, idOf('marc'), false], [second.id, 2, idOf('lucia'), false]]);

  assert.equal(ok(await put('/api/queue/delay', person.token, { minutes: 20 })).delayMinutes, 20);
  const late = await heard(sockets.marc, 'queue.updated', about(first.id, (q) => q?.delayMinutes === 20));
  assert.ok(Date.parse(late.queueItem.expectedAt) >= Date.parse(first.scheduledAt) + 20 * 60_000);

  const answers = await Promise.all(Array.from({ length: 8 }, () => admit(person, first.id)));
  assert.deepEqual(answers.map((a) => a.status).sort(), [200, ...Array(7).fill(409)]);
  assert.equal(answers.find((a) => a.status === 200).body.status, 'IN_PROGRESS');
  assertProblem(await admit(person, first.id), 409, 'not_waiting');
  await heard(sockets.marc, 'queue.updated', about(first.id, (q) => q === null));
  await heard(sockets.lucia, 'queue.updated', about(second.id, (q) => q?.position === 1));
  assert.equal(ok(await queue(person)).delayMinutes, 0);
  const types = ok(await get(`/api/consultations/${first.id}/events`, person.token)).items.map((e) => e.type);
  for (const type of ['WAITING', 'DELAYED', 'ADMITTED', 'STARTED']) assert.ok(types.some((t) => t.toUpperCase() === type), `${type} in ${types}`);

  // Called off: the patient's screen is free within two seconds.
  const from = Date.now();
  ok(await put(`/api/consultations/${second.id}/cancel`, person.token, {}));
  await heard(sockets.lucia, 'queue.updated', about(second.id, (q) => q === null));
  assert.ok(Date.now() - from < 2000, `${Date.now() - from} ms`);
  assert.deepEqual(ok(await queue(person)).items, []);
  for (const [socket, foreign] of [[sockets.marc, second.id], [sockets.lucia, first.id]]) assert.ok(!JSON.stringify(socket.heard).includes(foreign));
});

test('who comes too early, is not expected or is somebody else is told so', async () => {
  const person = await practice();
  const [marc, lucia] = [await signIn('marc'), await signIn('lucia')];
  const visit = await book('marc', person, 10);
  assertProblem(await post(waitingRoom(visit.id), marc), 409, 'too_early');
  assertProblem(await get(waitingRoom(visit.id), marc), 409, 'not_waiting');
  assertProblem(await admit(person, visit.id), 409, 'not_waiting');
  assert.equal((await remove(waitingRoom(visit.id), marc)).status, 204);
  for (const call of [get, post, remove]) {
    assertProblem(await call(waitingRoom(visit.id), lucia), 404, 'not_found');
    assertProblem(await call(waitingRoom(visit.id), person.token), 403, 'forbidden');
    assertProblem(await call(waitingRoom(visit.id), await signIn('helene')), 403, 'forbidden');
    assertProblem(await call(waitingRoom('x'), marc), 422, 'invalid', 'id');
  }
  for (const token of [marc, await signIn('helene'), await signIn('platform')]) assertProblem(await get('/api/queue', token), 403, 'forbidden');
  assertProblem(await admit(await practice(), visit.id), 404, 'not_found');
  for (const minutes of [-1, 481, 1.5, '5', null]) assert.equal((await put('/api/queue/delay', person.token, { minutes })).status, 422, `${minutes}`);
  assertProblem(await put('/api/queue/settings', person.token, {}), 422, 'required', 'sharesQueue');
  assert.equal((await put('/api/queue/settings', person.token, { sharesQueue: true, practitionerId: person.id })).status, 422);
});

test('whose connection drops is away, keeps the place for a while, and has lost it after', async () => {
  const person = await practice();
  const visit = await book('marc', person, 0);
  const marc = await signIn('marc');
  const doctor = await connect(person.token);
  let socket = await connect(marc);
  await ask(socket, 'consultation.join', { consultationId: visit.id });
  const { joinedAt } = (await heard(doctor, 'queue.updated', about(visit.id, (q) => q?.away === false))).queueItem;
  socket.close();
  await heard(doctor, 'queue.updated', about(visit.id, (q) => q?.away === true));
  doctor.heard.length = 0;
  socket = await connect(marc);
  const back = await heard(doctor, 'queue.updated', about(visit.id, (q) => q?.away === false));
  assert.equal(back.queueItem.joinedAt, joinedAt);
  socket.close();
  await heard(doctor, 'queue.updated', about(visit.id, (q) => q === null));
  assert.deepEqual(ok(await queue(person)).items, []);
  assertProblem(await admit(person, visit.id), 409, 'not_waiting');
});

test('who comes by the patient\'s link waits in the patient\'s place, is seen there, and is called in', async () => {
  const person = await practice();
  const visit = await book('marc', person, 0);
  const doctor = await connect(person.token);
  const link = ok(await post(`/api/consultations/${visit.id}/join-links`, person.token, { role: 'PATIENT' }), 201);
  const entered = ok(await post('/api/join/enter', undefined, { token: link.url.split('/join/')[1], name: 'Marc-Antoine' }));
  const shown = (await heard(doctor, 'queue.updated', about(visit.id, (q) => q?.guest?.id === entered.guest.id))).queueItem;
  assert.deepEqual([shown.patient.id, shown.guest, shown.away], [idOf('marc'), { id: entered.guest.id, name: 'Marc-Antoine' }, false]);
  const [item] = ok(await queue(person)).items;
  assert.deepEqual([item.consultationId, item.guest], [visit.id, { id: entered.guest.id, name: 'Marc-Antoine' }]);

  let socket = await connect(entered.accessToken);
  const joined = await ask(socket, 'consultation.join', { consultationId: visit.id });
  assert.equal(joined.queueItem.position, 1, JSON.stringify(joined));
  assert.equal(ok(await get(waitingRoom(visit.id), entered.accessToken)).position, 1);
  assertProblem(await get(`/api/consultations/${visit.id}/room`, entered.accessToken), 409, 'room_closed');
  // Away, the place given up, and back: it is taken anew.
  socket.close();
  await heard(doctor, 'queue.updated', about(visit.id, (q) => q === null));
  socket = await connect(entered.accessToken);
  assert.equal((await ask(socket, 'consultation.join', { consultationId: visit.id })).queueItem.position, 1);
  assert.equal(ok(await admit(person, visit.id)).status, 'IN_PROGRESS');
  await heard(socket, 'consultation.started', (p) => p.consultationId === visit.id);
  await heard(socket, 'queue.updated', about(visit.id, (q) => q === null));
  assert.equal(ok(await get(`/api/consultations/${visit.id}/room`, entered.accessToken)).moderator, false);
  const { items } = ok(await get(`/api/consultations/${visit.id}/events`, person.token));
  assert.ok(items.some((e) => e.type === 'ROOM_JOINED' && e.actorId === entered.guest.id && e.detail === 'as_patient'), JSON.stringify(items));
});

test('practitioners who share a queue see it all, take over and hand over, and nobody sees what is not theirs any more', async () => {
  const [one, two] = [await practice(), await practice()];
  const marc = await signIn('marc');
  const visit = await book('marc', one, 0);
  ok(await post(waitingRoom(visit.id), marc));
  assertProblem(await post(`/api/queue/${visit.id}/take`, two.token), 404, 'not_found');
  for (const person of [one, two]) assert.equal(ok(await put('/api/queue/settings', person.token, { sharesQueue: true })).sharesQueue, true);
  const [shared] = ok(await queue(two)).items;
  assert.deepEqual([shared.consultationId, shared.practitionerId, shared.shared], [visit.id, one.id, true]);
  assertProblem(await get(`/api/consultations/${visit.id}`, two.token), 404, 'not_found');
  // Whom it can be handed over to.
  const { colleagues } = ok(await queue(one));
  assert.deepEqual(colleagues.find((c) => c.id === two.id) && Object.keys(colleagues[0]).sort(), ['id', 'name', 'specialty']);
  assert.ok(colleagues.every((c) => c.id !== one.id && c.name.length > 0));

  const sockets = { marc: await connect(marc), one: await connect(one.token), two: await connect(two.token) };
  assert.equal((await ask(sockets.marc, 'consultation.join', { consultationId: visit.id })).ok, true);
  const taken = ok(await post(`/api/queue/${visit.id}/take`, two.token));
  assert.deepEqual([taken.practitionerId, taken.shared], [two.id, false]);
  assertProblem(await post(`/api/queue/${visit.id}/take`, two.token), 409, 'already_taken');
  const told = await heard(sockets.marc, 'consultation.handed_over');
  assert.deepEqual([told.consultationId, told.doctor.id], [visit.id, two.id]);
  assertProblem(await get(`/api/consultations/${visit.id}`, one.token), 404, 'not_found');
  assert.equal((await ask(sockets.one, 'consultation.join', { consultationId: visit.id })).error.code, 'not_found');
  assert.equal(ok(await get(`/api/consultations/${visit.id}`, marc)).practitioner.id, two.id);

  assertProblem(await post(`/api/queue/${visit.id}/hand-over`, two.token, { practitionerId: idOf('amina') }), 409, 'queue_not_shared');
  assert.deepEqual(ok(await post(`/api/queue/${visit.id}/hand-over`, two.token, { practitionerId: one.id })), { consultationId: visit.id, practitionerId: one.id });
  assert.equal((await ask(sockets.one, 'consultation.join', { consultationId: visit.id })).consultationStatus, 'in_progress');
  assert.equal((await ask(sockets.marc, 'chat.send', { consultationId: visit.id, clientMsgId: crypto.randomUUID(), text: 'hello' })).ok, true);
  await heard(sockets.one, 'chat.message_created');
  assert.equal(count(sockets.two, 'chat.message_created'), 0);
});

test('each of the two gets an own entry to one unguessable room, while it is open', async () => {
  const person = await practice();
  const [marc, admin] = [await signIn('marc'), await signIn('helene')];
  assertProblem(await put('/api/companies/me', admin, { videoProvider: 'zoom' }), 422, 'invalid', 'videoProvider');
  assert.equal(ok(await put('/api/companies/me', admin, { videoProvider: 'jitsi' })).videoProvider, 'jitsi');
  const visit = await book('marc', person, 0);
  const room = (token, path = 'room') => get(`/api/consultations/${visit.id}/${path}`, token);
  assertProblem(await room(marc), 409, 'room_closed');
  const doctors = ok(await room(person.token));
  assert.match(doctors.roomName, /^c-[0-9a-f]{32}$/);
  ok(await put(`/api/consultations/${visit.id}/start`, person.token));
  const patients = ok(await room(marc, 'room-link'));
  assert.deepEqual(Object.keys(patients).sort(), ['expiresAt', 'moderator', 'provider', 'roomName', 'token', 'url']);
  assert.deepEqual([patients.provider, patients.roomName, patients.url], ['jitsi', doctors.roomName, `https://meet.example/${doctors.roomName}`]);
  assertProblem(await room(await signIn('lucia')), 404, 'not_found');
  assertProblem(await room(admin), 403, 'forbidden');

  const key = new TextEncoder().encode(process.env.JITSI_SECRET);
  for (const [entry, id, name, moderates] of [[doctors, person.id, person.lastName, true], [patients, idOf('marc'), 'Marc-Antoine', false]]) {
    const { payload } = await jwtVerify(entry.token, key, { algorithms: ['HS256'], audience: 'jitsi', issuer: 'colloque-contracts', subject: 'meet.example' });
    assert.deepEqual([payload.room, payload.context.user.id, payload.context.user.moderator, payload.moderator, entry.moderator], [entry.roomName, id, moderates, moderates, moderates]);
    assert.ok(payload.context.user.name.includes(name), payload.context.user.name);
    assert.equal(new Date(payload.exp * 1000).toISOString().slice(0, 19), entry.expiresAt.slice(0, 19));
    assert.ok(payload.exp * 1000 > Date.now() && payload.exp * 1000 < Date.parse(visit.scheduledAt) + 60 * 60_000);
  }
  // A guest says the own name: beside it stands what they are.
  const link = ok(await post(`/api/consultations/${visit.id}/join-links`, person.token, { role: 'INTERPRETER', language: 'fr' }), 201);
  const guest = ok(await post('/api/join/enter', undefined, { token: link.url.split('/join/')[1], name: 'Marc-Antoine' }));
  const guests = ok(await room(guest.accessToken));
  const shown = (await jwtVerify(guests.token, key, { algorithms: ['HS256'], audience: 'jitsi' })).payload;
  assert.deepEqual([shown.room, shown.context.user, shown.moderator], [doctors.roomName, { id: guest.guest.id, name: 'Marc-Antoine (interprète)', moderator: false }, false]);
  await assert.rejects(jwtVerify(patients.token, new TextEncoder().encode('another secret of thirty-two characters!'), { algorithms: ['HS256'] }));

  const report = (token, body) => post(`/api/consultations/${visit.id}/events`, token, body);
  const kept = ok(await report(marc, { type: 'ROOM_JOINED' }), 201);
  assert.deepEqual([kept.type, kept.detail], ['ROOM_JOINED', null]);
  assert.equal(ok(await report(person.token, { type: 'INCIDENT', detail: 'ice_failed' }), 201).detail, 'ice_failed');
  for (const body of [{}, { type: 'ENDED' }, { type: 'INCIDENT', detail: 'she has a cold' }, { type: 'ROOM_LEFT', at: '2020-01-01T00:00:00Z' }]) assert.equal((await report(marc, body)).status, 422, JSON.stringify(body));
  assertProblem(await report(await signIn('lucia'), { type: 'ROOM_LEFT' }), 404, 'not_found');
  await finish(person, visit);
  assertProblem(await room(marc), 409, 'room_closed');

  // The same by the other means.
  for (const [provider, members] of [['peer', { url: null, token: null, iceTransportPolicy: 'relay' }], ['livekit', { url: demo.liveKit.url }]]) {
    ok(await put('/api/companies/me', admin, { videoProvider: provider }));
    const next = await book('marc', person, 0);
    const entry = ok(await get(`/api/consultations/${next.id}/room`, person.token));
    assert.equal(entry.provider, provider);
    for (const [name, value] of Object.entries(members)) assert.deepEqual(entry[name], value);
    if (provider === 'peer') {
      // By the relay alone, each with credentials of their own that the TURN server can check by itself.
      const [{ urls, username, credential }] = entry.iceServers;
      assert.deepEqual([entry.iceServers.length, urls], [1, ['turn:turn.example:3478?transport=udp', 'turns:turn.example:5349']]);
      const [expiry, user] = username.split(':');
      assert.deepEqual([user, credential], [person.id, createHmac('sha1', process.env.TURN_SECRET).update(username).digest('base64')]);
      assert.ok(expiry * 1000 > Date.now() && expiry * 1000 <= Date.now() + 600_000 && Date.parse(entry.expiresAt) === expiry * 1000);
    }
    if (provider === 'livekit') {
      const { payload } = await jwtVerify(entry.token, new TextEncoder().encode(demo.liveKit.apiSecret), { algorithms: ['HS256'] });
      assert.deepEqual([payload.video.room, payload.video.roomAdmin, payload.sub], [entry.roomName, true, person.id]);
    }
    await finish(person, next);
  }
  assert.equal(ok(await put('/api/companies/me', admin, { videoProvider: '' })).videoProvider, null);
  await eventually('the queue is empty', async () => ok(await queue(person)).items.length === 0);
});

test('whoever comes in at the moment at which a colleague takes the patient either has the visit or hears nothing of it', async () => {
  const [one, two] = [await practice(), await practice()];
  for (const person of [one, two]) ok(await put('/api/queue/settings', person.token, { sharesQueue: true }));
  const marc = await signIn('marc');
  const sockets = { marc: await connect(marc), one: await connect(one.token), two: await connect(two.token) };
  for (let round = 0; round < 4; round++) {
    const visit = await book('marc', one, 0);
    ok(await post(waitingRoom(visit.id), marc));
    const join = (socket) => ask(socket, 'consultation.join', { consultationId: visit.id });
    assert.equal((await join(sockets.marc)).ok, true);
    const [joined, taken] = await Promise.all([join(sockets.one), post(`/api/queue/${visit.id}/take`, two.token)]);
    assert.equal(joined.ok === true, taken.status !== 200, JSON.stringify([joined, taken.body]));
    const [has, out] = joined.ok ? ['one', 'two'] : ['two', 'one'];
    assert.equal((await join(sockets[has])).ok, true);
    const clientMsgId = crypto.randomUUID();
    assert.equal((await ask(sockets.marc, 'chat.send', { consultationId: visit.id, clientMsgId, text: 'who hears this?' })).ok, true);
    await heard(sockets[has], 'chat.message_created', (m) => m.message.clientMsgId === clientMsgId);
    // An answer to the socket, behind whatever might have been on its way.
    assert.equal((await join(sockets[out])).error.code, 'not_found');
    assert.ok(!sockets[out].heard.some((e) => JSON.stringify(e).includes(clientMsgId)));
    await finish(has === 'one' ? one : two, visit);
  }
});
