import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { jpeg } from '../support/pictures.mjs';
import { demo, get, http, post, signIn, url } from '../support/server.mjs';

const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF planted-quetzal\n');
const mine = '/api/practitioners/me/documents';
const idOf = (name) => demo.users.find((u) => u.email.startsWith(name)).id;
const announced = (more = {}) => ({ filename: 'Diplôme d’État.pdf', mimeType: 'application/pdf', sizeBytes: pdf.length, kind: 'DIPLOMA', ...more });
const put = (link, bytes, type = 'application/pdf') => fetch(link, { method: 'PUT', body: bytes, headers: { 'content-type': type } });

async function handIn(token, more) {
  const { body } = await post(`${mine}/prepare`, token, announced(more));
  assert.equal((await put(body.uploadUrl, pdf)).status, 200);
  const confirmed = await post(`${mine}/confirm`, token, { documentId: body.documentId });
  assert.equal(confirmed.status, 200, JSON.stringify(confirmed.body));
  return confirmed.body;
}

async function form(path, token, parts) {
  const body = new FormData();
  for (const [name, value, filename, type] of parts) body.append(name, ...(filename ? [new Blob([value], { type }), filename] : [value]));
  const response = await fetch(url + path, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body });
  return { status: response.status, body: await response.json() };
}

test('a paper is announced, put and confirmed, and read back by its owner and the platform\'s administrator', async () => {
  const token = await signIn('amina');
  const sha256 = createHash('sha256').update(pdf).digest('hex');
  const prepared = await post(`${mine}/prepare`, token, announced({ sha256 }));
  assert.equal(prepared.status, 201, JSON.stringify(prepared.body));
  assert.deepEqual(Object.keys(prepared.body).sort(), ['documentId', 'expiresAt', 'uploadUrl']);
  assert.equal((await post(`${mine}/confirm`, token, { documentId: prepared.body.documentId })).body.code, 'upload_missing');
  assert.equal((await put(prepared.body.uploadUrl, pdf)).status, 200);
  const confirmed = await post(`${mine}/confirm`, token, { documentId: prepared.body.documentId });
  assert.deepEqual({ ...confirmed.body, createdAt: null }, { id: prepared.body.documentId, kind: 'DIPLOMA', filename: 'Diplôme d’État.pdf', mimeType: 'application/pdf', sizeBytes: pdf.length, sha256, createdAt: null });
  assert.deepEqual((await post(`${mine}/confirm`, token, { documentId: prepared.body.documentId })).body, confirmed.body);
  // What is confirmed is not replaced.
  assert.equal((await put(prepared.body.uploadUrl, pdf)).status, 403);

  for (const reader of [token, await signIn('platform')]) {
    const list = await get(`/api/practitioners/${idOf('amina')}/documents`, reader);
    assert.ok(list.body.items.some((d) => d.id === confirmed.body.id));
    const link = await get(`/api/practitioners/${idOf('amina')}/documents/${confirmed.body.id}/download`, reader);
    assert.ok(Date.parse(link.body.expiresAt) - Date.now() <= 300_000);
    assert.ok(!link.body.downloadUrl.includes('Dipl'));
    const response = await fetch(link.body.downloadUrl);
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-disposition'), /^attachment;/);
    assert.deepEqual(Buffer.from(await response.arrayBuffer()), pdf);
  }
  assert.ok((await get('/api/practitioners/me', token)).body.documents.some((d) => d.id === confirmed.body.id));

  const link = (await get(`/api/practitioners/${idOf('amina')}/documents/${confirmed.body.id}/download`, await signIn('platform'))).body.downloadUrl;
  assert.equal((await http('DELETE', `${mine}/${confirmed.body.id}`, { token })).status, 204);
  assert.equal((await fetch(link)).status, 404);
  assert.equal((await http('DELETE', `${mine}/${confirmed.body.id}`, { token })).status, 404);
});

test('nobody else reaches a paper, by any path', async () => {
  const paper = await handIn(await signIn('amina'), { kind: 'LICENCE' });
  const [amina, tomas] = [idOf('amina'), idOf('tomas')];
  const colleague = await signIn('tomas');
  for (const path of [`/api/practitioners/${amina}/documents`, `/api/practitioners/${amina}/documents/${paper.id}/download`, `/api/practitioners/${tomas}/documents/${paper.id}/download`, `/api/files/${paper.id}`]) {
    assert.equal((await get(path, colleague)).status, 404, path);
  }
  assert.equal((await http('DELETE', `${mine}/${paper.id}`, { token: colleague })).status, 404);
  assert.equal((await post(`${mine}/confirm`, colleague, { documentId: paper.id })).status, 404);
  for (const who of ['nadia', 'helene', 'operator']) {
    assert.equal((await get(`/api/practitioners/${amina}/documents`, await signIn(who))).status, 403, who);
    assert.equal((await get(`/api/practitioners/${amina}/documents/${paper.id}/download`, await signIn(who))).status, 403, who);
    assert.equal((await post(`${mine}/prepare`, await signIn(who), announced())).status, 403, who);
  }
  // Even its owner finds it among papers only, and an administrator under its owner only.
  assert.equal((await get(`/api/files/${paper.id}`, await signIn('amina'))).status, 404);
  assert.equal((await get(`/api/practitioners/${tomas}/documents/${paper.id}/download`, await signIn('platform'))).status, 404);
});

test('what is announced wrong, or is something else than announced, is refused', async () => {
  const token = await signIn('tomas');
  const wrong = { kind: [undefined, 'PRIVATE', 'diploma'], filename: ['a/b.pdf', 'x.exe', ''], mimeType: ['text/html', 'audio/ogg'], sizeBytes: [0, 10 * 1024 * 1024 + 1], sha256: ['abc'] };
  for (const [member, values] of Object.entries(wrong)) {
    for (const value of values) assert.equal((await post(`${mine}/prepare`, token, announced({ [member]: value }))).status, 422, `${member} ${value}`);
  }
  assert.equal((await post(`${mine}/prepare`, token, announced({ ownerId: idOf('amina') }))).status, 422);
  const html = Buffer.from('<script>alert(1)</script>'.padEnd(pdf.length));
  const { body } = await post(`${mine}/prepare`, token, announced());
  assert.equal((await put(body.uploadUrl, html)).status, 200);
  assert.equal((await post(`${mine}/confirm`, token, { documentId: body.documentId })).body.code, 'content_mismatch');
  assert.equal((await post(`${mine}/confirm`, token, { documentId: body.documentId })).status, 404);
});

test('papers come as a form too: each with the kind named before it', async () => {
  const token = await signIn('tomas');
  const answer = await form('/api/practitioners/me/upload-documents', token, [['file', pdf, 'Título.pdf', 'application/pdf'], ['kind', 'IDENTITY'], ['file', jpeg, 'dni.jpg', 'image/jpeg']]);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  assert.deepEqual(answer.body.items.map((d) => [d.kind, d.filename]), [['DIPLOMA', 'Título.pdf'], ['IDENTITY', 'dni.jpg']]);
  // The picture came with a colour profile that names a company: it was written anew without.
  assert.ok(answer.body.items[0].sizeBytes === pdf.length && answer.body.items[1].sizeBytes < jpeg.length);
  assert.equal(answer.body.items[0].sha256, createHash('sha256').update(pdf).digest('hex'));
  assert.equal((await form('/api/practitioners/me/upload-documents', token, [['file', 'no pdf', 'x.pdf', 'application/pdf']])).body.code, 'content_mismatch');
  assert.equal((await form('/api/practitioners/me/upload-documents', token, [['file', Buffer.concat([pdf, Buffer.alloc(10 * 1024 * 1024)]), 'x.pdf', 'application/pdf']])).status, 413);
  assert.equal((await form('/api/practitioners/me/upload-documents', token, [['ownerId', 'x']])).status, 422);
  assert.equal((await get('/api/practitioners/me', token)).body.documents.length, 2);
});

test('a private file is its owner\'s alone, whatever their role and whoever asks', async () => {
  const big = Buffer.concat([pdf, Buffer.alloc(2 * 1024 * 1024 - pdf.length, 7)]);
  for (const [who, bytes] of [['nadia', big], ['helene', pdf], ['operator', pdf.subarray(0, 20)]]) {
    const token = await signIn(who);
    const kept = await form('/api/files/upload', token, [['file', bytes, 'à moi.pdf', 'application/pdf']]);
    assert.equal(kept.status, 201, JSON.stringify(kept.body));
    assert.equal(kept.body.kind, 'PRIVATE');
    const file = (await get(`/api/files/${kept.body.id}`, token)).body;
    assert.equal(file.filename, 'à moi.pdf');
    assert.deepEqual(Buffer.from(await (await fetch(file.downloadUrl)).arrayBuffer()), bytes);
    for (const other of ['amina', 'platform', 'marc', 'lucia']) {
      assert.equal((await get(`/api/files/${kept.body.id}`, await signIn(other))).status, 404, other);
      assert.equal((await http('DELETE', `/api/files/${kept.body.id}`, { token: await signIn(other) })).status, 404, other);
    }
    assert.equal((await http('DELETE', `/api/files/${kept.body.id}`, { token })).status, 204);
    assert.equal((await fetch(file.downloadUrl)).status, 404);
    assert.equal((await get(`/api/files/${kept.body.id}`, token)).status, 404);
  }
});
