import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { assertProblem, eventually, importCsv, remove, unique } from '../support/people.mjs';
import { demo, get, http, post, signIn, url } from '../support/server.mjs';

let token;
before(async () => {
  token = await signIn('helene');
});

const count = async (word) => (await get(`/api/employees?search=${word}&limit=100`, token)).body.items.length;
const figures = ({ total, created, updated, unchanged, failed }) => ({ total, created, updated, unchanged, failed });
const rows = (word, n, line = (i) => `p${i}-${word}@tilleuls.example,Prénom ${i},Nom ${word}`) => Array.from({ length: n }, (_, i) => line(i)).join('\r\n');

test('a list is looked at first, takes effect next, and changes nothing the third time', async () => {
  const word = unique();
  const csv = `e-mail,prénom,nom,service\r\n${rows(word, 3, (i) => `p${i}-${word}@tilleuls.example,Ana ${i},${word},Soins`)}\r\n`;
  const dry = await importCsv(token, csv, '?dryRun=true');
  assert.equal(dry.status, 200, JSON.stringify(dry.body));
  assert.deepEqual(Object.keys(dry.body).sort(), ['created', 'dryRun', 'errors', 'failed', 'ignoredColumns', 'importId', 'reportUrl', 'total', 'unchanged', 'updated']);
  assert.equal(dry.body.dryRun, true);
  assert.deepEqual(figures(dry.body), { total: 3, created: 3, updated: 0, unchanged: 0, failed: 0 });
  assert.equal(await count(word), 0);
  assert.deepEqual(figures((await importCsv(token, csv)).body), { total: 3, created: 3, updated: 0, unchanged: 0, failed: 0 });
  assert.equal(await count(word), 3);
  assert.deepEqual(figures((await importCsv(token, csv)).body), { total: 3, created: 0, updated: 0, unchanged: 3, failed: 0 });
  const changed = csv.replace('Ana 1', 'Inés').replace(`Ana 2,${word},Soins`, `,${word},`);
  assert.deepEqual(figures((await importCsv(token, changed)).body), { total: 3, created: 0, updated: 1, unchanged: 2, failed: 0 });
  const { items } = (await get(`/api/employees?search=${word}&sort=email`, token)).body;
  assert.deepEqual(items.map((e) => [e.firstName, e.department, e.status]), [['Ana 0', 'Soins', 'INVITED'], ['Inés', 'Soins', 'INVITED'], ['Ana 2', 'Soins', 'INVITED']]);
  await eventually('the invitations', async () => (await get(`/api/employees?search=${word}`, token)).body.items.every((e) => e.invitedAt));
});

test('headings are understood in three languages, separators and encodings are found', async () => {
  const lists = {
    comma: ['email,firstName,lastName,position,phone,language', (w) => `a-${w}@t.example,José,Núñez ${w},Chef,+33 1,es`],
    semicolon: ['Courriel;Prénom;Nom de famille;Poste;Téléphone;Langue', (w) => `a-${w}@t.example;José;"Núñez ${w}";Chef;+33 1 00;español`],
    tab: ['Correo electrónico\tNombre\tApellidos\tPuesto\tTeléfono\tIdioma', (w) => `a-${w}@t.example\tJosé\tNúñez ${w}\tChef\t+33 1 00\tes-ES`],
    pipe: ['E-MAIL|First Name|LAST_NAME|Job title|Phone number|Lang', (w) => `a-${w}@t.example|José|Núñez ${w}|Chef|+33 1 00|Spanish`],
  };
  const encodings = { utf8: (t) => Buffer.from(t, 'utf8'), bom: (t) => Buffer.from(`\ufeff${t}`, 'utf8'), latin: (t) => Buffer.from(t, 'latin1') };
  for (const [name, [heading, line]] of Object.entries(lists)) {
    for (const [encoding, encode] of Object.entries(encodings)) {
      for (const end of ['\r\n', '\n', '\r']) {
        const word = unique();
        const answer = await importCsv(token, encode(`${heading}${end}${line(word)}${end}${end}`), '?invite=false');
        assert.deepEqual(figures(answer.body), { total: 1, created: 1, updated: 0, unchanged: 0, failed: 0 }, `${name} ${encoding} ${JSON.stringify(answer.body)}`);
        const { items } = (await get(`/api/employees?search=${word}`, token)).body;
        assert.deepEqual([items[0].firstName, items[0].lastName, items[0].position, items[0].language], ['José', `Núñez ${word}`, 'Chef', 'es'], `${name} ${encoding}`);
      }
    }
  }
});

test('Windows-1252 has its own signs, and one file is not of two encodings', async () => {
  const word = unique();
  const windows = Buffer.concat([Buffer.from(`email;prenom;nom\n`), Buffer.from(`a-${word}@t.example;`), Buffer.from([0x8c]), Buffer.from(`uvre;O`), Buffer.from([0x92]), Buffer.from(`Hara ${word}\n`)]);
  assert.equal((await importCsv(token, windows)).body.created, 1);
  const { items } = (await get(`/api/employees?search=${word}`, token)).body;
  assert.deepEqual([items[0].firstName, items[0].lastName], ['Œuvre', `O’Hara ${word}`]);
  assert.equal((await get(`/api/employees?search=oeuvre ${word}`, token)).body.items.length, 1);
  const mixed = Buffer.concat([Buffer.from(`email;prenom;nom\nb-${word}@t.example;Zoé;A\nc-${word}@t.example;Zo`), Buffer.from([0xe9]), Buffer.from(';B\n')]);
  assertProblem(await importCsv(token, mixed), 422, 'mixed_encoding', 'rows[3]');
  assertProblem(await importCsv(token, Buffer.from(`\ufeffemail\n`, 'utf16le')), 422, 'unsupported_encoding', 'rows[1]');
  assert.equal(await count(`b-${word}`), 0);
});

test('quotes hold separators, line ends and quotes; rows are counted as a spreadsheet counts them', async () => {
  const word = unique();
  const csv = `email,first name,last name,department\n"a-${word}@t.example","Jean, dit ""Jo""",${word},"R&D"\n\nbad,X,${word},\n`;
  const answer = await importCsv(token, csv, '?invite=false');
  assert.deepEqual(figures(answer.body), { total: 2, created: 1, updated: 0, unchanged: 0, failed: 1 });
  assert.deepEqual(answer.body.errors.map(({ row, field, code }) => ({ row, field, code })), [{ row: 4, field: 'email', code: 'invalid' }]);
  assert.ok(answer.body.errors[0].message.length > 5);
  assert.equal((await get(`/api/employees?search=${word}`, token)).body.items[0].firstName, 'Jean, dit "Jo"');
  const broken = await importCsv(token, `email,first name,last name,department\nc-${word}@t.example,"two\nlines",${word},\n`);
  assert.deepEqual(broken.body.errors.map(({ row, field, code }) => ({ row, field, code })), [{ row: 2, field: 'firstName', code: 'invalid' }]);
  assert.equal((await importCsv(token, `sep=;\nemail;first name;last name\nd-${word}@t.example;A,B;${word}\n`)).body.created, 1);
});

test('a malformed list is refused with the row\'s number, and nothing of it takes effect', async () => {
  const word = unique();
  const good = `email,firstName,lastName\n${rows(word, 1500)}\n`;
  const cases = [
    [`${good}x-${word}@t.example,"un"closed,B\n`, 'malformed_quoting', 1502], [`${good}x-${word}@t.example,a"b,B\n`, 'malformed_quoting', 1502],
    [`${good}"x-${word}@t.example,A,B\n`, 'malformed_quoting', 1502], [`${good}x,A,${'b'.repeat(10_001)}\n`, 'cell_too_long', 1502],
    [`${good}x,A,"${'b'.repeat(10 * 1024 * 1024)}"\n`, 'cell_too_long', 1502], [`${good}${'x,'.repeat(300)}\n`, 'too_many_columns', 1502], [`${good}x-${word}@t.example,A\u0000,B\n`, 'not_text', 1502],
  ];
  for (const [csv, code, row] of cases) {
    assertProblem(await importCsv(token, csv), 422, code, `rows[${row}]`);
    assert.equal(await count(word), 0);
  }
  assertProblem(await importCsv(token, 'name,first\na,b\n'), 422, 'column_missing', 'email');
  assertProblem(await importCsv(token, ''), 422, 'column_missing', 'email');
  assertProblem(await importCsv(token, 'email,courriel\na,b\n'), 422, 'column_repeated', 'email');
  assertProblem(await importCsv(token, good, '?delimiter=x'), 422, 'invalid', 'delimiter');
  assertProblem(await importCsv(token, good, '?dryRun=1'), 422, 'invalid', 'dryRun');
  const { items } = (await get('/api/employees/imports', token)).body;
  assert.ok(items.every((i) => !['READING', 'STORING'].includes(i.status)));
  const refused = items.find((i) => i.error === 'too_many_columns');
  assert.deepEqual([refused.status, refused.errorRow], ['FAILED', 1502]);
});

test('each row that is refused says why, and the others take effect', async () => {
  const word = unique();
  const amina = demo.users.find((u) => u.email.startsWith('amina')).email;
  const csv = ['email,firstName,lastName,phone,language', `a-${word}@t.example,A,${word},,`, `A-${word}@T.example,B,${word},,`, `,B,${word},,`, `b-${word}@t.example,,${word},,`, `c-${word}@t.example,C,,,`,
    `d-${word}@t.example,D,${word},call me,`, `e-${word}@t.example,E,${word},,klingon`, `f-${word}@t.example,F,${word},,,extra`, `${amina},G,${word},,`, `h-${word}@t.example,${'h'.repeat(101)},${word},,`, ',,,,', `i-${word}@t.example,I,${word}`].join('\n');
  const { body } = await importCsv(token, csv, '?invite=false');
  assert.deepEqual(figures(body), { total: 11, created: 2, updated: 0, unchanged: 0, failed: 9 });
  assert.deepEqual(body.errors.map((e) => [e.row, e.field, e.code]), [
    [3, 'email', 'duplicate_row'], [4, 'email', 'required'], [5, 'firstName', 'required'], [6, 'lastName', 'required'], [7, 'phoneNumber', 'invalid'], [8, 'language', 'invalid'],
    [9, 'row', 'too_many_cells'], [10, 'email', 'email_taken'], [11, 'firstName', 'too_long'],
  ]);
  const report = await get(body.reportUrl, token);
  assert.equal(report.status, 200);
  assert.match(report.type, /^text\/csv/);
  assert.match(report.headers.get('content-disposition'), /attachment/);
  const lines = report.body.replace(/^\ufeff/, '').trim().split('\r\n');
  assert.equal(lines.length, 12);
  assert.equal(lines[0], 'row,email,outcome,field,code,message');
  assert.equal(lines[1], `2,a-${word}@t.example,created,,,`);
  assert.match(lines[2], /^3,a-.*,failed,email,duplicate_row,/);
});

test('what a spreadsheet would run leaves with an apostrophe, and comes back without', async () => {
  const word = unique();
  await importCsv(token, `email,firstName,lastName,phone,department\n=cmd-${word}@t.example,+A,@${word},+33 1 23,"=HYPERLINK(""x"")"\n`, '?invite=false');
  const exported = await get('/api/employees/export', token);
  assert.equal(exported.status, 200);
  const line = exported.body.split('\r\n').find((l) => l.includes(word));
  assert.ok(line.startsWith(`'=cmd-${word}@t.example,'+A,'@${word},"'=HYPERLINK(""x"")",,'+33 1 23,fr,INVITED,`), line);
  assert.deepEqual(figures((await importCsv(token, `${exported.body.split('\r\n')[0]}\r\n${line}\r\n`)).body), { total: 1, created: 0, updated: 0, unchanged: 1, failed: 0 });
  const injected = await importCsv(token, `email,firstName,lastName\n"=1+1|cmd",A,B\n`);
  const report = await get(injected.body.reportUrl, token);
  assert.ok(report.body.split('\r\n')[1].startsWith(`2,"'=1+1|cmd",failed`), report.body);
});

test('a form with a file is a list too; anything else is none', async () => {
  const word = unique();
  const form = new FormData();
  form.append('note', 'x');
  form.append('file', new Blob([`email,firstName,lastName\na-${word}@t.example,A,${word}\n`], { type: 'application/vnd.ms-excel' }), 'list.csv');
  const answer = await fetch(`${url}/api/employees/import?invite=false`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: form });
  assert.equal(answer.status, 200);
  assert.equal((await answer.json()).created, 1);
  const empty = new FormData();
  empty.append('note', 'x');
  assert.equal((await fetch(`${url}/api/employees/import`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: empty })).status, 422);
  assertProblem(await http('POST', '/api/employees/import', { token, raw: 'email\n', headers: { 'content-type': 'application/json' } }), 415, 'unsupported_media_type');
});

test('two lists of one organization wait for each other\'s end, and one under way is cancelled', async () => {
  const word = unique();
  let send;
  const body = new ReadableStream({ start: (controller) => (send = (text) => controller.enqueue(new TextEncoder().encode(text))) , cancel: () => {} });
  const first = fetch(`${url}/api/employees/import?invite=false`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' }, body, duplex: 'half' });
  send(`email,firstName,lastName\n${rows(word, 1001)}\n`);
  const running = await eventually('the first thousand rows', async () => (await get('/api/employees/imports', token)).body.items.find((i) => i.status === 'READING' && i.rowsRead >= 1000));
  assertProblem(await importCsv(token, 'email,firstName,lastName\n'), 409, 'import_under_way');
  assert.equal((await get(`/api/employees/imports/${running.id}`, token)).body.rowsRead, 1000);
  assert.equal(await count(word), 0);
  assert.equal((await remove(`/api/employees/imports/${running.id}`, token)).status, 202);
  send(rows(unique(), 1001));
  const answer = await first;
  assert.equal(answer.status, 409);
  assert.equal((await answer.json()).code, 'import_cancelled');
  assert.equal((await get(`/api/employees/imports/${running.id}`, token)).body.status, 'CANCELLED');
  assertProblem(await remove(`/api/employees/imports/${running.id}`, token), 409, 'import_ended');
  assert.equal(await count(word), 0);
});

test('a sender who goes away leaves nothing behind, and the next list is read', async () => {
  const word = unique();
  const gone = new AbortController();
  let send;
  const body = new ReadableStream({ start: (controller) => (send = (text) => controller.enqueue(new TextEncoder().encode(text))) });
  const first = fetch(`${url}/api/employees/import`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' }, body, duplex: 'half', signal: gone.signal }).catch(() => {});
  send(`email,firstName,lastName\n${rows(word, 1001)}\n`);
  const running = await eventually('the first thousand rows', async () => (await get('/api/employees/imports', token)).body.items.find((i) => i.status === 'READING' && i.rowsRead >= 1000));
  gone.abort();
  await first;
  await eventually('its end', async () => (await get(`/api/employees/imports/${running.id}`, token)).body.status === 'FAILED');
  assert.equal(await count(word), 0);
  assert.equal((await importCsv(token, `email,firstName,lastName\n${rows(word, 2)}\n`, '?invite=false')).body.created, 2);
});

test('lists are of one organization: others\' and absent ones answer alike', async () => {
  for (const tail of ['', '/report']) assertProblem(await get(`/api/employees/imports/01900000-0000-7000-8000-000000000000${tail}`, token), 404, 'not_found');
  assertProblem(await remove('/api/employees/imports/01900000-0000-7000-8000-000000000000', token), 404, 'not_found');
  assertProblem(await get('/api/employees/imports/x', token), 422, 'invalid', 'id');
  assertProblem(await post('/api/employees/import', undefined, {}), 401, 'unauthenticated');
});
