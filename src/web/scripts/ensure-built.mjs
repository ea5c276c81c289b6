// Makes dist/ match the sources, once, whoever asks: dotnet build of the server calls this (Web.targets), and several such builds may
// run at the same time. Content decides, not time stamps, so a fresh checkout or a switched branch rebuilds only what changed.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const obj = join(root, 'obj');
const lock = join(obj, 'build.lock');
const stamp = join(obj, 'web.stamp');
const installed = join(root, 'node_modules', '.installed-from');

function filesUnder(path) {
  const full = join(root, path);
  if (statSync(full).isFile()) return [full];
  return readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

function hashOf(paths) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap(filesUnder).sort())
    hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

const readIfThere = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '');

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** A folder is the lock (mkdir is atomic everywhere); the pid inside frees it again when its owner was killed. */
async function takeLock() {
  for (;;) {
    try {
      mkdirSync(lock);
      writeFileSync(join(lock, 'pid'), String(process.pid));
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const owner = Number(readIfThere(join(lock, 'pid')));
    const abandoned = owner ? !isAlive(owner) : existsSync(lock) && Date.now() - statSync(lock).mtimeMs > 5000;
    if (abandoned) rmSync(lock, { recursive: true, force: true });
    else await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function run(command, args) {
  execFileSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
}

function install() {
  const wanted = hashOf(['package-lock.json']);
  if (readIfThere(installed) === wanted) return;
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(installed, wanted);
}

function build() {
  const next = join(obj, 'next');
  const old = join(obj, 'old');
  rmSync(next, { recursive: true, force: true });
  rmSync(old, { recursive: true, force: true });
  run(process.execPath, [
    join('node_modules', 'vite', 'bin', 'vite.js'),
    'build',
    '--outDir',
    next,
    '--emptyOutDir',
    '--logLevel',
    'warn',
  ]);
  if (existsSync(join(root, 'dist'))) renameSync(join(root, 'dist'), old);
  renameSync(next, join(root, 'dist'));
  rmSync(old, { recursive: true, force: true });
}

mkdirSync(obj, { recursive: true });
await takeLock();
try {
  const sources = hashOf(['src', 'public', 'index.html', 'vite.config.ts', 'package-lock.json', 'tsconfig.json']);
  if (readIfThere(stamp) !== sources || !existsSync(join(root, 'dist', 'index.html'))) {
    install();
    build();
    writeFileSync(stamp, sources);
  }
  const now = new Date();
  utimesSync(stamp, now, now);
} finally {
  rmSync(lock, { recursive: true, force: true });
}
