// What is left of conversations after messages are deleted and after all is erased, with a server that is killed in the middle of erasing.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from './installation.mjs';
import { until } from './own-server.mjs';

/** Whether this machine has the client programs of PostgreSQL. */
export const hasClients = ['psql', 'pg_dump'].every((program) => spawnSync(program, ['--version']).status === 0);

/** Every file of a folder, links followed, PostgreSQL's log of writes left out: it is overwritten in its own time. */
function* filesOf(folder, seen = new Set()) {
  const real = realpathSync(folder);
  if (seen.has(real)) return;
  seen.add(real);
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    let what;
    try {
      what = statSync(path);
    } catch {
      continue; // Gone meanwhile.
    }
    if (what.isDirectory() && name !== 'pg_wal') yield* filesOf(path, seen);
    else if (what.isFile()) yield path;
  }
}

/**
 * Writes into a direct conversation, a prescription's and an exam's; deletes some; lets all of it grow old; erases it, with the server killed once at each of `stops` (tables: the kill comes
 * while a row of that table is going). After each part nothing of what was planted may be found anywhere.
 */
export async function purgeStory(data, { messages, files, stops, say = () => {} }) {
  const env = { SecondFactor__RequiredFor: '', Retention__Every: '00:00:01' };
  let server = await serve(data, { args: ['--demo'], env });
  let log = '';
  const demo = JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8'));
  const user = (name) => demo.users.find((u) => u.email.startsWith(name));
  const database = ['-h', join(data, 'run'), '-U', 'postgres', '-d', 'colloque'];
  const sql = (text) => execFileSync('psql', [...database, '-XAtq', '-v', 'ON_ERROR_STOP=1'], { input: text, encoding: 'utf8', maxBuffer: 1 << 28 }).split('\n').filter(Boolean);
  const count = (text) => Number(sql(text)[0]);
  const dump = () => execFileSync('pg_dump', database, { encoding: 'utf8', maxBuffer: 1 << 30 });
  const http = async (method, path, token, body) => {
    const answer = await fetch(path.startsWith('http') ? path : server.url + path, {
      method, headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...(body === undefined || Buffer.isBuffer(body) ? {} : { 'content-type': 'application/json' }), ...(Buffer.isBuffer(body) ? { 'content-type': 'application/pdf' } : {}) },
      body: body === undefined ? undefined : Buffer.isBuffer(body) ? body : JSON.stringify(body),
    });
    const text = await answer.text();
    return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : text };
  };
  const done = async (status, ...request) => {
    const answer = await http(...request);
    assert.equal(answer.status, status, `${request[0]} ${request[1]}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const signIn = async (name) => (await done(200, 'POST', '/api/auth/login', undefined, { email: user(name).email, password: user(name).password })).accessToken;
  const objects = () => count("select count(*) from files where status = 'Confirmed'");

  // One root for all that is planted, so that one look finds any of it; no other run has it.
  const root = `planted${randomBytes(6).toString('hex')}`;
  const [patient, doctor] = [await signIn('lucia'), await signIn('tomas')];
  const word = (what) => `${root} ${what}`;
  const { id: direct } = await http('POST', '/api/conversations', patient, { userId: user('tomas').id }).then((a) => a.body);
  const { id: prescription } = await done(201, 'POST', '/api/records', doctor, { patientId: user('lucia').id, prescription: { medications: [{ medication: word('drug'), dosage: '1', frequency: '1' }], notes: word('notes') } });
  const { id: exam } = await done(201, 'POST', '/api/records', doctor, { patientId: user('lucia').id, exam: { exam: word('exam'), date: '2026-03-01', values: [{ name: word('value'), value: '1' }], conclusion: word('conclusion') } });
  const ids = [direct, prescription, exam];
  const list = ids.map((id) => `'${id}'`).join();
  const post = (id, token, text, fileIds) => done(201, 'POST', `/api/conversations/${id}/messages`, token, { content: text, fileIds });
  const upload = async (id, n) => {
    const bytes = Buffer.from(`%PDF-1.7\n1 0 obj\n<< /Title (${word(`inside ${n}`)}) >>\nendobj\ntrailer\n<< >>\n%%EOF\n`);
    const prepared = await done(201, 'POST', `/api/conversations/${id}/files/prepare`, patient, { filename: `${word(`file ${n}`)}.pdf`, mimeType: 'application/pdf', sizeBytes: bytes.length });
    await done(200, 'PUT', prepared.uploadUrl, undefined, bytes);
    return prepared.fileId;
  };
  const before = objects();
  const deleted = [];
  for (const id of ids) {
    for (let i = 0; i < messages; i++) await post(id, i % 2 ? doctor : patient, word(`said ${i}`));
    for (let i = 0; i < files; i++) await post(id, patient, word(`caption ${i}`), [await upload(id, i)]);
    const edited = await post(id, patient, word('first version'));
    await done(200, 'PATCH', `/api/conversations/${id}/messages/${edited.id}`, patient, { content: word('second version') });
    await done(200, 'PUT', `/api/conversations/${id}/messages/${edited.id}/reactions/${encodeURIComponent('👍')}`, doctor);
    await done(200, 'POST', `/api/conversations/${id}/read`, doctor);
    const gone = await post(id, patient, word('to be deleted'), [await upload(id, 'to be deleted')]);
    deleted.push(gone.id);
  }
  say(`${count(`select count(*) from messages where conversation_id in (${list})`)} messages, ${objects() - before} files`);

  // What stands in the stores of what is sealed: bodies, versions, labels, records.
  const sealed = (where) => sql(`
    select encode(body, 'hex') from messages where body is not null and ${where('conversation_id', 'id')}
    union all select encode(sealed, 'hex') from files where ${where('conversation_id', 'message_id')}`);
  const ofDeleted = sealed((_, message) => `${message} in (${deleted.map((id) => `'${id}'`).join()})`);
  assert.equal(ofDeleted.length, 2 * ids.length);
  const hex = Buffer.from(root).toString('hex');
  const wide = Buffer.from(root, 'utf16le');
  const findNothing = (when, ciphertexts) => {
    const all = dump();
    for (const needle of [root, hex]) assert.ok(!all.includes(needle), `${when}: the dump has what was planted`);
    for (const one of ciphertexts) assert.ok(!all.includes(one), `${when}: the dump has a sealed row`);
    let looked = 0;
    for (const path of filesOf(data)) {
      const bytes = readFileSync(path);
      looked++;
      assert.ok(!bytes.includes(root) && !bytes.includes(wide), `${when}: ${path} has what was planted`);
    }
    log += server.log();
    assert.ok(!log.includes(root), `${when}: the log has what was planted`);
    say(`${when}: nothing in a dump of ${(all.length / 1e6).toFixed(1)} MB, ${looked} files and ${log.length} characters of log`);
  };
  findNothing('while all is kept', []);
  const keptBefore = objects();
  for (const [i, id] of ids.entries()) await done(200, 'DELETE', `/api/conversations/${id}/messages/${deleted[i]}`, patient);
  assert.equal(objects(), keptBefore - ids.length);
  await until(() => count('select count(*) from doomed_objects') === 0, 'the bytes of deleted files are gone');
  findNothing('after deleting', ofDeleted);

  // Eight years later. The clock of the sweep has gone on evenly meanwhile.
  const all = sealed((conversation) => `${conversation} in (${list})`).concat(sql(`select encode(body, 'hex') from clinical_record_versions where record_id in (${list})`), sql(`select encode(wrapped, 'hex') from keys.data_keys where owner_id in (${list})`));
  sql(`
    update conversations set created_at = created_at - interval '8 years', last_message_at = last_message_at - interval '8 years' where id in (${list});
    update clinical_record_versions set created_at = created_at - interval '8 years' where record_id in (${list});
    insert into retention_clock (looked_at, waits_since) values (now(), now() - interval '30 days') on conflict (singleton) do update set looked_at = now(), waits_since = now() - interval '30 days';
    create function wait_here() returns trigger language plpgsql as $f$ begin perform pg_sleep(600); return old; end $f$;`);
  log += server.log();
  for (const table of stops) {
    // Whoever erases a row of this table stands still there.
    sql(`create trigger wait_here before delete on ${table} for each row execute function wait_here()`);
    await server.kill();
    server = await serve(data, { env });
    await until(() => count("select count(*) from pg_stat_activity where wait_event = 'PgSleep'") > 0, `erasing has come to ${table}`, 60);
    // The key went first: what is still there is nobody's any more.
    const begun = sql('select conversation_id from purges');
    assert.ok(begun.length > 0);
    assert.equal(count(`select count(*) from keys.data_keys where owner_id in (${begun.map((id) => `'${id}'`).join()})`), 0);
    assert.ok(count(`select count(*) from ${table === 'conversations' || table === 'clinical_records' ? `${table} where id` : table === 'clinical_record_versions' ? `${table} where record_id` : `${table} where conversation_id`} in (${list})`) > 0);
    const token = await signIn('lucia');
    for (const id of begun) assert.equal((await http('GET', `/api/conversations/${id}/messages`, token)).status, 404);
    log += server.log();
    await server.kill();
    sql(`select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep'; drop trigger wait_here on ${table}`);
    say(`killed at ${table}: ${begun.length} begun, ${count(`select count(*) from messages where conversation_id in (${list})`)} messages still there`);
  }
  sql('drop function wait_here()');
  server = await serve(data, { env });
  await until(() => count(`select count(*) from conversations where id in (${list})`) === 0 && count('select count(*) from purges') === 0, 'all is erased', 60);
  assert.equal(objects(), before);
  assert.deepEqual(sql('select sum(conversations), sum(records) from retention_reports'), ['3|2']);
  findNothing('after erasing', all);
  // Others' conversations are as they were.
  const token = await signIn('nadia');
  assert.ok((await done(200, 'GET', '/api/conversations', token)).items.length > 0);
  assert.ok(existsSync(join(data, 'mail')));
  await server.stop();
}
