import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, test } from 'node:test';
import { closeAll, get, heard, http, meet, pairs, post } from '../support/server.mjs';

after(closeAll);

const base = (pair) => `/api/v1/consultations/${pair.id}/files`;
const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n');
const announced = (bytes, more = {}) => ({ filename: 'Résultats d’analyse.pdf', mimeType: 'application/pdf', sizeBytes: bytes.length, ...more });
const put = (url, bytes, type = 'application/pdf') => fetch(url, { method: 'PUT', body: bytes, headers: { 'content-type': type } });

test('prepare, put, confirm, download: the bytes arrive whole, and both sides see the message', async () => {
  const pair = pairs[1];
  const { doctor, patient } = await meet(pair);
  const sha256 = createHash('sha256').update(pdf).digest('hex');
  const prepared = await post(`${base(pair)}/prepare`, pair.patient, announced(pdf, { sha256 }));
  assert.equal(prepared.status, 201);
  assert.deepEqual(Object.keys(prepared.body).sort(), ['bucket', 'expiresAt', 'fileId', 'objectKey', 'uploadUrl']);
  assert.equal((await put(prepared.body.uploadUrl, pdf)).status, 200);
  const confirmed = await post(`${base(pair)}/confirm`, pair.patient, { fileId: prepared.body.fileId });
  assert.equal(confirmed.status, 201);
  const { message } = confirmed.body;
  assert.equal(message.kind, 'file');
  assert.deepEqual(message.file, { id: prepared.body.fileId, name: 'Résultats d’analyse.pdf', mimeType: 'application/pdf', sizeBytes: pdf.length, sha256 });
  for (const socket of [doctor, patient]) assert.deepEqual((await heard(socket, 'chat.message_created', (p) => p.message.id === message.id)).message, message);

  const again = await post(`${base(pair)}/confirm`, pair.patient, { fileId: prepared.body.fileId });
  assert.equal(again.status, 200);
  assert.equal(again.body.message.id, message.id);

  const link = await get(`${base(pair)}/${prepared.body.fileId}/download`, pair.practitioner);
  assert.equal(link.status, 200);
  assert.ok(Date.parse(link.body.expiresAt) - Date.now() <= 300_000);
  const response = await fetch(link.body.downloadUrl);
  assert.equal(response.status, 200);
  assert.match(response.headers.get('content-disposition'), /^attachment;/);
  assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
  assert.deepEqual(Buffer.from(await response.arrayBuffer()), pdf);
  assert.ok(!link.body.downloadUrl.includes('analyse'));
});

test('a confirm without an upload is 409, and of something else than announced 422 that leaves nothing', async () => {
  const pair = pairs[2];
  const none = await post(`${base(pair)}/prepare`, pair.patient, announced(pdf));
  assert.equal((await post(`${base(pair)}/confirm`, pair.patient, { fileId: none.body.fileId })).body.code, 'upload_missing');

  const html = Buffer.from('<script>alert(1)</script>'.padEnd(pdf.length).slice(0, pdf.length));
  const lie = await post(`${base(pair)}/prepare`, pair.patient, announced(html));
  assert.equal((await put(lie.body.uploadUrl, html)).status, 200);
  const refused = await post(`${base(pair)}/confirm`, pair.patient, { fileId: lie.body.fileId });
  assert.equal(refused.status, 422);
  assert.equal(refused.body.code, 'content_mismatch');
  assert.equal((await post(`${base(pair)}/confirm`, pair.patient, { fileId: lie.body.fileId })).status, 404);
  assert.equal((await get(`/api/v1/consultations/${pair.id}/messages`, pair.patient)).body.items.length, 0);
});

test('another size, type, address or time than was signed for is refused at the door', async () => {
  const pair = pairs[3];
  const { body } = await post(`${base(pair)}/prepare`, pair.patient, announced(pdf));
  assert.ok((await put(body.uploadUrl, Buffer.concat([pdf, pdf]))).status >= 400);
  assert.ok((await put(body.uploadUrl, pdf, 'text/html')).status >= 400);
  const url = new URL(body.uploadUrl);
  for (const name of url.searchParams.keys()) {
    const changed = new URL(url);
    const value = changed.searchParams.get(name);
    changed.searchParams.set(name, value.slice(0, -2) + (value.endsWith('AA') ? 'BB' : 'AA'));
    assert.equal((await put(changed, pdf)).status, 403, name);
  }
  assert.equal((await http('GET', body.uploadUrl)).status >= 400, true);
  assert.equal((await put(body.uploadUrl, pdf)).status, 200);
});

test('nobody but the two reaches a file, by any id', async () => {
  const [pair, other] = [pairs[4], pairs[5]];
  const { body } = await post(`${base(pair)}/prepare`, pair.patient, announced(pdf));
  await put(body.uploadUrl, pdf);
  // Not another's upload, not from another consultation.
  assert.equal((await post(`${base(pair)}/confirm`, pair.practitioner, { fileId: body.fileId })).status, 404);
  assert.equal((await post(`${base(other)}/confirm`, other.patient, { fileId: body.fileId })).status, 404);
  assert.equal((await post(`${base(pair)}/confirm`, pair.patient, { fileId: body.fileId })).status, 201);
  assert.equal((await get(`${base(pair)}/${body.fileId}/download`, other.patient)).status, 404);
  assert.equal((await get(`${base(other)}/${body.fileId}/download`, other.patient)).status, 404);
});
