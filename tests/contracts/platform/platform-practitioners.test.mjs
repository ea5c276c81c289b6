import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { mailTo } from '../support/mail.mjs';
import { assertProblem, put, unique } from '../support/people.mjs';
import { ask, closeAll, connect, count, get, heard, http, post, signIn } from '../support/server.mjs';

after(closeAll);

const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n');

/** Someone who registered as a practitioner, was validated, and receives all day. */
async function freelance(lastName) {
  const email = `${unique()}@freelance.example`;
  const password = `correct ${unique()} battery`;
  const asked = await post('/api/auth/register', undefined, { email, password, firstName: 'Inès', lastName, language: 'fr', role: 'PRACTITIONER', title: 'Dr', specialty: 'PSYCHIATRE' });
  assert.equal(asked.status, 202, JSON.stringify(asked.body));
  assert.equal((await post('/api/auth/verify-email', undefined, { token: (await mailTo(email, 'VerifyEmail')).link.split('#')[1] })).status, 204);
  const { accessToken: token, user } = (await post('/api/auth/login', undefined, { email, password })).body;
  assert.equal(user.organizationId ?? null, null);
  assert.equal((await post(`/api/practitioners/${user.id}/validate`, await signIn('platform'), {})).status, 200);
  for (let dayOfWeek = 0; dayOfWeek < 7; dayOfWeek++) {
    const rule = await post('/api/availability', token, { dayOfWeek, startTime: '00:00', endTime: '24:00', slotDuration: 50 });
    assert.equal(rule.status, 201, JSON.stringify(rule.body));
  }
  return { id: user.id, token };
}

/** A patient finds the practitioner by name, sees a free slot, and books it; `nth` keeps two of them apart. */
async function book(patient, name, nth) {
  const found = (await get(`/api/practitioners/search?q=${encodeURIComponent(name)}`, patient)).body.items;
  assert.equal(found.length, 1, JSON.stringify(found));
  const from = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
  const to = new Date(Date.now() + 23 * 86_400_000).toISOString().slice(0, 10);
  const slots = (await get(`/api/practitioners/${found[0].id}/availability?from=${from}&to=${to}&timeZone=Europe/Paris`, patient)).body.items.filter((s) => s.available);
  const booked = await post('/api/consultations', patient, { practitionerId: found[0].id, scheduledAt: slots[nth].startsAt, format: 'VIDEO' });
  assert.equal(booked.status, 201, JSON.stringify(booked.body));
  assert.equal(booked.body.practitioner.id, found[0].id);
  return booked.body.id;
}

async function exchange(from, to, consultationId, words) {
  const sent = await ask(from, 'chat.send', { consultationId, clientMsgId: crypto.randomUUID(), text: words });
  assert.equal(sent.ok, true, JSON.stringify(sent));
  assert.deepEqual((await heard(to, 'chat.message_created', (p) => p.message.id === sent.message.id)).message, sent.message);
  assert.equal((await ask(to, 'chat.read', { consultationId, messageId: sent.message.id })).ok, true);
  await heard(from, 'chat.message_read', (p) => p.messageId === sent.message.id);
}

test('a practitioner who registered and was validated sees patients of two organizations, who never see each other', async () => {
  const name = `Sans-Maison-${unique()}`;
  const who = await freelance(name);
  const stranger = await freelance(`Ailleurs-${unique()}`);
  const patients = [await signIn('nadia'), await signIn('lucia')];
  const visits = [await book(patients[0], name, 3), await book(patients[1], name, 7)];
  const doctor = await connect(who.token);
  const outsider = await connect(stranger.token);
  const sockets = [await connect(patients[0]), await connect(patients[1])];

  for (const [i, id] of visits.entries()) {
    const waiting = await ask(sockets[i], 'consultation.join', { consultationId: id });
    assert.equal(waiting.ok, true, JSON.stringify(waiting));
    await heard(doctor, 'queue.updated', (p) => p.consultationId === id && p.queueItem);
    assert.equal((await ask(doctor, 'consultation.join', { consultationId: id })).consultationStatus, 'in_progress');
    await heard(sockets[i], 'consultation.started', (p) => p.consultationId === id);
    await exchange(doctor, sockets[i], id, `Bonjour, ${i}`);
    await exchange(sockets[i], doctor, id, `Bonjour Docteur, ${i}`);
    assert.equal((await ask(doctor, 'presence.ping', { consultationId: id })).ok, true);
    await heard(sockets[i], 'presence.state', (p) => p.consultationId === id && p.onlineUserIds.includes(who.id));
    assert.equal((await post(`/api/v1/consultations/${id}/livekit-token`, who.token, {})).status, 200);

    const files = `/api/v1/consultations/${id}/files`;
    const prepared = await post(`${files}/prepare`, who.token, { filename: 'ordonnance.pdf', mimeType: 'application/pdf', sizeBytes: pdf.length });
    assert.equal(prepared.status, 201, JSON.stringify(prepared.body));
    assert.equal((await fetch(prepared.body.uploadUrl, { method: 'PUT', body: pdf, headers: { 'content-type': 'application/pdf' } })).status, 200);
    assert.equal((await post(`${files}/confirm`, who.token, { fileId: prepared.body.fileId })).status, 201);
    const link = await get(`${files}/${prepared.body.fileId}/download`, patients[i]);
    assert.deepEqual(Buffer.from(await (await fetch(link.body.downloadUrl)).arrayBuffer()), pdf);

    // The other patient, of the other organization; and a practitioner of the platform with no part in it.
    for (const [token, socket] of [[patients[1 - i], sockets[1 - i]], [stranger.token, outsider]]) {
      assertProblem(await get(`/api/v1/consultations/${id}`, token), 404, 'not_found');
      assertProblem(await get(`/api/v1/consultations/${id}/messages`, token), 404, 'not_found');
      assertProblem(await get(`${files}/${prepared.body.fileId}/download`, token), 404, 'not_found');
      assert.equal((await ask(socket, 'consultation.join', { consultationId: id })).error.code, 'not_found');
      assert.equal((await ask(socket, 'chat.send', { consultationId: id, clientMsgId: 'x', text: 'x' })).error.code, 'not_found');
    }
  }

  const mine = (await get('/api/consultations/mine?limit=100', who.token)).body.items;
  assert.deepEqual(mine.map((v) => v.id).sort(), [...visits].sort());
  assert.deepEqual((await get('/api/consultations/mine?limit=100', stranger.token)).body.items, []);
  for (const [i, id] of visits.entries()) {
    const ids = (await get('/api/consultations/mine?limit=100', patients[i])).body.items.map((v) => v.id);
    assert.ok(ids.includes(id) && !ids.includes(visits[1 - i]));
    assert.equal(count(sockets[i], 'chat.message_created'), 3);
  }
  assert.equal(outsider.heard.length, 0);

  // Each organization's administrator sees the state of its own patient's visit, and nothing of the other's.
  const admin = await signIn('helene');
  assert.equal((await get(`/api/v1/consultations/${visits[0]}`, admin)).body.status, 'in_progress');
  assertProblem(await get(`/api/v1/consultations/${visits[1]}`, admin), 404, 'not_found');
  for (const id of visits) assert.equal((await post(`/api/v1/consultations/${id}/close`, who.token, {})).status, 200);
  await heard(sockets[1], 'consultation.closed', (p) => p.consultationId === visits[1]);
  assertProblem(await post(`/api/v1/consultations/${visits[0]}/close`, who.token, {}), 409, 'illegal_transition');
});

test('a practitioner who waits for validation, or was deactivated, is not to be booked', async () => {
  const name = `Fermé-${unique()}`;
  const who = await freelance(name);
  const admin = await signIn('platform');
  const patient = await signIn('nadia');
  const from = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const slot = (await get(`/api/practitioners/${who.id}/availability?from=${from}&timeZone=UTC`, patient)).body.items.find((s) => s.available);
  const ask = () => post('/api/consultations', patient, { practitionerId: who.id, scheduledAt: slot.startsAt, format: 'VIDEO' });
  await post(`/api/practitioners/${who.id}/validate`, admin, { decision: 'reject', reason: 'Assurance expirée.' });
  assertProblem(await ask(), 404, 'not_found');
  await post(`/api/practitioners/${who.id}/validate`, admin, {});
  assert.equal((await put(`/api/practitioners/${who.id}/deactivate`, admin)).body.isActive, false);
  assertProblem(await ask(), 404, 'not_found');
  await put(`/api/practitioners/${who.id}/activate`, admin);
  assert.equal((await http('POST', '/api/consultations', { token: patient, body: { practitionerId: who.id, scheduledAt: slot.startsAt, format: 'VIDEO' } })).status, 201);
});
