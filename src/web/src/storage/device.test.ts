import { beforeEach, expect, test } from 'vitest';
import {
  dropOutbox,
  lockDevice,
  type OutboxEntry,
  putDraft,
  putOutbox,
  readDraft,
  readOutbox,
  wipeDevice,
} from './device';

const entry = (clientMsgId: string, createdAt: number, userId = 'nadia'): OutboxEntry => ({
  clientMsgId,
  userId,
  consultationId: 'c1',
  text: 'Bonjour',
  createdAt,
  state: 'waiting',
  afterSeq: 0,
  code: null,
});

beforeEach(() => wipeDevice());

test('the outbox gives back what was typed, oldest first', async () => {
  await putOutbox(entry('b', 2));
  await putOutbox(entry('a', 1));
  expect((await readOutbox('nadia', 'c1')).map((e) => e.clientMsgId)).toEqual(['a', 'b']);
});

test('an acknowledged message leaves the outbox', async () => {
  await putOutbox(entry('a', 1));
  await dropOutbox('a');
  expect(await readOutbox('nadia', 'c1')).toEqual([]);
});

test('nobody sees what another person of the same device has not sent yet', async () => {
  await putOutbox(entry('a', 1, 'amina'));
  expect(await readOutbox('nadia', 'c1')).toEqual([]);
});

test('signing in as someone else wipes what the one before left', async () => {
  await putOutbox(entry('a', 1, 'amina'));
  await putOutbox(entry('b', 2));
  await putDraft('amina', 'c1', 'secret');
  await wipeDevice('nadia');
  expect(await readOutbox('amina', 'c1')).toEqual([]);
  expect(await readDraft('amina', 'c1')).toBe('');
  expect(await readOutbox('nadia', 'c1')).toHaveLength(1);
});

test('signing out wipes everything', async () => {
  await putOutbox(entry('a', 1));
  await putDraft('nadia', 'c1', 'half a sentence');
  await wipeDevice();
  expect(await readOutbox('nadia', 'c1')).toEqual([]);
  expect(await readDraft('nadia', 'c1')).toBe('');
});

test('a page that goes away after the sign-out can save nothing any more', async () => {
  lockDevice(true);
  await putDraft('nadia', 'c1', 'half a sentence');
  await putOutbox(entry('a', 1));
  lockDevice(false);
  expect(await readDraft('nadia', 'c1')).toBe('');
  expect(await readOutbox('nadia', 'c1')).toEqual([]);
});

test('an emptied draft is gone', async () => {
  await putDraft('nadia', 'c1', 'x');
  await putDraft('nadia', 'c1', '');
  expect(await readDraft('nadia', 'c1')).toBe('');
});
