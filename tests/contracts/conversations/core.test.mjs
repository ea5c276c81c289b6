import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, test } from 'node:test';
import { ask, closeAll, connect, count, get, heard, http, pairs, post } from '../support/server.mjs';

after(closeAll);

const people = async (pair) => {
  const { body } = await get(`/api/v1/consultations/${pair.id}`, pair.patient);
  return { patientId: body.patient.id, doctorId: body.doctor.id };
};

const open = async (pair) => {
  const { doctorId } = await people(pair);
  return post('/api/conversations', pair.patient, { userId: doctorId });
};

async function upload(pair, conversation, filename, mimeType, bytes) {
  const prepared = await post(`/api/conversations/${conversation}/files/prepare`, pair.patient, { filename, mimeType, sizeBytes: bytes.length });
  assert.equal(prepared.status, 201, JSON.stringify(prepared.body));
  const put = await fetch(prepared.body.uploadUrl, { method: 'PUT', headers: { 'content-type': mimeType }, body: bytes });
  assert.equal(put.status, 200);
  return prepared.body.fileId;
}

test('a direct conversation is opened once, heard live by both, and in the list of the other at once', async () => {
  const pair = pairs[40];
  const first = await open(pair);
  assert.ok([200, 201].includes(first.status));
  const { patientId, doctorId } = await people(pair);
  const same = await post('/api/conversations', pair.practitioner, { userId: patientId });
  assert.deepEqual([same.status, same.body.id], [200, first.body.id]);
  const id = first.body.id;
  assert.deepEqual(first.body.participants.map((p) => p.id).sort(), [patientId, doctorId].sort());

  const [doctor, patient] = await Promise.all([connect(pair.practitioner), connect(pair.patient)]);
  assert.equal((await ask(doctor, 'inbox.join', {})).ok, true);
  assert.equal((await ask(patient, 'conversation.join', { conversationId: id })).kind, 'direct');
  const sent = await http('POST', `/api/conversations/${id}/messages`, { token: pair.patient, body: { content: 'planted-quetzal', urgent: true, requiresResponse: true }, headers: { 'idempotency-key': 'direct-1' } });
  assert.equal(sent.status, 201);
  const again = await http('POST', `/api/conversations/${id}/messages`, { token: pair.patient, body: { content: 'planted-quetzal', urgent: true, requiresResponse: true }, headers: { 'idempotency-key': 'direct-1' } });
  assert.equal(again.body.id, sent.body.id);
  const news = await heard(doctor, 'inbox.message', (m) => m.conversationId === id);
  assert.deepEqual([news.seq, news.senderId, news.urgent], [1, patientId, true]);
  assert.equal((await heard(patient, 'chat.message_created', (m) => m.message.consultationId === id)).message.urgent, true);

  const list = await get('/api/conversations?kind=direct', pair.practitioner);
  const mine = list.body.items.find((c) => c.id === id);
  assert.deepEqual([mine.unreadCount, mine.lastMessage.content, mine.kind, mine.status], [1, 'planted-quetzal', 'direct', 'active']);
  // What waits is said beside what is pinned, to who can see to it; wherever it stands in the thread.
  const waits = async () => (await get(`/api/conversations/${id}/pins`, pair.practitioner)).body.urgent.map((m) => [m.id, m.content]);
  assert.deepEqual(await waits(), [[sent.body.id, sent.body.content]]);
  assert.ok(!('urgent' in (await get(`/api/conversations/${id}/pins`, pair.patient)).body));
  const acknowledged = await post(`/api/conversations/${id}/messages/${sent.body.id}/acknowledge`, pair.practitioner);
  assert.ok(acknowledged.body.acknowledgedAt);
  assert.deepEqual(await waits(), []);
  assert.ok((await heard(patient, 'chat.message_updated')).message.acknowledgedAt);
  assert.deepEqual((await post(`/api/conversations/${id}/read`, pair.practitioner)).body, { count: 1 });
  await heard(patient, 'chat.message_read', (r) => r.consultationId === id);
  assert.equal((await heard(doctor, 'inbox.read', (r) => r.conversationId === id)).seq, 1);

  // The socket that came late gets what it missed, and all events take the conversation's id.
  const joined = await ask(doctor, 'conversation.join', { conversationId: id, afterSeq: 0 });
  assert.deepEqual([joined.replayed, joined.seq, joined.readSeq], [1, 1, 1]);
  const reply = await ask(doctor, 'chat.send', { consultationId: id, clientMsgId: 'd-2', text: 'an answer', replyTo: sent.body.id });
  assert.equal(reply.message.replyTo, sent.body.id);
  await heard(patient, 'chat.message_created', (m) => m.message.seq === 2);
  assert.equal((await ask(doctor, 'chat.pin', { consultationId: id, messageId: reply.message.id, on: true })).message.pinnedAt !== undefined, true);
  assert.deepEqual((await get(`/api/conversations/${id}/pins`, pair.patient)).body.items.map((m) => m.id), [reply.message.id]);
  assert.equal(count(doctor, 'inbox.message'), 1);
});

test('several files and their words are one message, whole or not at all', async () => {
  const pair = pairs[41];
  const { body: { id } } = await open(pair);
  const text = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  const fileIds = [await upload(pair, id, 'scan.png', 'image/png', png), await upload(pair, id, 'rapport.pdf', 'application/pdf', text)];
  const body = { content: 'Les deux', clientMsgId: 'files-1', fileIds };
  const sent = await post(`/api/conversations/${id}/messages`, pair.patient, body);
  assert.equal(sent.status, 201, JSON.stringify(sent.body));
  assert.deepEqual([sent.body.type, sent.body.content, sent.body.attachments.map((a) => a.name)], ['image', 'Les deux', ['scan.png', 'rapport.pdf']]);
  assert.equal((await post(`/api/conversations/${id}/messages`, pair.patient, body)).body.id, sent.body.id);
  const page = await get(`/api/conversations/${id}/messages`, pair.practitioner);
  assert.deepEqual(page.body.items.map((m) => m.attachments.map((a) => a.sha256)), [[png, text].map((b) => createHash('sha256').update(b).digest('hex'))]);
  const { body: { downloadUrl } } = await get(`/api/conversations/${id}/files/${fileIds[1]}/download`, pair.practitioner);
  assert.deepEqual(Buffer.from(await (await fetch(downloadUrl)).arrayBuffer()), text);

  // One that is not what it says takes the others with it; six are too many; another's are nobody's.
  const good = await upload(pair, id, 'good.png', 'image/png', png);
  const bad = await upload(pair, id, 'bad.png', 'image/png', Buffer.from('not a picture at all'));
  assert.equal((await post(`/api/conversations/${id}/messages`, pair.patient, { fileIds: [good, bad] })).body.code, 'content_mismatch');
  assert.equal((await post(`/api/conversations/${id}/messages`, pair.patient, { fileIds: [good] })).status, 404);
  assert.equal((await post(`/api/conversations/${id}/messages`, pair.patient, { fileIds: Array.from({ length: 6 }, () => crypto.randomUUID()) })).status, 422);
  assert.equal((await post(`/api/conversations/${id}/messages`, pair.practitioner, { fileIds: [fileIds[0]] })).status, 404);
  assert.equal((await get(`/api/conversations/${id}/messages`, pair.patient)).body.seq, 1);
});

test('strangers and administrators find no conversation by any path', async () => {
  const pair = pairs[40];
  const other = pairs[42];
  const { body: { id } } = await open(pair);
  const stranger = await connect(other.patient);
  assert.equal((await ask(stranger, 'conversation.join', { conversationId: id })).error.code, 'not_found');
  assert.equal((await ask(stranger, 'chat.send', { consultationId: id, text: 'x' })).error.code, 'not_found');
  for (const [method, path, body] of [
    ['GET', `/api/conversations/${id}`], ['GET', `/api/conversations/${id}/messages`], ['POST', `/api/conversations/${id}/messages`, { content: 'x' }], ['POST', `/api/conversations/${id}/read`],
    ['POST', `/api/conversations/${id}/archive`], ['POST', `/api/conversations/${id}/reopen`], ['GET', `/api/conversations/${id}/pins`],
    ['POST', `/api/conversations/${id}/files/prepare`, { filename: 'a.pdf', mimeType: 'application/pdf', sizeBytes: 10 }],
  ]) assert.equal((await http(method, path, { token: other.patient, body })).status, 404, `${method} ${path}`);
  const { patientId } = await people(pair);
  assert.equal((await post('/api/conversations', other.practitioner, { userId: patientId })).body.code, 'no_care_relation');
});
