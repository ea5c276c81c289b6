// An installation of a test's own: a data folder, the server on it when it runs, and the commands beside it.
import { spawn } from 'node:child_process';
import { existsSync, lstatSync, mkdtempSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const running = new Set();

export const newFolder = (name) => mkdtempSync(join(tmpdir(), `colloque-${name}-`));

/** A command of the server's program; its end, and what it said. With `killWhen`, it is killed `more` milliseconds after that is first true. */
export function command(args, { env = {}, killWhen, more = 0 } = {}) {
  const child = spawn('dotnet', [process.env.COLLOQUE_BUILT, ...args], { env: { ...process.env, Limits__Enabled: 'false', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
  const watch = () => {
    if (!running.has(child)) return;
    if (killWhen()) setTimeout(() => child.kill('SIGKILL'), more);
    else setImmediate(watch);
  };
  if (killWhen) watch();
  return new Promise((ended) =>
    child.once('close', (code, signal) => {
      running.delete(child);
      ended({ code, signal, said });
    }),
  );
}

/** A server on a folder; `stop` ends it in good order, `kill` as a power cut would. */
export async function serve(data, { args = [], env = {} } = {}) {
  const child = spawn('dotnet', [process.env.COLLOQUE_BUILT, ...args, '--data', data, '--urls', 'http://127.0.0.1:0'], {
    env: { ...process.env, Limits__Enabled: 'false', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  const ended = new Promise((done) => child.once('exit', done));
  let log = '';
  const url = await new Promise((found, failed) => {
    child.stdout.setEncoding('utf8').on('data', (text) => {
      log += text;
      const ready = /Colloque is ready at (\S+)/.exec(log);
      if (ready) found(ready[1]);
    });
    child.once('exit', (code) => failed(new Error(`The server ended with ${code}:\n${log}`)));
  });
  return {
    url,
    log: () => log,
    kill: async () => {
      running.delete(child);
      child.kill('SIGKILL');
      await ended;
    },
    stop: async () => {
      running.delete(child);
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Removes a data folder, and the cluster that its links lead to. */
export function destroy(data) {
  for (const name of ['postgres', 'run', 'postgres.conf.d']) {
    const link = join(data, name);
    if (!existsSync(data) || !lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink()) continue;
    const target = readlinkSync(link);
    if (/^\/(var\/lib\/colloque|tmp)\//.test(target)) rmSync(dirname(target).startsWith('/var/lib/colloque/') ? dirname(target) : target, { recursive: true, force: true });
  }
  rmSync(data, { recursive: true, force: true });
}

/** Ends whatever a failed test left running. */
export const endAll = () => running.forEach((child) => child.kill('SIGTERM'));
