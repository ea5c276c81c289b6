// A demo server of a test's own, with settings of its own.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that is gone after the test. */
export function temporaryFolder(t) {
  const folder = mkdtempSync(join(tmpdir(), 'colloque-own-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts a server on a folder (new or not). `end()` stops it as an operator would, `end('SIGKILL')` as a power cut would. */
export async function startServer(data, settings = {}) {
  const env = { ...process.env, Limits__Enabled: 'false', ...settings };
  const process_ = spawn('dotnet', [process.env.COLLOQUE_BUILT, '--demo', '--data', data, '--urls', 'http://127.0.0.1:0'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const server = { data, log: '' };
  const ended = new Promise((end) => process_.once('exit', end));
  server.end = async (signal = 'SIGTERM') => {
    process_.kill(signal);
    await ended;
  };
  process_.stderr.setEncoding('utf8').on('data', (text) => { server.log += text; });
  server.url = await new Promise((found, failed) => {
    process_.stdout.setEncoding('utf8').on('data', (text) => {
      server.log += text;
      const ready = /Colloque is ready at (\S+)/.exec(server.log);
      if (ready) found(ready[1]);
    });
    ended.then((code) => failed(new Error(`The server ended with ${code}:\n${server.log}`)));
  });
  server.demo = JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8'));
  server.user = (name) => server.demo.users.find((u) => u.email.startsWith(name));
  server.post = async (path, body, headers = {}) => {
    const answer = await fetch(server.url + path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text.startsWith('{') ? JSON.parse(text) : text };
  };
  return server;
}

/** Waits until something is so; refuses after `seconds`. */
export async function until(isSo, what, seconds = 20) {
  for (const end = Date.now() + seconds * 1000; ; await new Promise((later) => setTimeout(later, 100))) {
    const answer = await isSo();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`In ${seconds} s not so: ${what}`);
  }
}
