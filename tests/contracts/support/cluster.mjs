// A PostgreSQL of one's own: a cluster that the test makes, beside the product's.
import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

const root = '/usr/lib/postgresql';
const newest = existsSync(root) ? readdirSync(root).filter((v) => existsSync(join(root, v, 'bin/postgres'))).sort((a, b) => b - a)[0] : undefined;

/** Whether this machine has the distribution's PostgreSQL. */
export const hasPostgres = newest !== undefined;

const program = (name) => join(root, newest, 'bin', name);

function run(command, args, env) {
  // PostgreSQL refuses to run as root.
  const asOther = process.getuid() === 0 ? { uid: owner().uid, gid: owner().gid } : {};
  const done = spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], cwd: '/tmp', ...asOther });
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${done.stdout}${done.stderr}`);
  return done.stdout;
}

function owner() {
  const [uid, gid] = spawnSync('sh', ['-c', 'id -u postgres && id -g postgres'], { encoding: 'utf8' }).stdout.trim().split('\n').map(Number);
  return { uid: uid || 65534, gid: gid || 65534 };
}

const freePort = () => new Promise((found) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    probe.close(() => found(port));
  });
});

/** A running cluster with a password for its superuser. `sql` asks a database; `connection` is how the server is told of one; `end` takes all away. */
export async function ownCluster() {
  const folder = mkdtempSync('/tmp/colloque-cluster-');
  const data = join(folder, 'data');
  mkdirSync(data);
  if (process.getuid() === 0) for (const path of [folder, data]) chownSync(path, owner().uid, owner().gid);
  const port = await freePort();
  run(program('initdb'), ['-D', data, '-U', 'keeper', '-A', 'trust', '-E', 'UTF8', '--no-sync', '--locale=C']);
  run(program('pg_ctl'), ['-D', data, '-w', '-l', join(folder, 'log'), '-o', `-c listen_addresses=127.0.0.1 -c port=${port} -c unix_socket_directories=${folder} -c fsync=off`, 'start']);
  return {
    sql: (database, text) => run(program('psql'), ['-h', '127.0.0.1', '-p', String(port), '-U', 'keeper', '-d', database, '-v', 'ON_ERROR_STOP=1', '-Atc', text]).trim(),
    connection: (database, user = 'keeper') => `Host=127.0.0.1;Port=${port};Username=${user};Database=${database}`,
    end: () => {
      try {
        run(program('pg_ctl'), ['-D', data, '-m', 'immediate', 'stop']);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}
