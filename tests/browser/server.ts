import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startCoturn } from '../contracts/support/coturn.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const relaySecret = 'a secret of the relay in browser tests, of 32 characters and more';
/** A Jitsi Meet that is nowhere: tests answer for it. */
export const jitsi = { Jitsi__Domain: 'meet.example', Jitsi__AppId: 'colloque-browser', Jitsi__AppSecret: 'a secret of Jitsi in browser tests, of 32 characters and more' };

/** The server as it was built last, whichever way. */
function program(): string {
  const built = ['Release', 'Debug']
    .map((configuration) => join(root, 'src/Colloque.Server/bin', configuration, 'net10.0/Colloque.Server.dll'))
    .filter(existsSync)
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  if (!built[0]) throw new Error('Build the server first: dotnet build src/Colloque.Server');
  return built[0];
}

const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

async function ready(url: string, server: ChildProcess, said: () => string) {
  for (let tries = 0; tries < 600; tries++) {
    if (server.exitCode !== null) throw new Error(`The server ended before it was ready:\n${said()}`);
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The server was not ready within a minute:\n${said()}`);
}

/** Where a worker's server and relay stand, and what they are told besides; `turns`: the relay is told to browsers by TLS, too. */
export interface Ground {
  address?: string;
  settings?: Record<string, string>;
  turns?: boolean;
}

/** Starts the real server with its demo clinic, for the tests of one worker; the returned function stops it. */
export async function start({ address = '127.0.0.1', settings = {}, turns = false }: Ground = {}) {
  const data = mkdtempSync(join(tmpdir(), 'colloque-browser-'));
  const url = `http://${address}:${await freePort()}`;
  const relay = await startCoturn(relaySecret, ['--allow-loopback-peers', `--allowed-peer-ip=${address}`], address);
  let said = '';
  const server = spawn('dotnet', [program(), '--demo', '--data', data, '--urls', url], {
    // Sixty sign-ins a minute from one address are an attack anywhere but here.
    // And the demo's next visits are days away: their waiting rooms are open already.
    // What one test leaves unread must not ring a bell that another counts.
    env: {
      ...process.env,
      Limits__Enabled: 'false',
      WaitingRoom__OpensBefore: '30.00:00:00',
      MessageNotices__After: '1.00:00:00',
      MessageNotices__MailAfter: '1.00:00:00',
      UrgentMessages__After: '1.00:00:00',
      // Calls by the browsers themselves; the demo's own video server is a placeholder.
      Rooms__Provider: 'peer',
      // Beside ways of their own, browsers have a relay.
      Rooms__IceTransportPolicy: 'all',
      Turn__Urls__0: `turn:${address}:${relay.port}?transport=udp`,
      Turn__Urls__1: `turn:${address}:${relay.port}?transport=tcp`,
      ...(turns && { Turn__Urls__2: `turns:${address}:${relay.tlsPort}?transport=tcp` }),
      Turn__Secret: relaySecret,
      ...jitsi,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (text) => (said = (said + text).slice(-8_000)));
  await ready(url, server, () => said).catch((reason) => {
    server.kill('SIGTERM');
    void relay.end();
    throw reason;
  });
  process.env.COLLOQUE_URL = url;
  process.env.COLLOQUE_RELAY = String(relay.port);
  process.env.COLLOQUE_DATA = data;
  process.env.COLLOQUE_DEMO = readFileSync(join(data, 'demo.json'), 'utf8');
  return async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    await ended;
    await relay.end();
    rmSync(data, { recursive: true, force: true });
  };
}
