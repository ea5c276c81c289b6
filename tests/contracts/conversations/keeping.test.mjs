import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash, verify } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { inflateRawSync } from 'node:zlib';
import { Authenticator } from '../support/authenticator.mjs';
import { ask, closeAll, connect, data, demo, get, heard, http, pairs, post, signIn, url } from '../support/server.mjs';

after(closeAll);

const folder = mkdtempSync(join(tmpdir(), 'colloque-export-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const user = (name) => demo.users.find((u) => u.email.startsWith(name));

/** The files of a ZIP, by name, read from its central directory (APPNOTE 4.3). */
function unzip(zip) {
  const files = {};
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  for (let at = zip.readUInt32LE(end + 16), n = zip.readUInt16LE(end + 10); n > 0; n--) {
    const [method, packed, nameLength, extra, comment, local] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32), zip.readUInt32LE(at + 42)];
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(start, start + packed);
    files[name] = method === 8 ? inflateRawSync(bytes) : Buffer.from(bytes);
    at += 46 + nameLength + extra + comment;
  }
  return files;
}

async function take(id, token, body) {
  const answer = await fetch(`${url}/api/conversations/${id}/export`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const bytes = Buffer.from(await answer.arrayBuffer());
  return answer.ok ? { status: answer.status, headers: answer.headers, files: unzip(bytes) } : { status: answer.status, body: JSON.parse(bytes.toString()) };
}

const command = (...args) => spawnSync('dotnet', [process.env.COLLOQUE_BUILT, 'verify-export', ...args], { encoding: 'utf8' });

test('a copy takes the password again, is told to the other, noted, and its signature holds for anyone with the public key', async () => {
  const [patient, doctor] = await Promise.all([signIn('lucia'), signIn('tomas')]);
  const opened = await post('/api/conversations', patient, { userId: user('tomas').id });
  assert.ok([200, 201].includes(opened.status), JSON.stringify(opened.body));
  const { id } = opened.body;
  const words = 'planted-quetzal </p><script>alert(1)</script>';
  await post(`/api/conversations/${id}/messages`, patient, { content: words });
  const listening = await connect(doctor);
  await ask(listening, 'conversation.join', { conversationId: id });

  const { password } = user('lucia');
  assert.equal((await take(id, patient, { format: 'json' })).status, 422);
  assert.equal((await take(id, patient, { format: 'json', password: 'not this one' })).body.errors.password.length, 1);
  assert.equal((await take(id, patient, { format: 'docx', password })).status, 422);
  assert.match((await take(id, patient, { format: 'pdf', password })).body.errors.format[0], /PDF/);
  assert.equal((await take(id, await signIn('nadia'), { format: 'json', password: user('nadia').password })).status, 404);
  for (const admin of ['helene', 'platform', 'operator']) assert.equal((await take(id, await signIn(admin), { format: 'json', password: user(admin).password })).status, 403);
  assert.equal((await get(`/api/conversations/${id}/messages`, doctor)).body.seq, 1);

  const taken = await take(id, patient, { format: 'html', password });
  assert.deepEqual([taken.status, taken.headers.get('content-type'), taken.headers.get('cache-control')], [200, 'application/zip', 'no-store']);
  assert.match(taken.headers.get('content-disposition'), /conversation-[0-9a-f-]+\.zip/);
  const name = `conversation-${id}.html`;
  assert.deepEqual(Object.keys(taken.files), [name, `${name}.sig`, 'README.txt']);
  const page = taken.files[name];
  assert.ok(page.includes('planted-quetzal &lt;/p&gt;&lt;script&gt;') && !page.includes('<script'));
  assert.ok(page.includes('<html lang="es">') && page.includes("default-src 'none'"));
  assert.match(taken.files['README.txt'].toString(), /verify-export/);
  const told = await heard(listening, 'chat.message_created', (m) => m.message.seq === 2);
  assert.deepEqual([told.message.kind, told.message.text], ['system', 'exported']);

  // By another's cryptography: ES256 over the purpose and the statement.
  const signature = JSON.parse(taken.files[`${name}.sig`]);
  const pem = readFileSync(join(data, 'audit-public.pem'), 'utf8');
  assert.ok(verify('sha256', Buffer.from(`colloque export 1\n${signature.statement}`), { key: pem, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature.signature, 'base64')));
  const statement = JSON.parse(signature.statement);
  assert.deepEqual([statement.sha256, statement.size, statement.conversationId, statement.exportedBy, statement.messages], [createHash('sha256').update(page).digest('hex'), page.length, id, user('lucia').id, 2]);

  // And by the command, with nothing but the files.
  const [file, beside, changed] = [join(folder, name), join(folder, `${name}.sig`), join(folder, 'changed.html')];
  writeFileSync(file, page);
  writeFileSync(beside, taken.files[`${name}.sig`]);
  page[page.length - 20] ^= 1;
  writeFileSync(changed, page);
  const holds = command(file, beside, '--key', join(data, 'audit-public.pem'));
  assert.equal(holds.status, 0, holds.stdout + holds.stderr);
  assert.match(holds.stdout, /The signature holds: .* 2 messages/);
  assert.equal(command(changed, beside, '--key', join(data, 'audit-public.pem')).status, 2);
  assert.match(command(file, beside).stdout, /came with the signature/);

  const json = JSON.parse((await take(id, doctor, { format: 'json', password: user('tomas').password })).files[`conversation-${id}.json`]);
  assert.equal(json.messages[0].text, words);
  const rows = async () => (await get(`/api/super-admin/audit-logs?action=EXPORT&actor=${user('tomas').id}`, await signIn('operator'))).body.items;
  for (let tries = 0; tries < 100 && (await rows()).length === 0; tries++) await new Promise((next) => setTimeout(next, 100));
  assert.deepEqual((await rows()).map((r) => [r.action, r.resource, r.resourceId, r.outcome]), [['EXPORT', 'conversation', id, 'ok']]);
});

test('who has no password shows a passkey of their own, and nobody else’s', async () => {
  const site = url.replace('127.0.0.1', 'localhost');
  const { patient, practitioner } = pairs[27];
  const { body: { doctor } } = await get(`/api/v1/consultations/${pairs[27].id}`, patient);
  const { body: { id } } = await post('/api/conversations', patient, { userId: doctor.id });
  assert.deepEqual([(await take(id, patient, { format: 'txt' })).body.code, (await take(id, practitioner, { format: 'txt' })).body.code], ['no_proof', 'no_proof']);
  const enrol = async (token) => {
    const device = new Authenticator(site);
    const options = await http('POST', `${site}/api/auth/passkeys/options`, { token, body: {} });
    const made = await http('POST', `${site}/api/auth/passkeys`, { token, body: { name: 'Key', credential: device.create(options.body) } });
    assert.equal(made.status, 201);
    return device;
  };
  const proof = async (device) => {
    const { body: { ceremony, options } } = await http('POST', `${site}/api/auth/passkeys/sign-in/options`, { body: {} });
    return { ceremony, credential: device.get(options) };
  };
  const own = await enrol(patient);
  const others = await enrol(pairs[29].patient);
  const ask = (body) => http('POST', `${site}/api/conversations/${id}/export`, { token: patient, body: { format: 'txt', ...body } });
  assert.deepEqual([(await ask(await proof(others))).status, (await ask({ ...(await proof(own)), ceremony: 'x' })).status], [401, 401]);
  const shown = await proof(own);
  assert.equal((await ask(shown)).status, 200);
  assert.equal((await ask(shown)).status, 401);
});

test('operators see and change how long is kept, administrators see their own, practitioners hold what is theirs', async () => {
  const [platform, admin, doctor, patient] = await Promise.all(['platform', 'helene', 'tomas', 'lucia'].map(signIn));
  const { body: { id: company } } = await get('/api/companies/me', admin);
  const path = `/api/admin-huntzen/companies/${company}/retention`;
  const kept = await http('PUT', path, { token: platform, body: { kind: 'direct', years: 12 } });
  assert.deepEqual(kept.body.items, [{ kind: 'consultation', years: 20, floorYears: 20 }, { kind: 'direct', years: 12, floorYears: 7 }, { kind: 'prescription', years: 7, floorYears: 7 }, { kind: 'exam', years: 7, floorYears: 7 }]);
  assert.deepEqual((await get('/api/companies/me/retention', admin)).body, kept.body);
  const short = await http('PUT', path, { token: platform, body: { kind: 'direct', years: 6 } });
  assert.deepEqual([short.status, Object.keys(short.body.errors)], [422, ['years']]);
  for (const [method, where, token] of [['GET', path, admin], ['PUT', path, admin], ['GET', '/api/companies/me/retention', platform], ['GET', '/api/admin-huntzen/retention/reports', admin], ['GET', '/api/legal-holds', patient]]) {
    assert.equal((await http(method, where, { token, body: method === 'PUT' ? { kind: 'direct', years: 30 } : undefined })).status, 403, `${method} ${where}`);
  }
  assert.deepEqual((await get('/api/admin-huntzen/retention/reports', platform)).body, { items: [] });

  const { body: { id } } = await post('/api/conversations', doctor, { userId: user('lucia').id });
  const hold = await post('/api/legal-holds', doctor, { conversationId: id, reference: 'RG-26/114' });
  assert.deepEqual([hold.status, hold.body.conversationId, hold.body.liftedAt], [201, id, null]);
  assert.equal((await post('/api/legal-holds', platform, { patientId: user('lucia').id, reference: 'RG-26/115' })).status, 201);
  assert.equal((await post('/api/legal-holds', doctor, { patientId: user('lucia').id, reference: 'RG-26/116' })).status, 404);
  assert.equal((await post('/api/legal-holds', platform, { conversationId: id, patientId: user('lucia').id, reference: 'x' })).status, 422);
  assert.deepEqual((await get('/api/legal-holds', doctor)).body.items.map((h) => h.reference), ['RG-26/114']);
  assert.ok((await http('DELETE', `/api/legal-holds/${hold.body.id}`, { token: doctor })).body.liftedAt);
  assert.equal((await http('DELETE', `/api/legal-holds/${hold.body.id}`, { token: doctor })).status, 404);
});
