import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ask, closeAll, connect, data, demo, get, http, pairs, post, signIn } from '../support/server.mjs';

after(closeAll);

const base = '/api/v1/consultations';
const me = async (token) => (await get('/api/auth/me', token)).body;

/** Rows are written within a fraction of a second: asks until they are as expected. */
async function until(find) {
  for (let tries = 0; ; tries++) {
    const found = await find();
    if (found || tries === 100) return found;
    await new Promise((next) => setTimeout(next, 100));
  }
}

const log = async (query, token) => (await get(`/api/super-admin/audit-logs?${query}`, token ?? (await signIn('operator')))).body.items;

test('reads of one consultation by one person, over HTTP and sockets, are one row, with who, from where and on what device', async () => {
  const pair = pairs[37];
  const { id: actor } = await me(pair.practitioner);
  for (const path of ['', '/messages', '/messages?limit=1']) assert.equal((await get(`${base}/${pair.id}${path}`, pair.practitioner)).status, 200);
  const socket = await connect(pair.practitioner);
  await ask(socket, 'consultation.join', { consultationId: pair.id });
  for (let i = 0; i < 5; i++) assert.ok((await ask(socket, 'chat.send', { consultationId: pair.id, clientMsgId: `audit-${i}`, text: 'planted-axolotl' })).ok);
  // Something that leaves a row of its own, and comes after all of the above.
  await get(`${base}/${pairs[0].id}`, pair.practitioner);
  const rows = await until(async () => {
    const items = await log(`actor=${actor}`);
    return items.some((i) => i.action === 'REFUSED') && items;
  });
  assert.deepEqual(rows.map((r) => [r.action, r.attempted, r.resource, r.resourceId, r.outcome, r.code]), [
    ['REFUSED', 'READ', 'consultation', pairs[0].id, 'refused', 'not_found'],
    ['READ', null, 'consultation', pair.id, 'ok', null],
  ]);
  for (const row of rows) {
    assert.equal(row.actor.role, 'PRACTITIONER');
    assert.ok(row.organization.id && row.ip && row.requestId && row.userAgent);
  }
  assert.ok(!JSON.stringify(rows).includes('planted'));
});

test('each person sees who looked at theirs, when and why; who was refused stays nameless', async () => {
  const pair = pairs[38];
  const stranger = pairs[37];
  await get(`${base}/${pair.id}/messages`, pair.practitioner);
  await get(`${base}/${pair.id}/messages`, stranger.patient);
  await get(`${base}/${pair.id}/messages`, pair.patient);
  const rows = await until(async () => {
    const { body } = await get('/api/users/me/access-log', pair.patient);
    return body.items.length >= 3 && body.items;
  });
  const of = (why) => rows.filter((r) => r.why === why);
  const practitioner = await me(pair.practitioner);
  assert.deepEqual(of('care').map((r) => [r.actor.id, r.actor.name, r.action, r.resourceId]), [[practitioner.id, practitioner.name, 'READ', pair.id]]);
  assert.deepEqual(of('attempt').map((r) => [r.actor.id, r.actor.name, r.actor.role, r.action]), [[null, null, 'EMPLOYEE', 'REFUSED']]);
  assert.ok(of('self').every((r) => r.self));
  const { body } = await get('/api/users/me/access-log', stranger.patient);
  assert.ok(body.items.every((r) => r.resourceId !== pair.id));
});

test('an organization’s administrator sees what its administrators did, and nothing that patients and practitioners do', async () => {
  const helene = await signIn('helene');
  await signIn('nadia');
  const consultation = demo.consultations.find((c) => c.status === 'in_progress');
  await get(`${base}/${consultation.id}`, await signIn('amina'));
  await get(`${base}/${consultation.id}`, helene);
  const rows = await until(async () => {
    const { body } = await get('/api/companies/me/audit-logs', helene);
    return body.items.some((r) => r.action === 'READ' && r.resourceId === consultation.id) && body.items;
  });
  assert.ok(rows.some((r) => r.action === 'LOGIN'));
  assert.deepEqual([...new Set(rows.map((r) => r.actor.role))], ['ADMIN_RH']);
  for (const name of ['nadia', 'amina']) assert.equal((await get('/api/companies/me/audit-logs', await signIn(name))).status, 403);
  for (const name of ['nadia', 'amina', 'helene']) assert.equal((await get('/api/super-admin/audit-logs', await signIn(name))).status, 403);
});

test('a wrong password and a stolen refresh token are noted of whose account it was, and nobody else learns of it', async () => {
  const user = demo.users.find((u) => u.email.startsWith('marc'));
  const wrong = await post('/api/auth/login', undefined, { email: user.email, password: 'not the password' });
  const unknown = await post('/api/auth/login', undefined, { email: 'nobody@nowhere.example', password: 'not the password' });
  assert.deepEqual({ ...wrong.body, traceId: '' }, { ...unknown.body, traceId: '' });
  const first = (await post('/api/auth/login', undefined, { email: user.email, password: user.password })).body.refreshToken;
  const second = (await post('/api/auth/refresh', undefined, { refreshToken: first })).body.refreshToken;
  assert.equal((await post('/api/auth/refresh', undefined, { refreshToken: second })).status, 200);
  const stolen = await post('/api/auth/refresh', undefined, { refreshToken: first });
  assert.equal(stolen.body.code, 'unauthenticated');
  const rows = await until(async () => {
    const items = await log('limit=100');
    return items.some((r) => r.code === 'refresh_reused' && r.subjectId === user.id) && items;
  });
  assert.ok(rows.some((r) => r.action === 'LOGIN' && r.outcome === 'refused' && r.code === 'invalid_credentials' && r.subjectId === user.id));
  assert.ok(rows.some((r) => r.action === 'LOGIN' && r.outcome === 'ok' && r.actor?.id === user.id));
  assert.ok(!JSON.stringify(rows).includes('@'));
});

test('the log is filtered, paged and refuses what it does not understand', async () => {
  const operator = await signIn('operator');
  const seen = [];
  let cursor = null;
  do {
    const { body } = await get(`/api/super-admin/audit-logs?limit=3&to=${new Date().toISOString()}&action=LOGIN${cursor ? `&cursor=${cursor}` : ''}`, operator);
    assert.ok(body.items.length <= 3 && body.items.every((i) => i.action === 'LOGIN'));
    seen.push(...body.items.map((i) => i.id));
    cursor = body.pageInfo.nextCursor;
  } while (cursor && seen.length < 12);
  assert.equal(new Set(seen).size, seen.length);
  for (const [name, value] of [['action', 'login'], ['from', 'yesterday'], ['to', '2026-13-01'], ['actor', 'me'], ['organization', '1'], ['resource', ''], ['limit', '101'], ['cursor', 'x']]) {
    const { status, body } = await get(`/api/super-admin/audit-logs?${name}=${value}`, operator);
    assert.equal(status, 422, name);
    assert.ok(body.errors[name], name);
  }
});

test('verify-audit reads a dump with the public key alone: untouched it holds, and a changed row is named', async () => {
  await until(async () => (await log('limit=1'))[0]?.sealed);
  const folder = mkdtempSync(join(tmpdir(), 'colloque-audit-'));
  try {
    const [plain, archive, changed] = ['plain.sql', 'archive.dump', 'changed.sql'].map((name) => join(folder, name));
    dump(['--file', plain]);
    dump(['--format=custom', '--file', archive]);
    for (const file of [plain, archive]) {
      const { status, stdout, stderr } = verify(file);
      assert.equal(status, 0, stdout + stderr);
      assert.match(stdout, /Nothing was touched/);
    }
    const text = readFileSync(plain, 'utf8');
    const row = /^COPY public\.audit_entries .*\n(?:.*\n)*?([0-9a-f-]{36})\t.*\tLogin\t.*\tOk\t/m.exec(text)[1];
    writeFileSync(changed, text.split('\n').map((line) => (line.startsWith(row) ? line.replace('\tOk\t', '\tRefused\t') : line)).join('\n'));
    const { status, stdout } = verify(changed);
    assert.equal(status, 2, stdout);
    assert.deepEqual(stdout.split('\n').filter((line) => /^[A-Z]+ /.test(line)).map((line) => line.slice(0, 'EDITED row '.length + 36)), [`EDITED row ${row}`]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function dump(options) {
  const folders = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql').map((version) => `/usr/lib/postgresql/${version}/bin`) : [];
  const { status, stderr, error } = spawnSync('pg_dump', ['--host', join(data, 'run'), '--username', 'postgres', ...options, 'colloque'], {
    encoding: 'utf8', env: { ...process.env, PATH: [process.env.PATH, ...folders.sort().reverse()].join(':') },
  });
  assert.equal(status, 0, stderr ?? String(error));
}

function verify(file) {
  return spawnSync('dotnet', [process.env.COLLOQUE_BUILT, 'verify-audit', '--public-key', join(data, 'audit-public.pem'), '--dump', file], { encoding: 'utf8' });
}

test('a request that changes something leaves one row, with how it ended', async () => {
  const pair = pairs[39];
  assert.equal((await post(`${base}/${pair.id}/close`, pair.practitioner)).status, 200);
  assert.equal((await post(`${base}/${pair.id}/close`, pair.practitioner)).status, 409);
  assert.equal((await http('POST', `${base}/${pair.id}/files/prepare`, { token: pair.practitioner, raw: '{' })).status, 422);
  const { id: actor } = await me(pair.practitioner);
  const rows = await until(async () => {
    const items = await log(`actor=${actor}`);
    return items.length >= 3 && items;
  });
  assert.deepEqual(rows.map((r) => [r.action, r.outcome, r.code]).reverse(), [['UPDATE', 'ok', null], ['UPDATE', 'failed', 'illegal_transition'], ['CREATE', 'failed', 'malformed_json']]);
});
