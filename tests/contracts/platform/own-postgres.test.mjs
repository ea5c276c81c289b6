import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ownCluster } from '../support/cluster.mjs';
import { command, endAll, newFolder, serve } from '../support/installation.mjs';

const folder = newFolder('own-postgres');
const [data, restored, backups, nothing] = ['data', 'restored', 'backups', 'nothing'].map((name) => join(folder, name));
let cluster;

after(() => {
  endAll();
  cluster?.end();
  rmSync(folder, { recursive: true, force: true });
});

const http = async (url, method, path, { token, body } = {}) => {
  const response = await fetch(url + path, {
    method,
    headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: text && JSON.parse(text) };
};

test('an installation on a PostgreSQL of one’s own is backed up, destroyed and restored into an empty database', async () => {
  cluster = await ownCluster();
  for (const name of ['colloque', 'second']) cluster.sql('postgres', `create database ${name}`);
  mkdirSync(nothing);
  const env = { ConnectionStrings__Colloque: cluster.connection('colloque'), Backup__Folder: backups, SecondFactor__RequiredFor: '' };
  const secrets = { Backup__SecretFile: join(folder, 'backup.key'), Backup__KeysSecretFile: join(folder, 'backup-keys.key') };

  let server = await serve(data, { args: ['--demo'], env: { ...env, Backup__Programs: nothing } });
  const demo = JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8'));
  const signIn = async (name) => {
    const { email, password } = demo.users.find((u) => u.email.startsWith(name));
    return (await http(server.url, 'POST', '/api/auth/login', { body: { email, password } })).body.accessToken;
  };
  const live = demo.consultations.find((c) => c.status === 'in_progress').id;
  const answers = async () => {
    const told = [];
    for (const name of ['amina', 'nadia']) {
      const token = await signIn(name);
      for (const path of ['/api/auth/me', '/api/consultations/mine', `/api/v1/consultations/${live}`, `/api/v1/consultations/${live}/messages?limit=100`]) told.push(await http(server.url, 'GET', path, { token }));
    }
    return told;
  };

  // A machine without pg_dump says so, over the API and on the command line, and leaves nothing behind.
  const missing = await http(server.url, 'POST', '/api/super-admin/backup', { token: await signIn('operator'), body: {} });
  assert.deepEqual([missing.status, missing.body.code], [503, 'pg_dump_missing']);
  const refused = await command(['backup', '--data', data], { env: { ...env, Backup__Programs: nothing } });
  assert.equal(refused.code, 1);
  assert.match(refused.said, /pg_dump_missing.*apt install postgresql-client/);

  // The login that sets up need not be a superuser, but one that policies bind would dump half.
  const bound = await command(['backup', '--data', data], { env: { ...env, Backup__ConnectionString: cluster.connection('colloque', 'colloque_app') } });
  assert.equal(bound.code, 1);
  assert.match(bound.said, /pg_dump_failed/);
  assert.deepEqual(readdirSync(backups), []);

  const known = await answers();
  assert.ok(known.every(({ status }) => status === 200));
  const made = await command(['backup', '--data', data], { env });
  assert.equal(made.code, 0, made.said);
  for (const [from, to] of [['backup.key', secrets.Backup__SecretFile], ['backup-keys.key', secrets.Backup__KeysSecretFile]]) copyFileSync(join(data, 'keys', from), to);
  await server.stop();
  cluster.sql('postgres', 'drop database colloque with (force)');
  rmSync(data, { recursive: true });

  const file = (keys) => join(backups, readdirSync(backups).find((name) => name.endsWith('.keys.colloque') === keys));
  const restore = (database) => command(['restore', '--from', file(false), '--keys', file(true), '--data', restored], { env: { ...secrets, ConnectionStrings__Colloque: cluster.connection(database) } });
  const done = await restore('second');
  assert.equal(done.code, 0, done.said);
  server = await serve(restored, { env: { ...env, ConnectionStrings__Colloque: cluster.connection('second') } });
  assert.deepEqual(await answers(), known);
  await server.stop();

  // What has tables already is not filled over.
  rmSync(restored, { recursive: true });
  assert.equal((await restore('second')).code, 1);
  assert.equal(cluster.sql('second', 'select count(*) from users'), String(demo.users.length));
});
