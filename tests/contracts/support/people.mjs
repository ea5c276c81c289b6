import assert from 'node:assert/strict';
import { http } from './server.mjs';

export const put = (path, token, body) => http('PUT', path, { token, body });
export const remove = (path, token) => http('DELETE', path, { token });

/** A word that no other test uses. */
export const unique = () => `${Date.now().toString(36)}${Math.floor(Math.random() * 1e6).toString(36)}`;

export function assertProblem(answer, status, code, field) {
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  assert.equal(answer.type, 'application/problem+json');
  assert.equal(answer.body.code, code);
  if (field) assert.ok(Array.isArray(answer.body.errors?.[field]), JSON.stringify(answer.body));
}

/** Asks again until it passes. */
export async function eventually(what, passes) {
  for (const end = Date.now() + 20_000; Date.now() < end; ) {
    const found = await passes();
    if (found) return found;
    await new Promise((again) => setImmediate(again));
  }
  throw new Error(`${what} did not come`);
}

/** A list of people, as text or bytes. */
export const importCsv = (token, csv, query = '') =>
  http('POST', `/api/employees/import${query}`, { token, raw: csv, headers: { 'content-type': 'text/csv' } });
