import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { command } from '../support/installation.mjs';
import { startServer } from '../support/own-server.mjs';
import { assertProblem, eventually } from '../support/people.mjs';
import { http } from '../support/server.mjs';

// Two months ago, and the month before that: load-data --past puts visits there, of 6, 5, 5 and 4 people.
const monthAgo = (n) => new Date(Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth() - n, 1)).toISOString().slice(0, 7);
const [present, recent, earlier] = [monthAgo(0), monthAgo(2), monthAgo(3)];
const sizes = [6, 5, 5, 4];
const minutes = (people) => 2 * Array.from({ length: people }, (_, i) => 30 + i).reduce((a, b) => a + b, 0);
const folder = mkdtempSync(join(tmpdir(), 'colloque-past-'));
let people;
let server;

// A server of its own: whoever asks for a month that is over freezes it, and here that must be these tests.
before(async () => {
  server = await startServer(join(folder, 'data'));
  const filled = await command(['load-data', '--consultations', '0', '--past', sizes.join(), '--out', folder, '--data', server.data]);
  assert.equal(filled.code, 0, filled.said);
  people = readFileSync(join(folder, 'past.tsv'), 'utf8').trim().split('\n').map((line) => {
    const [kind, organization, id, token] = line.split('\t');
    return { kind, organization: Number(organization), id, token };
  });
});
after(async () => {
  await server.end();
  rmSync(folder, { recursive: true });
});

const get = (path, bearer) => http('GET', server.url + path, { token: bearer });
const put = (path, bearer, body) => http('PUT', server.url + path, { token: bearer, body });
const token = (kind, organization) => people.find((p) => p.kind === kind && p.organization === organization).token;
const admin = (organization) => token('OrganizationAdmin', organization);

/** A CSV, as bytes and as an independent reader has it: with its mark, strict about quotes and line ends. */
async function csv(path, bearer, language) {
  const response = await fetch(server.url + path, { headers: { authorization: `Bearer ${bearer}`, ...(language ? { 'accept-language': language } : {}) } });
  assert.equal(response.status, 200, path);
  assert.match(response.headers.get('content-type'), /^text\/csv; charset=utf-8$/);
  assert.match(response.headers.get('content-disposition'), /^attachment; filename=[\w.-]+\.csv/);
  const bytes = Buffer.from(await response.arrayBuffer());
  assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
  const text = bytes.subarray(3).toString();
  assert.ok(text.endsWith('\r\n') && !/(?<!\r)\n/.test(text));
  const rows = parse(text, { record_delimiter: '\r\n', relax_column_count: false });
  for (const cell of rows.flat()) assert.doesNotMatch(cell, /^[=+\-@\t\r]/);
  return { text, head: rows[0], rows: rows.slice(1) };
}

test('an organization sees a closed month by person: how often, how long, and nothing else', async () => {
  const { body } = await get(`/api/reports/employee-usage?period=${recent}`, admin(1));
  assert.deepEqual(Object.keys(body).sort(), ['closed', 'items', 'period', 'totals', 'withheld']);
  assert.deepEqual([body.period, body.closed, body.withheld, body.totals], [recent, true, false, { consultationCount: 12, totalDurationMinutes: minutes(6) }]);
  assert.equal(body.items.length, 6);
  for (const line of body.items) assert.deepEqual(Object.keys(line).sort(), ['consultationCount', 'employeeId', 'employeeName', 'period', 'totalDurationMinutes']);
  assert.deepEqual(body.items.map((l) => l.totalDurationMinutes).sort(), [60, 62, 64, 66, 68, 70]);
  assert.equal(body.items.reduce((sum, l) => sum + l.totalDurationMinutes, 0), body.totals.totalDurationMinutes);

  const [one] = body.items;
  for (const path of [`/api/reports/employee-usage/${one.employeeId}`, `/api/employees/${one.employeeId}/usage-stats`]) {
    const own = await get(path, admin(1));
    assert.deepEqual(own.body.items.filter((l) => l.period === recent), [one]);
    assert.equal((await get(path, admin(2))).status, 404);
  }
});

test('of fewer than five people there is no total, and of a month that is not over nothing', async () => {
  const small = await get(`/api/reports/employee-usage?period=${recent}`, admin(4));
  assert.deepEqual([small.body.items.length, small.body.totals, small.body.withheld], [4, null, true]);
  const open = await get(`/api/reports/employee-usage?period=${present}`, admin(1));
  assert.deepEqual(open.body, { period: present, closed: false, items: [], totals: null, withheld: false });
  assertProblem(await get(`/api/reports/export-csv?period=${present}`, admin(1)), 409, 'period_not_closed');
  for (const wrong of ['2025-13', '2025-1', 'now', '2025-01-01']) assertProblem(await get(`/api/reports/employee-usage?period=${wrong}`, admin(1)), 422, 'invalid', 'period');
});

test('an organization that wants totals gets no line, from the first month on in which it said so', async () => {
  const changed = await put('/api/companies/me', admin(2), { usageReport: 'TOTALS_ONLY', timeZone: 'Europe/Madrid' });
  assert.deepEqual([changed.body.usageReport, changed.body.timeZone], ['TOTALS_ONLY', 'Europe/Madrid']);
  const { body } = await get(`/api/reports/employee-usage?period=${recent}`, admin(2));
  assert.deepEqual([body.items, body.totals], [[], { consultationCount: 10, totalDurationMinutes: minutes(5) }]);
  const { rows } = await csv(`/api/reports/export-csv?period=${recent}`, admin(2), 'en');
  assert.deepEqual(rows, [['', 'Everyone', recent, '10', String(minutes(5)), '']]);
  assertProblem(await put('/api/companies/me', admin(2), { usageReport: 'ALL' }), 422, 'invalid', 'usageReport');
  assertProblem(await put('/api/companies/me', admin(2), { timeZone: 'Europe/Nowhere' }), 422, 'time_zone_unknown', 'timeZone');
  const company = people.find((p) => p.kind === 'Organization' && p.organization === 3).id;
  assertProblem(await put(`/api/companies/${company}`, token('PlatformAdmin', 0), { usageReport: 'OFF' }), 403, 'usage_report_set_by_organization');
});

test('two exports of a month are the same bytes, whoever was let go in between and whatever was chosen', async () => {
  const before = await csv(`/api/reports/export-csv?period=${recent}`, admin(3), 'es');
  assert.deepEqual(before.head, ['Identificador', 'Persona', 'Mes', 'Consultas', 'Minutos', 'Nota']);
  assert.equal(before.rows.length, 5);
  // A name that begins a formula shows, and does not run.
  assert.ok(before.rows.some((r) => r[1] === `'=HYPERLINK("x","y") Formula`));
  const { body } = await get('/api/employees?limit=100', admin(3));
  assert.equal((await put(`/api/employees/${body.items[0].id}/deactivate`, admin(3), {})).status, 200);
  assert.equal((await put('/api/companies/me', admin(3), { usageReport: 'OFF' })).status, 200);
  assert.equal((await csv(`/api/reports/export-csv?period=${recent}`, admin(3), 'es')).text, before.text);
  assert.deepEqual((await get(`/api/reports/employee-usage?period=${recent}`, admin(3))).body.totals, { consultationCount: 10, totalDurationMinutes: minutes(5) });
  // Each export is in the organization's own audit.
  await eventually('the export in the audit', async () => {
    const { body: log } = await get('/api/companies/me/audit-logs?action=EXPORT&resource=report', admin(3));
    return log.items.length >= 2;
  });
});

test('a practitioner counts their own visits, and bills them without a word of the patients', async () => {
  const own = token('Practitioner', 1);
  const { body } = await get(`/api/reports/practitioner-stats?from=${earlier}&to=${recent}`, own);
  assert.equal(body.timeZone, 'Europe/Paris');
  assert.deepEqual(body.months, [
    { period: earlier, count: 5, plannedMinutes: 250, actualMinutes: 250, noShows: 0, cancelled: 0 },
    { period: recent, count: 12, plannedMinutes: minutes(6), actualMinutes: minutes(6), noShows: 1, cancelled: 1 },
  ]);
  assert.deepEqual(body.totals, { count: 17, plannedMinutes: 250 + minutes(6), actualMinutes: 250 + minutes(6), noShows: 1, cancelled: 1 });
  assert.deepEqual((await get(`/api/practitioners/me/usage-stats?from=${earlier}-15&to=${recent}-01`, own)).body, body);
  assertProblem(await get(`/api/practitioners/me/usage-stats?from=${recent}&to=${earlier}`, own), 422, 'invalid', 'from');

  const billed = (await get(`/api/reports/practitioner-billing?period=${recent}`, own)).body;
  assert.deepEqual([billed.closed, billed.items.length, billed.totals], [true, 12, { count: 12, plannedMinutes: minutes(6), actualMinutes: minutes(6) }]);
  assert.deepEqual(billed.items[0], { date: `${recent}-03`, format: 'VIDEO', plannedMinutes: 30, actualMinutes: 30 });
  // Nothing is said of a language: the practitioner's own counts.
  for (const path of ['reports/practitioner-export-csv', 'practitioners/me/export-billing']) {
    const { head, rows, text } = await csv(`/api/${path}?period=${recent}`, own);
    assert.deepEqual(head, ['Date', 'Format', 'Minutes prévues', 'Minutes réelles']);
    assert.deepEqual(rows.map((r) => r[3]), billed.items.map((i) => String(i.actualMinutes)));
    assert.deepEqual(rows[0], [`${recent}-03`, 'Vidéo', '30', '30']);
    assert.doesNotMatch(text, /Person|HYPERLINK|[0-9a-f]{8}-/);
  }
});

test('the platform bills organizations, and its own figures give no small group away', async () => {
  const platform = token('PlatformAdmin', 0);
  const { head, rows } = await csv(`/api/reports/export-billing?period=${recent}`, platform, 'fr');
  assert.deepEqual(head, ['Identifiant', 'Organisation', 'Mois', 'Consultations', 'Minutes', 'Remarque']);
  const of = (organization) => rows.find((r) => r[0] === people.find((p) => p.kind === 'Organization' && p.organization === organization).id).slice(2);
  assert.deepEqual(of(1), [recent, '12', String(minutes(6)), '']);
  assert.deepEqual(of(2), [recent, '10', String(minutes(5)), '']);
  assert.deepEqual(of(4), [recent, '', '', 'Non communiqué : moins de cinq personnes']);
  assertProblem(await get(`/api/reports/export-billing?period=${present}`, platform), 409, 'period_not_closed');

  const kpis = (await get('/api/reports/platform-kpis', platform)).body;
  assert.equal(kpis.months.length, 12);
  const month = kpis.months.find((m) => m.period === recent);
  assert.deepEqual(month, { period: recent, consultationCount: 32, totalDurationMinutes: minutes(6) + 2 * minutes(5), withheld: false });
  assert.equal(kpis.completedConsultations % 10, 0);
  assert.deepEqual(Object.keys((await get('/api/admin-huntzen/kpis', platform)).body).sort(), Object.keys(kpis).sort());
});

test('everybody else is told no', async () => {
  const some = people.find((p) => p.kind === 'Patient').id;
  const routes = {
    Practitioner: ['reports/practitioner-stats', 'reports/practitioner-billing', 'reports/practitioner-export-csv', 'practitioners/me/usage-stats', 'practitioners/me/export-billing'],
    OrganizationAdmin: ['reports/employee-usage', `reports/employee-usage/${some}`, `employees/${some}/usage-stats`, 'reports/export-csv'],
    PlatformAdmin: ['reports/platform-kpis', 'reports/export-billing'],
  };
  const callers = { Patient: token('Patient', 1), Practitioner: token('Practitioner', 1), OrganizationAdmin: admin(1), PlatformAdmin: token('PlatformAdmin', 0) };
  for (const [role, paths] of Object.entries(routes)) {
    for (const [other, bearer] of Object.entries(callers).filter(([name]) => name !== role)) for (const path of paths) assert.equal((await get(`/api/${path}`, bearer)).status, 403, `${other} ${path}`);
    for (const path of paths) assert.equal((await get(`/api/${path}`)).status, 401, path);
  }
});

test('the staff list leaves by the same hand', async () => {
  const { head, rows } = await csv('/api/employees/export', admin(1));
  assert.equal(head[0], 'email');
  assert.equal(rows.length, 6);
});
