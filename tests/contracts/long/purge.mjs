// Planted words in every store, after deleting and after erasing, with the server killed at every step of it: `node long/purge.mjs [--messages 2500] [--files 60]`. Needs psql and pg_dump.
// About four minutes; not part of the suite, which has a short one of its own (platform/purge-killed.test.mjs).
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { destroy, endAll, newFolder } from '../support/installation.mjs';

const root = resolve(import.meta.dirname, '../../..');
process.env.COLLOQUE_BUILT ??= ['Release', 'Debug'].map((c) => join(root, 'src/Colloque.Server/bin', c, 'net10.0/Colloque.Server.dll')).find(existsSync);
const { purgeStory } = await import('../support/purge.mjs');
const { numbers, say } = await import('./world.mjs');

const folder = newFolder('purge');
const data = join(folder, 'data');
try {
  await purgeStory(data, { ...numbers({ messages: 2500, files: 60 }), stops: ['files', 'message_versions', 'reactions', 'receipts', 'messages', 'clinical_record_versions', 'conversations'], say });
  say('Nothing of it is left anywhere.');
} finally {
  endAll();
  destroy(data);
  destroy(folder);
}
