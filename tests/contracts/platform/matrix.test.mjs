import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { before, test } from 'node:test';
import { admins, call, observeHttp, observeSockets, operations, plant, planted, roles, told } from '../support/matrix.mjs';

// The table says what each role gets: with an id of the own organization, of another one, and of nothing, in this order. `npm run access` writes it
// anew; what then changes is read line by line before it is committed.
const table = resolve(import.meta.dirname, '../access.tsv');
const observed = new Map();

const read = () => new Map(readFileSync(table, 'utf8').trim().split('\n').slice(1).map((line) => [line.split('\t')[0], line.split('\t').slice(1)]));
const write = (rows) => writeFileSync(table, [['operation', ...roles], ...[...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, cells]) => [name, ...cells])].map((line) => line.join('\t')).join('\n') + '\n');

before(async () => {
  await plant();
  for (const observe of [observeSockets, observeHttp]) for (const [name, cells] of await observe(1)) observed.set(name, cells);
  if (process.env.COLLOQUE_WRITE_ACCESS) write(observed);
});

test('every operation and every socket event is in the table, and nothing else is', () => {
  assert.ok(existsSync(table));
  assert.deepEqual([...read().keys()].sort(), [...observed.keys()].sort());
});

test('every role gets what the table says, with own, foreign and absent ids', () => {
  const expected = read();
  const wrong = [...observed].flatMap(([name, cells]) => cells.map((cell, i) => [name, roles[i], expected.get(name)?.[i], cell])).filter(([, , before, now]) => before !== now);
  assert.deepEqual(wrong, []);
});

test('every operation says in the description who may call it, and those who may not get 403 or 401 whatever the id', async () => {
  const wrong = [];
  for (const operation of await operations()) {
    const name = `${operation.method} ${operation.path}`;
    assert.ok(operation.roles?.length, `${name} does not say who may call it`);
    if (operation.roles.includes('Everyone')) continue;
    roles.forEach((role, i) => {
      const statuses = observed.get(name)[i].split('/');
      const refused = role === 'nobody' ? '401' : '403';
      if (operation.roles.includes(role) ? statuses.every((s) => s === '401') : statuses.some((s) => s !== refused)) wrong.push([name, role, statuses.join('/')]);
    });
  }
  assert.deepEqual(wrong, []);
});

test('a foreign id tells nothing: organizations and those in care get for it what they get for an absent one', async () => {
  const wrong = [];
  for (const [name, cells] of observed) {
    if (!name.includes('{')) continue;
    ['Patient', 'Practitioner', 'OrganizationAdmin'].forEach((role, i) => {
      const [, foreign, absent] = cells[i].split('/');
      // A practitioner's public card is for everyone who is signed in.
      if (foreign !== absent && !(name === 'GET /api/practitioners/{id}' && foreign === '200')) wrong.push([name, role, cells[i]]);
    });
  }
  assert.deepEqual(wrong, []);
});

test('seen from the other organization it is the same table', async () => {
  // Reading only: what the first round changed, it changed here too.
  const mirrored = [...(await observeSockets(2)), ...(await observeHttp(2, (operation) => operation.method === 'GET'))];
  const wrong = mirrored.filter(([name, cells]) => cells.join() !== observed.get(name).join());
  assert.deepEqual(wrong, []);
});

test('an unknown, and a repeated, member of a body is refused by every operation that takes one', async () => {
  const wrong = [];
  for (const operation of await operations()) {
    if (!operation.body.includes('application/json')) continue;
    const role = operation.roles.includes('Everyone') ? 'nobody' : roles.find((r) => operation.roles.includes(r));
    // What guests alone may is asked of guests, in teleconsultation/.
    if (!role) continue;
    const absent = '01900000-0000-7000-8000-000000000000';
    for (const raw of ['{"plantedMember":1}', ...operation.members.slice(0, 1).map((name) => `{"${name}":null,"${name}":null}`), '{"role":"SUPER_ADMIN","organizationId":null,"senderId":1,"plantedMember":true}']) {
      const { status } = await call(operation, role, absent, 1, raw);
      // Document 004 says 400 where the others say 422.
      if (status !== (/^\/api\/chat\/(get-or-create|message|chats)/.test(operation.path) ? 400 : 422)) wrong.push([`${operation.method} ${operation.path}`, role, raw, status]);
    }
  }
  assert.deepEqual(wrong, []);
});

test('what patient and practitioner wrote is in no answer to any administrator', () => {
  assert.ok(told.length > admins.length * 10);
  const leaked = told.filter(([, body]) => planted.some((word) => body.includes(word))).map(([name]) => name);
  assert.deepEqual(leaked, []);
});
