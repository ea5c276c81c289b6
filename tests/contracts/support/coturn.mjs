// coturn with the rules of deploy/coturn.conf, on free ports of this machine.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { wayTo } from './stun.mjs';

const rules = resolve(import.meta.dirname, '../../../deploy/coturn.conf');

const freePort = () => new Promise((found) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    probe.close(() => found(port));
  });
});

/** Starts one that shares `secret`; `more` are further options. Its ports, what it said, and how to end it. */
export async function startCoturn(secret, more = [], address = '127.0.0.1') {
  const folder = mkdtempSync(join(tmpdir(), 'coturn-'));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=localhost', '-addext', `subjectAltName=IP:${address},DNS:localhost`, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  const [port, tlsPort] = [await freePort(), await freePort()];
  const server = spawn('turnserver', [
    '-c', rules, `--static-auth-secret=${secret}`, `--listening-port=${port}`, `--tls-listening-port=${tlsPort}`, `--listening-ip=${address}`, `--relay-ip=${address}`, '--relay-ip=::1',
    `--cert=${certificate}`, `--pkey=${key}`, `--userdb=${join(folder, 'turndb')}`, `--pidfile=${join(folder, 'pid')}`, '--min-port=49152', '--max-port=50151', '--relay-threads=1', ...more,
  ], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/usr/bin` } });
  const coturn = { port, tlsPort, said: '' };
  const ended = new Promise((end) => server.once('exit', end));
  coturn.end = async () => {
    server.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  for (const stream of [server.stdout, server.stderr]) stream.setEncoding('utf8').on('data', (text) => { coturn.said += text; });
  // What it says is held back in a buffer: it is ready when it answers.
  const way = await wayTo(port, 'udp', address);
  const failed = ended.then((code) => { throw new Error(`coturn ended with ${code}:\n${coturn.said}`); });
  await Promise.race([way.ask('binding'), failed]).finally(way.end);
  failed.catch(() => {});
  return coturn;
}
