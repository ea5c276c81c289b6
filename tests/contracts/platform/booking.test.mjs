import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertProblem, put, remove, unique } from '../support/people.mjs';
import { closeAll, connect, count, demo, get, heard, http, pairs, post, signIn } from '../support/server.mjs';

// One practitioner of the load clinic works round the clock in slots of half an hour; all the clinic's patients find them.
const practitioner = pairs[20].practitioner;
const patients = pairs.slice(0, 36).map((pair) => pair.patient);
const [one, two, three] = [pairs[37], pairs[38], pairs[39]].map((pair) => pair.patient);
const members = ['actualDuration', 'cancelReason', 'cancellableUntil', 'cancelledAt', 'cancelledBy', 'confirmedAt', 'createdAt', 'duration', 'endedAt', 'format', 'id', 'lastMessageAt', 'patient',
  'practitioner', 'reason', 'scheduledAt', 'startedAt', 'status', 'timeZone', 'unreadCount', 'waiting'];
let practitionerId;
let day;

const at = (hour, minute = 0) => new Date(day.getTime() + (hour * 60 + minute) * 60_000).toISOString();
const book = (token, scheduledAt, more = {}, headers = {}) => http('POST', '/api/consultations', { token, headers, body: { practitionerId, scheduledAt, format: 'VIDEO', ...more } });
const made = async (answer) => {
  const { status, body } = await answer;
  assert.equal(status, 201, JSON.stringify(body));
  return body;
};
const moved = async (token, id, move, body) => put(`/api/consultations/${id}/${move}`, token, body);

before(async () => {
  practitionerId = (await get('/api/practitioners/me', practitioner)).body.id;
  assert.equal((await put('/api/practitioners/me', practitioner, { timeZone: 'Etc/UTC', formats: ['VIDEO', 'AUDIO', 'IN_PERSON'] })).status, 200);
  assert.equal((await put('/api/availability/settings', practitioner, { slotDuration: 30 })).status, 200);
  for (let dayOfWeek = 0; dayOfWeek < 7; dayOfWeek++) assert.equal((await post('/api/availability', practitioner, { dayOfWeek, startTime: '00:00', endTime: '24:00' })).status, 201);
  const now = new Date();
  day = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 3));
});

after(closeAll);

test('of five hundred who book one slot at once one gets it, and the others hear that it is taken', async () => {
  const answers = await Promise.all(Array.from({ length: 500 }, (_, i) => book(patients[i % patients.length], at(9))));
  const said = (status, code) => answers.filter((a) => a.status === status && a.body.code === code);
  const [booked, taken] = [said(201), said(409, 'slot_taken')];
  assert.deepEqual([booked.length, taken.length], [1, 499], JSON.stringify([...new Set(answers.map((a) => `${a.status} ${a.body.code}`))]));
  // Neither sentence speaks of a visit's state: there is none yet.
  const [refused] = taken;
  assert.deepEqual([refused.body.title, refused.body.detail], ['This is not possible as things are.', 'This slot has just been taken. Choose another one.']);
  const [{ body }] = booked;
  assert.deepEqual(Object.keys(body).sort(), members);
  assert.equal(body.status, 'CONFIRMED');
  assert.equal(body.scheduledAt, at(9).replace('.000', ''));
  const slots = (await get(`/api/practitioners/${practitionerId}/availability?from=${at(8, 30)}&to=${at(10)}`, one)).body.items;
  assert.deepEqual(slots.map((s) => s.startsAt.slice(11, 16)), ['08:30', '09:30']);
});

test('a held slot is shown to others as taken, is booked by its holder, and is free again when it is let go', async () => {
  const held = await made(post('/api/consultations/holds', one, { practitionerId, scheduledAt: at(11) }));
  assert.deepEqual(Object.keys(held).sort(), ['expiresAt', 'id', 'practitionerId', 'scheduledAt']);
  const starts = async (token) => (await get(`/api/practitioners/${practitionerId}/availability?from=${at(11)}&to=${at(11, 10)}`, token)).body.items.length;
  assert.deepEqual([await starts(one), await starts(two)], [1, 0]);
  assertProblem(await book(two, at(11)), 409, 'slot_taken');
  assert.equal((await remove(`/api/consultations/holds/${held.id}`, two)).status, 404);
  assert.equal((await remove(`/api/consultations/holds/${held.id}`, one)).status, 204);
  assertProblem(await book(one, at(11), { holdId: held.id }), 409, 'hold_expired');
  const again = await made(post('/api/consultations/holds', one, { practitionerId, scheduledAt: at(11) }));
  await made(book(one, at(11), { holdId: again.id }));
});

test('the same Idempotency-Key books once, and another booking with it is refused', async () => {
  const key = { 'idempotency-key': unique() };
  const answers = await Promise.all(Array.from({ length: 8 }, () => made(book(two, at(12), {}, key))));
  assert.equal(new Set(answers.map((a) => a.id)).size, 1);
  assertProblem(await book(two, at(13), {}, key), 409, 'idempotency_key_reused');
  assertProblem(await book(two, at(13), {}, { 'idempotency-key': 'x'.repeat(129) }), 422, 'invalid', 'idempotencyKey');
});

test('what cannot be booked is refused by its member', async () => {
  const soon = new Date(Math.ceil(Date.now() / 1_800_000) * 1_800_000).toISOString();
  const wrong = [
    [{ scheduledAt: at(14, 7) }, 'not_a_slot', 'scheduledAt'], [{ scheduledAt: soon }, 'too_soon', 'scheduledAt'], [{ scheduledAt: new Date(day.getTime() + 91 * 86_400_000).toISOString() }, 'too_far', 'scheduledAt'],
    [{ scheduledAt: '2030-01-01T10:00:00' }, 'invalid', 'scheduledAt'], [{ scheduledAt: null }, 'required', 'scheduledAt'], [{ format: 'LETTER' }, 'invalid', 'format'], [{ format: null }, 'required', 'format'],
    [{ practitionerId: null }, 'required', 'practitionerId'], [{ practitionerId: 'x' }, 'invalid', 'practitionerId'], [{ duration: 45 }, 'not_a_slot', 'scheduledAt'], [{ duration: 0 }, 'invalid', 'duration'],
    [{ patientId: practitionerId }, 'invalid', 'patientId'], [{ reason: 'x'.repeat(1001) }, 'too_long', 'reason'], [{ status: 'CONFIRMED' }, null, null],
  ];
  for (const [body, code, field] of wrong) {
    const answer = await book(two, at(14), body);
    assert.equal(answer.status, 422, JSON.stringify([body, answer.body]));
    if (code) assertProblem(answer, 422, code, field);
  }
  await put('/api/practitioners/me', practitioner, { formats: ['VIDEO', 'AUDIO'] });
  assertProblem(await book(two, at(14), { format: 'IN_PERSON' }), 422, 'format_not_offered', 'format');
  assertProblem(await book(await signIn('lucia'), at(14)), 404, 'not_found');
  assert.equal((await book(two, at(14), {})).status, 201);
});

test('a visit is booked with a reason, moved, called off with one; both are told at once, and nobody else', async () => {
  const [patientSocket, practitionerSocket, other] = [await connect(three), await connect(practitioner), await connect(two)];
  const booked = await made(book(three, at(15), { reason: 'planted-quetzal: je dors mal' }));
  assert.equal(booked.reason, 'planted-quetzal: je dors mal');
  assert.equal((await get(`/api/consultations/${booked.id}`, practitioner)).body.reason, booked.reason);
  assert.equal((await get(`/api/consultations/${booked.id}`, two)).status, 404);
  const later = await moved(practitioner, booked.id, 'reschedule', { scheduledAt: at(16) });
  assert.deepEqual([later.status, later.body.id, later.body.scheduledAt, later.body.status], [200, booked.id, at(16).replace('.000', ''), 'CONFIRMED']);
  await patientSocket.emitWithAck('consultation.join', { consultationId: booked.id });
  const off = await moved(practitioner, booked.id, 'cancel', { reason: 'planted-axolotl: empêchement' });
  assert.deepEqual([off.body.status, off.body.cancelledBy, off.body.cancelReason, off.body.waiting, off.body.cancellableUntil], ['CANCELLED', 'PRACTITIONER', 'planted-axolotl: empêchement', false, null]);
  for (const socket of [patientSocket, practitionerSocket]) {
    await heard(socket, 'consultation.updated', (p) => p.consultationId === booked.id && p.status === 'confirmed' && p.scheduledAt === at(16).replace('.000', ''));
    await heard(socket, 'consultation.updated', (p) => p.consultationId === booked.id && p.status === 'cancelled');
    await heard(socket, 'queue.updated', (p) => p.consultationId === booked.id && p.queueItem === null);
  }
  assert.equal(count(other, 'consultation.updated'), 0);
  const events = (await get(`/api/consultations/${booked.id}/events`, three)).body.items;
  assert.deepEqual(events.map((e) => [e.type, e.actorRole]), [['SCHEDULED', 'PATIENT'], ['CONFIRMED', 'PATIENT'], ['RESCHEDULED', 'PRACTITIONER'], ['ROOM_JOINED', 'PATIENT'], ['WAITING', 'PATIENT'], ['CANCELLED', 'PRACTITIONER']]);
  assert.equal((await get(`/api/consultations/${booked.id}/events`, two)).status, 404);
  assertProblem(await moved(three, booked.id, 'cancel', {}), 409, 'illegal_transition');
  const history = (await get('/api/consultations/history?status=CANCELLED&limit=1', three)).body.items;
  assert.equal(history[0].cancelReason, 'planted-axolotl: empêchement');
});

test('a visit is confirmed by hand, started, ended; it then says what it took', async () => {
  await put('/api/availability/settings', practitioner, { confirmation: 'MANUAL' });
  const { id, status } = await made(book(three, at(17)));
  assert.equal(status, 'SCHEDULED');
  assertProblem(await post(`/api/consultations/${id}/no-show`, practitioner), 409, 'illegal_transition');
  assert.equal((await moved(three, id, 'confirm')).status, 403);
  assert.equal((await moved(practitioner, id, 'accept')).body.status, 'CONFIRMED');
  assertProblem(await moved(practitioner, id, 'confirm'), 409, 'illegal_transition');
  assertProblem(await moved(practitioner, id, 'end'), 409, 'illegal_transition');
  assert.ok((await get('/api/consultations/upcoming', three)).body.items.some((c) => c.id === id));
  assert.equal((await moved(practitioner, id, 'start')).body.status, 'IN_PROGRESS');
  assertProblem(await moved(three, id, 'cancel'), 409, 'illegal_transition');
  const ended = (await moved(practitioner, id, 'end')).body;
  assert.deepEqual([ended.status, ended.actualDuration], ['COMPLETED', 0]);
  const further = await made(http('POST', '/api/consultations', { token: practitioner, body: { patientId: ended.patient.id, scheduledAt: at(18, 10), duration: 20, format: 'AUDIO' } }));
  assert.deepEqual([further.status, further.duration], ['CONFIRMED', 20]);
  await put('/api/availability/settings', practitioner, { confirmation: 'AUTOMATIC' });
});

test('what gets free is offered to who waits, who is told and books it', async () => {
  const booked = await made(book(one, at(20)));
  const socket = await connect(two);
  const entry = await made(post('/api/consultations/waiting-list', two, { practitionerId, from: at(20), until: at(21) }));
  assert.deepEqual([entry.status, entry.offer], ['WAITING', null]);
  assertProblem(await post('/api/consultations/waiting-list', two, { practitionerId }), 409, 'already_waiting');
  assert.equal((await moved(one, booked.id, 'cancel')).status, 200);
  const offered = await heard(socket, 'waiting_list.offered', (p) => p.entryId === entry.id);
  assertProblem(await book(one, at(20)), 409, 'slot_taken');
  const [seen] = (await get('/api/consultations/waiting-list', two)).body.items;
  assert.deepEqual([seen.status, seen.offer.holdId, seen.offer.scheduledAt], ['OFFERED', offered.holdId, at(20).replace('.000', '')]);
  await made(book(two, at(20), { holdId: offered.holdId }));
  assert.deepEqual((await get('/api/consultations/waiting-list', two)).body.items, []);
  const further = await made(post('/api/consultations/waiting-list', two, { practitionerId }));
  assert.equal((await remove(`/api/consultations/waiting-list/${further.id}`, one)).status, 404);
  assert.equal((await remove(`/api/consultations/waiting-list/${further.id}`, two)).status, 204);
});

test('sixty changes of a profile, and visits that are booked, moved and called off beside them, all succeed', async () => {
  const life = async (token, hour) => {
    const { id } = await made(book(token, at(24 + hour)));
    const answers = [await moved(practitioner, id, 'reschedule', { scheduledAt: at(24 + hour, 30) }), await moved(practitioner, id, 'cancel', { reason: 'x' })];
    return answers.map(({ status }) => status);
  };
  const changes = Array.from({ length: 60 }, (_, i) => put('/api/practitioners/me', practitioner, { bio: `Words ${i}.`, title: i % 2 ? 'Dr' : 'Pr' }));
  const lives = await Promise.all(Array.from({ length: 8 }, (_, hour) => life(patients[hour], hour)));
  assert.deepEqual([...new Set((await Promise.all(changes)).map(({ status }) => status))], [200]);
  assert.deepEqual([...new Set(lives.flat())], [200]);
});

test('administrators see a state and no reason', async () => {
  const consultation = demo.consultations[0];
  const seen = await get(`/api/consultations/${consultation.id}`, await signIn('helene'));
  assert.deepEqual(Object.keys(seen.body).sort(), ['endedAt', 'format', 'id', 'queueItem', 'scheduledAt', 'startedAt', 'status']);
  assert.equal((await get(`/api/consultations/${consultation.id}/events`, await signIn('helene'))).status, 403);
});
