import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { io } from 'socket.io-client';
import { command, destroy, endAll, newFolder, serve } from '../support/installation.mjs';

const folder = newFolder('operations');
const data = join(folder, 'data');
const restored = join(folder, 'restored');
const backups = join(folder, 'backups');
// Second factors have tests of their own.
const env = { Backup__Folder: backups, Metrics__Token: 'a token for metrics', SecondFactor__RequiredFor: '' };
const secrets = { Backup__SecretFile: join(folder, 'backup.key'), Backup__KeysSecretFile: join(folder, 'backup-keys.key') };
const planted = 'planted-quetzal before the flood';
const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n');

let server;
let demo;
let fileId;
let known;

async function http(method, path, { token, body, raw, headers } = {}) {
  const response = await fetch(path.startsWith('http') ? path : server.url + path, {
    method,
    headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    body: raw ?? (body === undefined ? undefined : JSON.stringify(body)),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, type: response.headers.get('content-type') ?? '', bytes, body: /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(bytes) : bytes.toString() };
}

const login = async (email, password) => (await http('POST', '/api/auth/login', { body: { email, password } })).body.accessToken;

async function signIn(name) {
  const user = demo.users.find((u) => u.email.startsWith(name));
  return login(user.email, user.password);
}

const live = () => demo.consultations.find((c) => c.status === 'in_progress').id;

/** What two people of the live consultation are told, to be the same before the end and after it. */
async function answers() {
  const told = {};
  for (const name of ['amina', 'nadia']) {
    const token = await signIn(name);
    for (const path of ['/api/auth/me', '/api/consultations/mine', `/api/v1/consultations/${live()}`, `/api/v1/consultations/${live()}/messages?limit=100`]) {
      const { status, body } = await http('GET', path, { token });
      told[`${name} ${path}`] = { status, body };
    }
    const link = await http('GET', `/api/v1/consultations/${live()}/files/${fileId}/download`, { token });
    told[`${name} file`] = (await http('GET', link.body.downloadUrl)).bytes.toString('base64');
  }
  return told;
}

/** A message of one of the two, as their browser sends it. */
async function say(name, clientMsgId, text) {
  const socket = io(`${server.url}/consultations`, { auth: { token: await signIn(name) }, transports: ['websocket'], reconnection: false, forceNew: true });
  await new Promise((connected, refused) => socket.once('connect', connected).once('connect_error', refused));
  await socket.timeout(10_000).emitWithAck('consultation.join', { consultationId: live() });
  const ack = await socket.timeout(10_000).emitWithAck('chat.send', { consultationId: live(), clientMsgId, text });
  socket.close();
  assert.equal(ack.ok, true, JSON.stringify(ack));
}

const superAdmin = () => login('second@operators.example', 'a long word for the second operator');

async function finished(id, token) {
  for (;;) {
    const { body } = await http('GET', `/api/super-admin/backups/${id}`, { token });
    if (body.status === 'DONE' || body.status === 'FAILED') return body;
    await new Promise((again) => setTimeout(again, 50));
  }
}

before(async () => {
  server = await serve(data, { args: ['--demo'], env });
  demo = JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8'));
});

after(async () => {
  await server?.stop();
  endAll();
  destroy(data);
  destroy(restored);
  rmSync(folder, { recursive: true, force: true });
});

test('a second administrator comes by the command line, and sets their password by a link that works once', async () => {
  const made = await command(['create-admin', '--email', 'second@operators.example', '--name', 'Second Operator', '--role', 'SuperAdmin', '--data', data], { env });
  assert.equal(made.code, 0, made.said);
  const token = /\/setup#(\S+)/.exec(made.said)[1];
  const body = { token, password: 'a long word for the second operator' };
  assert.equal((await http('POST', '/api/auth/setup', { body })).status, 204);
  assert.equal((await http('POST', '/api/auth/setup', { body })).status, 404);
  const { body: me } = await http('GET', '/api/auth/me', { token: await superAdmin() });
  assert.deepEqual([me.role, me.email], ['SUPER_ADMIN', 'second@operators.example']);

  for (const wrong of [['--role', 'Patient'], ['--role', 'SuperAdmin']]) {
    const refused = await command(['create-admin', '--email', 'second@operators.example', '--name', 'Again', ...wrong, '--data', data], { env });
    assert.equal(refused.code, 1);
    assert.match(refused.said, wrong[1] === 'Patient' ? /needs --email/ : /email_taken/);
  }
});

test('health says how each part is', async () => {
  const { status, body } = await http('GET', '/api/super-admin/health', { token: await superAdmin() });
  assert.equal(status, 200);
  assert.deepEqual(Object.keys(body).sort(), ['backups', 'database', 'disk', 'mail', 'sockets', 'status', 'turn', 'uptimeSeconds', 'version']);
  assert.ok(body.database.ok && body.database.sizeBytes > 1_000_000 && body.database.latencyMs > 0);
  assert.match(body.database.version, /^1[5-9]/);
  assert.ok(body.disk.freeBytes > 0 && body.mail.queued >= 0 && body.sockets === 0);
  assert.deepEqual(body.backups, { lastAt: null, ok: null });
});

test('metrics count, and round what is of care down to tens', async () => {
  const { status, body } = await http('GET', '/api/super-admin/metrics', { token: await superAdmin() });
  assert.equal(status, 200);
  assert.deepEqual(body.organizations, { active: 2 });
  assert.equal(body.users.EMPLOYEE, 3);
  for (const count of [...Object.values(body.consultations), body.messages]) assert.equal(count % 10, 0);
});

test('Prometheus needs the token of its own, and gets no id and no name', async () => {
  assert.equal((await http('GET', '/metrics')).status, 401);
  assert.equal((await http('GET', '/metrics', { token: 'another token' })).status, 401);
  assert.equal((await http('GET', '/metrics', { token: await superAdmin() })).status, 401);
  const { status, type, body } = await http('GET', '/metrics', { token: 'a token for metrics' });
  assert.equal(status, 200);
  assert.match(type, /^text\/plain; version=0\.0\.4/);
  for (const line of body.trim().split('\n')) assert.match(line, /^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{(kind|code|le)="[A-Za-z_0-9.+]+"\})? [0-9.E+-]+)$/);
  assert.match(body, /^colloque_users\{kind="patient"\} 3$/m);
  assert.ok(!/[0-9a-f]{8}-|@/.test(body));
});

test('each of these is for its own role alone', async () => {
  const routes = [
    ['GET', '/api/super-admin/health'], ['GET', '/api/super-admin/metrics'], ['GET', '/api/super-admin/backups'],
    ['GET', `/api/super-admin/backups/${live()}`], ['POST', '/api/super-admin/backup', {}], ['GET', '/api/admin-huntzen/kpis'],
  ];
  for (const name of ['amina', 'nadia', 'helene']) {
    const token = await signIn(name);
    for (const [method, path, body] of routes) assert.equal((await http(method, path, { token, body })).status, 403, `${name} ${path}`);
  }
  for (const [method, path, body] of routes) assert.equal((await http(method, path, { body })).status, 401, path);
  const token = await superAdmin();
  assert.equal((await http('GET', '/api/admin-huntzen/kpis', { token })).status, 403);
  assert.equal((await http('GET', `/api/super-admin/backups/${live()}`, { token })).status, 404);
  assert.equal((await http('POST', '/api/super-admin/backup', { token, body: { folder: '/tmp' } })).status, 422);
});

test('a platform admin, made the same way, reads the indicators and no more', async () => {
  const made = await command(['create-admin', '--email', 'platform@operators.example', '--name', 'Platform', '--role', 'PlatformAdmin', '--data', data], { env });
  const password = 'a long word for the platform operator';
  await http('POST', '/api/auth/setup', { body: { token: /\/setup#(\S+)/.exec(made.said)[1], password } });
  const token = await login('platform@operators.example', password);
  const { status, body } = await http('GET', '/api/admin-huntzen/kpis', { token });
  assert.equal(status, 200);
  assert.deepEqual([body.activeOrganizations, body.employees, body.completedConsultations % 10], [2, 3, 0]);
  assert.equal((await http('GET', '/api/super-admin/health', { token })).status, 403);
});

test('a backup is written in the background, one at a time, and tells nothing to whoever finds it', async () => {
  const patient = await signIn('nadia');
  await say('nadia', 'before-the-flood', planted);
  const { body: prepared } = await http('POST', `/api/v1/consultations/${live()}/files/prepare`, { token: patient, body: { filename: 'a.pdf', mimeType: 'application/pdf', sizeBytes: pdf.length } });
  assert.equal((await http('PUT', prepared.uploadUrl, { raw: pdf, headers: { 'content-type': 'application/pdf' } })).status, 200);
  assert.equal((await http('POST', `/api/v1/consultations/${live()}/files/confirm`, { token: patient, body: { fileId: prepared.fileId } })).status, 201);
  fileId = prepared.fileId;

  const token = await superAdmin();
  const asked = await Promise.all([1, 2].map(() => http('POST', '/api/super-admin/backup', { token, body: {} })));
  assert.deepEqual(asked.map((a) => a.status).sort(), [202, 409]);
  assert.equal(asked.find((a) => a.status === 409).body.code, 'backup_under_way');
  const done = await finished(asked.find((a) => a.status === 202).body.id, token);
  assert.deepEqual([done.status, done.code], ['DONE', null]);
  assert.deepEqual(readdirSync(backups).sort(), [done.fileName, done.keysFileName].sort());
  for (const name of readdirSync(backups)) {
    const bytes = readFileSync(join(backups, name));
    assert.equal(statSync(join(backups, name)).mode & 0o777, 0o600);
    for (const word of ['planted-quetzal', 'Nadia', 'tilleuls.example', 'CREATE TABLE', 'PGDMP', 'master.key']) assert.ok(!bytes.includes(word), `${name} says ${word}`);
  }
  const { body } = await http('GET', '/api/super-admin/health', { token });
  assert.deepEqual([body.backups.ok, body.backups.lastAt], [true, done.finishedAt]);
  assert.equal((await http('GET', '/api/super-admin/backups', { token })).body.items[0].id, done.id);
  known = await answers();
  assert.ok(JSON.stringify(known).includes(planted));
  assert.equal(known['nadia file'], pdf.toString('base64'));
});

test('what was backed up and destroyed gives the same answers where it is restored', async () => {
  copyFileSync(join(data, 'keys/backup.key'), secrets.Backup__SecretFile);
  copyFileSync(join(data, 'keys/backup-keys.key'), secrets.Backup__KeysSecretFile);
  await server.stop();
  server = undefined;
  destroy(data);

  const file = (ending) => join(backups, readdirSync(backups).find((name) => name.endsWith('.keys.colloque') === (ending === 'keys')));
  const restore = (more, env = secrets) => command(['restore', '--from', file('content'), '--keys', file('keys'), '--data', restored, ...more], { env });
  for (const wrong of [{}, { ...secrets, Backup__Secret: 'not the secret that it was' }, { ...secrets, Backup__KeysSecret: 'not the secret that it was' }]) {
    const refused = await restore([], wrong);
    assert.equal(refused.code, 1, refused.said);
    assert.ok(!existsSync(restored), refused.said);
  }
  const cut = join(folder, 'cut');
  writeFileSync(cut, readFileSync(file('content')).subarray(0, -20));
  assert.match((await command(['restore', '--from', cut, '--keys', file('keys'), '--data', restored], { env: secrets })).said, /cut off/);
  assert.ok(!existsSync(restored));

  const done = await restore([]);
  assert.equal(done.code, 0, done.said);
  assert.equal((await restore([])).code, 1);
  server = await serve(restored, { env });
  assert.deepEqual(await answers(), known);
  const { body } = await http('GET', '/api/super-admin/backups', { token: await superAdmin() });
  assert.equal(body.items[0].code, 'interrupted');
});

test('keys are rotated beside the running server, also by a command that is killed again and again', async () => {
  const key = join(restored, 'keys/master.key');
  const before = readFileSync(key, 'utf8').split('\n')[0];
  // Killed some milliseconds after it has first touched the key file, each time the rotation that the one before began.
  for (const more of [0, 5, 10, 20, 40]) {
    const text = readFileSync(key, 'utf8');
    await command(['rotate-keys', '--data', restored], { killWhen: () => readFileSync(key, 'utf8') !== text, more });
    assert.deepEqual(await answers(), known);
  }
  const done = await command(['rotate-keys', '--data', restored]);
  assert.equal(done.code, 0, done.said);
  const lines = readFileSync(key, 'utf8').trim().split('\n');
  assert.equal(lines.length, 2);
  assert.notEqual(lines[0], before);
  assert.equal(lines[1], `root ${before}`);
  assert.equal(statSync(key).mode & 0o777, 0o400);
  assert.deepEqual(await answers(), known);

  // A server that starts with the new key alone reads all of it too, and writes.
  await server.stop();
  server = await serve(restored, { env });
  assert.deepEqual(await answers(), known);
  await say('nadia', 'after-the-rotation', 'after');
  assert.ok(!server.log().includes('planted-quetzal'));
});

test('what an operator did on the command line is in the audit, by nobody who signed in', async () => {
  const { body } = await http('GET', '/api/super-admin/audit-logs?actor=00000000-0000-0000-0000-000000000000', { token: await superAdmin() });
  const did = body.items.map((row) => `${row.action} ${row.resource}`).reverse();
  // A rotation that was killed too late to matter had been recorded too.
  assert.deepEqual([...new Set(did.filter((line) => !line.startsWith('CREATE')))], ['IMPORT backup', 'UPDATE keys']);
  assert.equal(did.filter((line) => line === 'CREATE administrator').length, 2);
  assert.ok(body.items.every((row) => row.userAgent === 'command line'));
});
