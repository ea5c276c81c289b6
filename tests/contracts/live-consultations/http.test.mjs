import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { TokenVerifier } from 'livekit-server-sdk';
import { ask, closeAll, connect, demo, get, heard, history, http, pairs, post, signIn } from '../support/server.mjs';

after(closeAll);

const base = '/api/v1/consultations';
const inState = (status) => demo.consultations.find((c) => c.status === status);
const live = inState('in_progress');

function assertProblem(answer, status, code, field) {
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  assert.equal(answer.type, 'application/problem+json');
  assert.equal(answer.body.status, status);
  assert.equal(answer.body.code, code);
  assert.ok(answer.body.title && answer.body.detail && answer.body.type && answer.body.traceId);
  if (field) assert.ok(Array.isArray(answer.body.errors[field]), JSON.stringify(answer.body));
}

test('the demo has two practitioners, three patients, an admin, two organizations and every state', () => {
  const roles = demo.users.map((u) => u.role);
  assert.equal(roles.filter((r) => r === 'practitioner').length, 2);
  assert.equal(roles.filter((r) => r === 'patient').length, 3);
  assert.equal(roles.filter((r) => r === 'organization_admin').length, 1);
  assert.equal(new Set(demo.users.map((u) => u.organization).filter(Boolean)).size, 2);
  assert.deepEqual([...new Set(demo.consultations.map((c) => c.status))].sort(), ['cancelled', 'closed', 'confirmed', 'in_progress', 'no_show', 'scheduled']);
  assert.equal(demo.consultations.filter((c) => c.status === 'in_progress').length, 1);
});

test('participants get the whole consultation', async () => {
  for (const name of ['amina', 'nadia']) {
    const { status, body } = await get(`${base}/${live.id}`, await signIn(name));
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(body).sort(), ['change', 'closedAt', 'doctor', 'durationMinutes', 'format', 'id', 'patient', 'queueItem', 'readSeq', 'roomName', 'scheduledAt', 'seq', 'startedAt', 'status', 'unreadCount', 'videoProvider']);
    assert.equal(body.status, 'in_progress');
    assert.equal(body.doctor.name, 'Amina Rahal');
    assert.match(body.scheduledAt, /^\d{4}-\d\d-\d\dT.*Z$/);
  }
});

test('an administrator gets the operational state alone, and of the own organization alone', async () => {
  const { status, body } = await get(`${base}/${live.id}`, await signIn('helene'));
  assert.equal(status, 200);
  assert.deepEqual(Object.keys(body).sort(), ['closedAt', 'format', 'id', 'queueItem', 'scheduledAt', 'startedAt', 'status']);
  const foreign = demo.consultations.find((c) => c.practitioner.startsWith('Tom'));
  assertProblem(await get(`${base}/${foreign.id}`, await signIn('helene')), 404, 'not_found');
});

test('no administrator gets messages, files, a token or a socket', async () => {
  for (const name of ['helene', 'operator']) {
    const token = await signIn(name);
    assertProblem(await get(`${base}/${live.id}/messages`, token), 403, 'forbidden');
    assertProblem(await post(`${base}/${live.id}/livekit-token`, token), 403, 'forbidden');
    assertProblem(await post(`${base}/${live.id}/files/prepare`, token, { filename: 'a.pdf', mimeType: 'application/pdf', sizeBytes: 3 }), 403, 'forbidden');
    assertProblem(await post(`${base}/${live.id}/files/confirm`, token, { fileId: live.id }), 403, 'forbidden');
    assertProblem(await get(`${base}/${live.id}/files/${live.id}/download`, token), 403, 'forbidden');
    assertProblem(await get('/api/consultations/mine', token), 403, 'forbidden');
    await assert.rejects(connect(token), (e) => e.data?.code === 'forbidden');
  }
});

test('a stranger gets the same 404 for what exists and for what does not', async () => {
  const stranger = await signIn('lucia');
  const absent = '01900000-0000-7000-8000-000000000000';
  const calls = [
    ['GET', ''], ['POST', '/livekit-token'], ['POST', '/close'], ['GET', '/messages'],
    ['POST', '/files/prepare', { filename: 'a.pdf', mimeType: 'application/pdf', sizeBytes: 3 }], ['POST', '/files/confirm', { fileId: absent }], ['GET', `/files/${absent}/download`],
  ];
  for (const [method, path, body] of calls) {
    const known = await http(method, `${base}/${live.id}${path}`, { token: stranger, body });
    const unknown = await http(method, `${base}/${absent}${path}`, { token: stranger, body });
    assertProblem(known, 404, 'not_found');
    assert.deepEqual({ ...known.body, traceId: '' }, { ...unknown.body, traceId: '' }, path);
  }
});

test('without a token, or with a broken one, every route answers 401', async () => {
  for (const token of [undefined, 'nonsense', `${await signIn('nadia')}x`]) {
    const answer = await get(`${base}/${live.id}`, token);
    assertProblem(answer, 401, 'unauthenticated');
    assert.equal(answer.headers.get('www-authenticate'), 'Bearer');
  }
});

test('access tokens verify in jose with the published key', async () => {
  const keys = createLocalJWKSet((await get('/.well-known/jwks.json')).body);
  const { payload, protectedHeader } = await jwtVerify(await signIn('nadia'), keys, { issuer: 'colloque', audience: 'colloque-api', algorithms: ['ES256'], typ: 'at+jwt' });
  assert.equal(protectedHeader.alg, 'ES256');
  assert.ok(payload.sub && payload.sid && payload.sv >= 1);
});

test('the livekit token verifies in LiveKit’s own SDK and opens that room alone', async () => {
  for (const [name, admin] of [['amina', true], ['nadia', false]]) {
    const { status, body } = await post(`${base}/${live.id}/livekit-token`, await signIn(name));
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(body).sort(), ['livekitUrl', 'roomName', 'token']);
    const claims = await new TokenVerifier(demo.liveKit.apiKey, demo.liveKit.apiSecret).verify(body.token);
    assert.equal(claims.video.room, body.roomName);
    assert.equal(claims.video.roomJoin, true);
    assert.equal(claims.video.canPublish, true);
    assert.equal(claims.video.canSubscribe, true);
    assert.equal(Boolean(claims.video.roomAdmin), admin);
    assert.equal(claims.sub, demo.users.find((u) => u.email.startsWith(name)).id);
    assert.ok(claims.exp - Date.now() / 1000 <= 601);
  }
});

test('a livekit token is given only while the consultation is in progress', async () => {
  for (const status of ['scheduled', 'closed', 'cancelled', 'no_show']) {
    const consultation = demo.consultations.find((c) => c.status === status && c.practitioner === 'Amina Rahal');
    assertProblem(await post(`${base}/${consultation.id}/livekit-token`, await signIn('amina')), 409, 'consultation_not_in_progress');
  }
});

test('closing reaches both sides, ends sends with 409, and works once', async () => {
  const pair = pairs[0];
  const [doctor, patient] = await Promise.all([connect(pair.practitioner), connect(pair.patient)]);
  for (const socket of [doctor, patient]) await ask(socket, 'consultation.join', { consultationId: pair.id });
  assertProblem(await post(`${base}/${pair.id}/close`, pair.patient), 403, 'forbidden');
  const { status, body } = await post(`${base}/${pair.id}/close`, pair.practitioner);
  assert.equal(status, 200);
  assert.equal(body.status, 'closed');
  for (const socket of [doctor, patient]) {
    assert.deepEqual(await heard(socket, 'consultation.closed'), { consultationId: pair.id, closedAt: body.closedAt });
    const late = await ask(socket, 'chat.send', { consultationId: pair.id, clientMsgId: 'late', text: 'too late' });
    assert.equal(late.error.code, 'consultation_closed');
  }
  assertProblem(await post(`${base}/${pair.id}/close`, pair.practitioner), 409, 'illegal_transition');
  assertProblem(await post(`${base}/${pair.id}/files/prepare`, pair.patient, { filename: 'a.pdf', mimeType: 'application/pdf', sizeBytes: 3 }), 409, 'consultation_closed');
  assert.equal((await get(`${base}/${pair.id}`, pair.patient)).body.closedAt, body.closedAt);
});

test('messages page newest first by an opaque cursor, to the end, without gap or overlap', async () => {
  const { id, patient } = history[0];
  const seqs = [];
  let cursor = null;
  do {
    const { status, body } = await get(`${base}/${id}/messages?limit=40${cursor ? `&cursor=${cursor}` : ''}`, patient);
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(body), ['items', 'pageInfo']);
    seqs.push(...body.items.map((m) => m.seq));
    cursor = body.pageInfo.nextCursor;
  } while (cursor);
  assert.deepEqual(seqs, Array.from({ length: 130 }, (_, i) => 130 - i));
  assert.equal((await get(`${base}/${id}/messages`, patient)).body.items.length, 50);
});

test('a bad limit, cursor, id or status is a 422 that names it', async () => {
  const token = await signIn('nadia');
  for (const limit of ['0', '101', '-1', 'ten', '1.5', '']) assertProblem(await get(`${base}/${live.id}/messages?limit=${limit}`, token), 422, 'invalid', 'limit');
  for (const cursor of ['x', 'AAAAAAAAAAAA', '', '%00', 'Ag'.repeat(40)]) assertProblem(await get(`${base}/${live.id}/messages?cursor=${cursor}`, token), 422, 'invalid', 'cursor');
  assertProblem(await get(`${base}/not-an-id`, token), 422, 'invalid', 'id');
  assertProblem(await get('/api/consultations/mine?status=LOST', token), 422, 'invalid', 'status');
});

test('problems speak French, English and Spanish', async () => {
  const said = new Set();
  for (const language of ['fr-FR,fr;q=0.9', 'en', 'es-MX', 'de']) {
    const { body } = await http('GET', `${base}/${live.id}`, { headers: { 'accept-language': language } });
    said.add(body.detail);
  }
  assert.equal(said.size, 3);
});

test('my consultations come newest planned start first, with what is unread', async () => {
  const { status, body } = await get('/api/consultations/mine?limit=2', await signIn('nadia'));
  assert.equal(status, 200);
  assert.equal(body.items.length, 2);
  assert.ok(body.items[0].scheduledAt >= body.items[1].scheduledAt);
  const rest = await get(`/api/consultations/mine?limit=50&cursor=${body.pageInfo.nextCursor}`, await signIn('nadia'));
  assert.equal(rest.body.pageInfo.nextCursor, null);
  assert.deepEqual(Object.keys(body.items[0]).sort(), ['actualDuration', 'cancelReason', 'cancellableUntil', 'cancelledAt', 'cancelledBy', 'confirmedAt', 'createdAt', 'duration', 'endedAt',
    'format', 'id', 'lastMessageAt', 'patient', 'practitioner', 'reason', 'scheduledAt', 'startedAt', 'status', 'timeZone', 'unreadCount', 'waiting']);
});

test('an unknown, repeated or missing member of a body is refused by its name, and nothing is stored', async () => {
  const token = await signIn('nadia');
  const path = `${base}/${live.id}/files/prepare`;
  const good = '"filename":"a.pdf","mimeType":"application/pdf","sizeBytes":3';
  assertProblem(await http('POST', path, { token, raw: `{${good},"senderId":"x"}` }), 422, 'invalid', 'senderId');
  assertProblem(await http('POST', path, { token, raw: `{${good},"filename":"b.pdf"}` }), 422, 'invalid', 'filename');
  assertProblem(await http('POST', path, { token, raw: '{"filename":5,"mimeType":"application/pdf","sizeBytes":3}' }), 422, 'invalid', 'filename');
  for (const raw of ['', '{', 'null', '[]', '"x"', '{"filename"']) assert.equal((await http('POST', path, { token, raw })).status, 422, raw);
  assert.equal((await http('POST', path, { token, raw: `{"filename":"${'a'.repeat(70_000)}"}` })).status, 413);
  assert.equal((await http('POST', path, { token, raw: `{${good}}`, headers: { 'content-type': 'text/plain' } })).status, 415);
});

test('every file name, type, size or hash that does not fit is a 422 that names it', async () => {
  const token = await signIn('nadia');
  const good = { filename: 'a.pdf', mimeType: 'application/pdf', sizeBytes: 3 };
  const bad = [
    [{ filename: '' }, 'filename'], [{ filename: 'a'.repeat(300) + '.pdf' }, 'filename'], [{ filename: 'a\u0000.pdf' }, 'filename'], [{ filename: '../../etc/passwd.pdf' }, 'filename'],
    [{ mimeType: 'text/html' }, 'mimeType'], [{ mimeType: '' }, 'mimeType'], [{ sizeBytes: 0 }, 'sizeBytes'], [{ sizeBytes: -1 }, 'sizeBytes'], [{ sizeBytes: 10_485_761 }, 'sizeBytes'],
    [{ sizeBytes: 1.5 }, 'sizeBytes'], [{ sha256: 'xyz' }, 'sha256'],
  ];
  for (const [change, field] of bad) {
    const answer = await post(`${base}/${live.id}/files/prepare`, token, { ...good, ...change });
    assert.equal(answer.status, 422, `${JSON.stringify(change)}: ${JSON.stringify(answer.body)}`);
    assert.ok(answer.body.errors[field], `${JSON.stringify(change)}: ${JSON.stringify(answer.body)}`);
  }
});

test('an unknown path of the API is a 404 problem, a wrong method a 405', async () => {
  assertProblem(await get('/api/v1/nothing', await signIn('nadia')), 404, 'not_found');
  assert.equal((await http('DELETE', `${base}/${live.id}`, { token: await signIn('nadia') })).status, 405);
});

test('OpenAPI 3.1 lists every route, the docs page shows it, health and readiness answer', async () => {
  const { body } = await get('/openapi/v1.json');
  assert.match(body.openapi, /^3\.1/);
  for (const path of [base + '/{id}', `${base}/{id}/livekit-token`, `${base}/{id}/close`, `${base}/{id}/messages`, `${base}/{id}/files/prepare`, `${base}/{id}/files/confirm`, `${base}/{id}/files/{fileId}/download`, '/api/auth/login']) {
    assert.ok(body.paths[path], path);
  }
  assert.equal((await get('/docs/index.html')).status, 200);
  assert.equal((await get('/healthz')).status, 200);
  assert.equal((await get('/readyz')).status, 200);
});
