import { join } from 'node:path';
import { after, test } from 'node:test';
import { destroy, endAll, newFolder } from '../support/installation.mjs';
import { hasClients, purgeStory } from '../support/purge.mjs';

const folder = newFolder('purge');
const data = join(folder, 'data');

after(() => {
  endAll();
  destroy(data);
  destroy(folder);
});

test('what was deleted or erased is in no store, though the server was killed in the middle of it', { skip: !hasClients && 'needs psql and pg_dump' }, () =>
  purgeStory(data, { messages: 3, files: 1, stops: ['messages'] }));
