import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { destroy, endAll, newFolder, serve } from '../support/installation.mjs';

const folder = newFolder('audit-killed');
const data = join(folder, 'data');
const env = { SecondFactor__RequiredFor: '' };

after(() => {
  endAll();
  destroy(data);
  destroy(folder);
});

test('what was answered is in the audit, though the server was killed the next instant', async () => {
  let server = await serve(data, { args: ['--demo'], env });
  const demo = JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8'));
  const http = async (method, path, { token, body } = {}) => {
    const response = await fetch(server.url + path, {
      method,
      headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text };
  };
  const user = (name) => demo.users.find((u) => u.email.startsWith(name));
  const login = (name) => http('POST', '/api/auth/login', { body: { email: user(name).email, password: user(name).password } });

  const tokens = {};
  for (const name of ['nadia', 'amina']) tokens[name] = (await login(name)).body.accessToken;
  const since = new Date().toISOString();
  // One of each kind that must not be lost; the process is gone before the quarter of a second that others may wait is over.
  const answers = await Promise.all([
    login('helene'),
    http('PATCH', '/api/auth/me', { token: tokens.nadia, body: { language: 'es' } }),
    http('GET', '/api/practitioners/me/export-billing', { token: tokens.amina }),
  ]);
  await server.kill();
  assert.deepEqual(answers.map((a) => a.status), [200, 200, 200]);

  server = await serve(data, { env });
  const { body } = await http('GET', `/api/super-admin/audit-logs?from=${since}`, { token: (await login('operator')).body.accessToken });
  const rows = body.items.filter((row) => row.outcome === 'ok' && row.actor.role !== 'SUPER_ADMIN').map((row) => `${row.action} ${row.resource} ${row.actor.role}`);
  assert.deepEqual(rows.sort(), ['EXPORT report PRACTITIONER', 'LOGIN account ADMIN_RH', 'UPDATE account EMPLOYEE']);
  await server.stop();
});
