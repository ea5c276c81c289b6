// What the long checks stand on: a server on a folder of its own that can be killed and started again, people with tokens, and the database as its owner.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { command, destroy, newFolder } from '../support/installation.mjs';

const root = resolve(import.meta.dirname, '../../..');
process.env.COLLOQUE_BUILT ??= ['Release', 'Debug'].map((c) => join(root, 'src/Colloque.Server/bin', c, 'net10.0/Colloque.Server.dll')).find(existsSync);
if (!process.env.COLLOQUE_BUILT) throw new Error('Build src/Colloque.Server first.');

/** Whole numbers of the command line, by name: what is not given is as in `usual`. */
export function numbers(usual) {
  const { values } = parseArgs({ options: Object.fromEntries(Object.keys(usual).map((name) => [name, { type: 'string' }])) });
  return Object.fromEntries(Object.entries(usual).map(([name, number]) => [name, Number(values[name] ?? number)]));
}

const freePort = () => new Promise((found) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    probe.close(() => found(port));
  });
});

/** Waits; the server under test lives by the wall's clock, and so do the checks of it. */
export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
export const say = (...words) => console.log(new Date().toISOString().slice(11, 19), ...words);

/** A demo server; `people` pairs of a practitioner and a patient of one organization come with it, each with a visit under way that is ended first. */
export async function newWorld(name, people, settings) {
  const folder = newFolder(name);
  const data = join(folder, 'data');
  const url = `http://127.0.0.1:${await freePort()}`;
  const world = { data, url, log: '', starts: 0, child: undefined };

  world.start = async () => {
    const child = spawn('dotnet', [process.env.COLLOQUE_BUILT, '--demo', '--data', data, '--urls', url], { env: { ...process.env, Limits__Enabled: 'false', ...settings }, stdio: ['ignore', 'pipe', 'pipe'] });
    world.child = child;
    world.starts += 1;
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => { world.log += text; });
    for (;;) {
      if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}:\n${world.log.slice(-4000)}`);
      if ((await fetch(`${url}/readyz`).catch(() => undefined))?.status === 200) return;
      await sleep(50);
    }
  };
  world.end = async (signal) => {
    if (!world.child || world.child.exitCode !== null) return;
    const ended = new Promise((done) => world.child.once('exit', done));
    world.child.kill(signal);
    await ended;
  };
  /** Rows of text, by column, as the owner of the database sees them. */
  world.sql = (statement) => execFileSync('psql', ['-h', join(data, 'run'), '-U', 'postgres', '-d', 'colloque', '-XAtq', '-v', 'ON_ERROR_STOP=1'], { input: statement, encoding: 'utf8', maxBuffer: 1 << 28 })
    .split('\n').filter(Boolean).map((line) => line.split('|'));
  world.count = (statement) => Number(world.sql(statement)[0][0]);
  world.close = async () => {
    await world.end('SIGTERM');
    destroy(data);
    destroy(folder);
  };

  /** One request; the body read as JSON. */
  world.http = async (method, path, token, body, headers = {}) => {
    const answer = await fetch(url + path, {
      method,
      headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text.startsWith('{') ? JSON.parse(text) : text };
  };

  await world.start();
  const filled = await command(['load-data', '--consultations', String(people), '--out', folder, '--data', data]);
  if (filled.code !== 0) throw new Error(filled.said);
  world.pairs = readFileSync(join(folder, 'pairs.tsv'), 'utf8').trim().split('\n').map((line) => {
    const [id, practitioner, patient] = line.split('\t');
    return { id, practitioner, patient };
  });
  const ids = new Map(world.sql('select id, practitioner_id, patient_id, tenant_id from consultations').map(([id, ...rest]) => [id, rest]));
  for (const pair of world.pairs) [pair.practitionerId, pair.patientId, pair.tenantId] = ids.get(pair.id);
  return world;
}

/** Calls of at most `width` at a time. */
export async function each(list, width, work) {
  const rest = list.entries();
  await Promise.all(Array.from({ length: width }, async () => {
    for (const [i, item] of rest) await work(item, i);
  }));
}

/** The value that so many per cent of them do not exceed. */
export function percentile(values, percent) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil((percent / 100) * sorted.length) - 1)];
}
