import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startServer, temporaryFolder } from '../support/own-server.mjs';
import { assertProblem } from '../support/people.mjs';
import { ask, closeAll, connect, demo, get, heard, pairs, post, signIn, url } from '../support/server.mjs';

after(closeAll);

const room = (id) => `/api/teleconsultation/${id}`;
const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF planted-axolotl\n');

async function share(id, token, { name = 'file', filename = 'Ordonnance.pdf', type = 'application/pdf', bytes = pdf } = {}) {
  const body = new FormData();
  body.append(name, new Blob([bytes], { type }), filename);
  const response = await fetch(`${url}${room(id)}/files`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body });
  return { status: response.status, type: response.headers.get('content-type'), body: await response.json() };
}

test('patient_can_view_room', async () => {
  const pair = pairs[26];
  const { status, body } = await get(`${room(pair.id)}/room`, pair.patient);
  assert.equal(status, 200);
  assert.deepEqual(Object.keys(body).sort(), ['consultationId', 'endedAt', 'id', 'provider', 'roomName', 'startedAt', 'status', 'tokenExpiresAt']);
  assert.deepEqual({ ...body, roomName: '' }, { id: pair.id, consultationId: pair.id, status: 'pending', provider: 'livekit', roomName: '', startedAt: null, endedAt: null, tokenExpiresAt: null });
  // A room that is not open yet has no name to tell.
  const { items } = (await get('/api/consultations/mine?limit=100', await signIn('amina'))).body;
  const scheduled = items.find((c) => c.startedAt === null);
  assert.equal((await get(`${room(scheduled.id)}/room`, await signIn('amina'))).body.roomName, undefined);
});

test('join_sets_live_and_returns_token', async () => {
  const pair = pairs[26];
  const joined = await post(`${room(pair.id)}/join`, pair.patient);
  assert.equal(joined.status, 200, JSON.stringify(joined.body));
  assert.match(joined.body.token, /^[A-Za-z0-9_-]{64}$/);
  assert.equal(joined.body.role, 'patient');
  assert.equal(joined.body.session.status, 'live');
  assert.ok(Date.parse(joined.body.session.tokenExpiresAt) - Date.now() <= 2 * 3600_000);
  const doctors = (await post(`${room(pair.id)}/join`, pair.practitioner)).body;
  assert.equal(doctors.role, 'practitioner');
  assert.notEqual(doctors.token, joined.body.token);
  assert.equal(doctors.session.startedAt, joined.body.session.startedAt);
  // The same person, while it is good, has the same one.
  assert.equal((await post(`${room(pair.id)}/join`, pair.patient)).body.token, joined.body.token);

  const left = await post(`${room(pair.id)}/leave`, pair.patient);
  assert.equal(left.status, 200);
  assert.deepEqual([left.body.status, left.body.tokenExpiresAt], ['live', null]);
  assert.notEqual((await post(`${room(pair.id)}/join`, pair.patient)).body.token, joined.body.token);
});

test('signed_file_download', async () => {
  const pair = pairs[27];
  const doctor = await connect(pair.practitioner);
  await ask(doctor, 'consultation.join', { consultationId: pair.id });
  const shared = await share(pair.id, pair.patient);
  assert.equal(shared.status, 201, JSON.stringify(shared.body));
  assert.deepEqual([shared.body.kind, shared.body.file.name, shared.body.file.sizeBytes, shared.body.senderRole], ['file', 'Ordonnance.pdf', pdf.length, 'patient']);
  // One conversation: what was shown here is heard in the other contract.
  await heard(doctor, 'chat.message_created', (p) => p.message.id === shared.body.id);

  const link = await get(`${room(pair.id)}/files/${shared.body.file.id}`, pair.practitioner);
  assert.equal(link.status, 200);
  assert.ok(Date.parse(link.body.expiresAt) - Date.now() <= 300_000);
  const response = await fetch(link.body.downloadUrl);
  assert.equal(response.status, 200);
  assert.deepEqual(Buffer.from(await response.arrayBuffer()), pdf);
  assert.equal((await fetch(link.body.downloadUrl.replace(/signature=(.)/, (_, first) => `signature=${first === '_' ? '-' : '_'}`))).status, 403);

  assert.equal((await share(pair.id, pair.patient, { bytes: Buffer.from('<script>'), filename: 'a.pdf' })).body.code, 'content_mismatch');
  assert.equal((await share(pair.id, pair.patient, { filename: 'a.html', type: 'text/html' })).status, 422);
  assert.equal((await share(pair.id, pair.patient, { bytes: Buffer.alloc(0) })).status, 422);
  const said = await post(`${room(pair.id)}/messages`, pair.practitioner, { text: 'planted-quetzal bien reçu', clientMsgId: 'tele-1' });
  assert.equal(said.status, 201);
  assert.equal((await post(`${room(pair.id)}/messages`, pair.practitioner, { text: 'planted-quetzal bien reçu', clientMsgId: 'tele-1' })).body.id, said.body.id);
  const page = await get(`/api/v1/consultations/${pair.id}/messages`, pair.patient);
  assert.deepEqual(page.body.items.map((m) => m.id), [said.body.id, shared.body.id]);
});

test('tokens_regenerate_after_expiry', async (t) => {
  const server = await startServer(temporaryFolder(t), { Teleconsultation__TokenLifetime: '00:00:02' });
  t.after(() => server.end());
  const { email, password } = server.user('nadia');
  const { accessToken } = (await server.post('/api/auth/login', { email, password })).body;
  const { id } = server.demo.consultations.find((c) => c.status === 'in_progress');
  const join = async () => (await server.post(`${room(id)}/join`, {}, { authorization: `Bearer ${accessToken}` })).body;
  const first = await join();
  assert.match(first.token, /^[A-Za-z0-9_-]{64}$/);
  let next = first;
  for (const end = Date.now() + 20_000; next.token === first.token && Date.now() < end; ) next = await join();
  assert.match(next.token, /^[A-Za-z0-9_-]{64}$/);
  assert.notEqual(next.token, first.token);
  assert.ok(Date.parse(next.session.tokenExpiresAt) > Date.parse(first.session.tokenExpiresAt));
});

test('unauthorized_user_cannot_join', async () => {
  const pair = pairs[28];
  const stranger = await signIn('lucia');
  for (const path of ['join', 'leave']) assertProblem(await post(`${room(pair.id)}/${path}`, stranger), 404, 'not_found');
  for (const path of ['room', `files/${pair.id}`]) assertProblem(await get(`${room(pair.id)}/${path}`, stranger), 404, 'not_found');
  assertProblem(await post(`${room(pair.id)}/messages`, stranger, { text: 'x' }), 404, 'not_found');
  assert.equal((await share(pair.id, stranger)).status, 404);
  assertProblem(await post(room(pair.id), pair.patient), 403, 'forbidden');
  assertProblem(await post(`${room(pair.id)}/end`, pair.patient), 403, 'forbidden');
  for (const name of ['helene', 'operator']) {
    assertProblem(await post(`${room(pair.id)}/join`, await signIn(name)), 403, 'forbidden');
    assertProblem(await get(`${room(pair.id)}/room`, await signIn(name)), 403, 'forbidden');
  }
  assertProblem(await post(`${room(pair.id)}/join`), 401, 'unauthenticated');
});

test('to start opens the room once, to end it by any contract ends it in every one', async () => {
  const pair = pairs[29];
  const opened = await post(room(pair.id), pair.practitioner);
  assert.equal(opened.status, 201);
  assert.equal(opened.body.status, 'pending');
  assert.equal((await post(room(pair.id), pair.practitioner)).status, 200);
  await post(`${room(pair.id)}/join`, pair.patient);
  const ended = await post(`${room(pair.id)}/end`, pair.practitioner);
  assert.equal(ended.status, 200);
  assert.deepEqual([ended.body.status, ended.body.roomName, ended.body.tokenExpiresAt], ['ended', undefined, null]);
  assert.ok(ended.body.endedAt);
  assert.equal((await get(`/api/v1/consultations/${pair.id}`, pair.patient)).body.status, 'closed');
  for (const path of ['', '/join']) assertProblem(await post(room(pair.id) + path, pair.practitioner), 409, 'session_ended');
  assertProblem(await post(`${room(pair.id)}/end`, pair.practitioner), 409, 'illegal_transition');
  assertProblem(await post(`${room(pair.id)}/messages`, pair.patient, { text: 'x' }), 409, 'consultation_closed');

  const other = pairs[6];
  await post(`${room(other.id)}/join`, other.patient);
  await post(`/api/v1/consultations/${other.id}/close`, other.practitioner);
  const { body } = await get(`${room(other.id)}/room`, other.patient);
  assert.deepEqual([body.status, body.tokenExpiresAt], ['ended', null]);
});
