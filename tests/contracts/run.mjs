// Starts a demo server on a free port and a folder of its own, fills consultations for the tests, runs them, and takes all of it away.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startLiveKit } from './support/livekit.mjs';

const root = resolve(import.meta.dirname, '../..');
const built = ['Release', 'Debug'].map((c) => join(root, 'src/Colloque.Server/bin', c, 'net10.0/Colloque.Server.dll')).find(existsSync);
if (!built) throw new Error('Build src/Colloque.Server first.');
const folder = mkdtempSync(join(tmpdir(), 'colloque-contracts-'));
const data = join(folder, 'data');
const liveKit = await startLiveKit();
const env = {
  ...process.env, Limits__Enabled: 'false',
  Rooms__Provider: 'livekit', Jitsi__Domain: 'meet.example', Jitsi__AppId: 'colloque-contracts', Jitsi__AppSecret: 'a secret of contracts, of 32 characters and more', Rooms__IceServers__0: 'stun:stun.example:3478',
  Turn__Urls__0: 'turn:turn.example:3478?transport=udp', Turn__Urls__1: 'turns:turn.example:5349', Turn__Secret: 'a TURN secret of contracts, of 32 characters and more', LiveKit__ApiUrl: liveKit.url,
  // Two minutes in life; the tests wait for it.
  WaitingRoom__KeepsPlace: '00:00:04',
};

const server = spawn('dotnet', [built, '--demo', '--data', data, '--urls', 'http://127.0.0.1:0'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
const log = [];
const url = await new Promise((found, failed) => {
  server.stdout.setEncoding('utf8').on('data', (text) => {
    log.push(text);
    const ready = /Colloque is ready at (\S+)/.exec(log.join(''));
    if (ready) found(ready[1]);
  });
  server.once('exit', (code) => failed(new Error(`The server ended with ${code}:\n${log.join('')}`)));
});

let status = 1;
try {
  const fill = spawnSync('dotnet', [built, 'load-data', '--consultations', '60', '--history', '130', '--organizations', '3', '--out', folder, '--data', data], { env, encoding: 'utf8' });
  if (fill.status !== 0) throw new Error(`load-data: ${fill.stdout}${fill.stderr}`);
  const files = process.argv.slice(2);
  const tests = spawn(process.execPath, ['--test', '--test-concurrency=2', '--test-reporter=spec', ...(files.length ? files : ['calls/', 'conversations/', 'direct-chat/', 'live-consultations/', 'messaging/', 'platform/', 'teleconsultation/', 'turn/'])], {
    cwd: import.meta.dirname,
    env: { ...process.env, COLLOQUE_URL: url, COLLOQUE_DATA: data, COLLOQUE_PAIRS: join(folder, 'pairs.tsv'), COLLOQUE_HISTORY: join(folder, 'history.tsv'), COLLOQUE_PEOPLE: join(folder, 'people.tsv'), COLLOQUE_BUILT: built, JITSI_SECRET: env.Jitsi__AppSecret, TURN_SECRET: env.Turn__Secret, LIVEKIT_ORDERS: liveKit.url },
    stdio: 'inherit',
  });
  // Not waited for in one breath: this process answers for LiveKit meanwhile.
  status = await new Promise((ended) => tests.once('exit', ended)) ?? 1;
  const words = ['planted-quetzal', 'planted-axolotl'].filter((word) => log.join('').includes(word));
  if (words.length) throw new Error(`The log holds what people wrote: ${words}`);
} finally {
  liveKit.end();
  server.removeAllListeners('exit');
  server.kill('SIGTERM');
  await new Promise((ended) => server.once('exit', ended));
  rmSync(folder, { recursive: true, force: true });
}
process.exit(status);
