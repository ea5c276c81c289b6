import { expect, test } from 'vitest';
import { nobody, type PresenceEvent, presence, typingLasts } from './presence';

const after = (...events: PresenceEvent[]) => events.reduce(presence, nobody);
const here: PresenceEvent = { type: 'present', userIds: ['amina', 'nadia'], revision: 2 };
const writes: PresenceEvent = { type: 'typing', userId: 'amina', typing: true, now: 0 };

test('the newest state of presence counts', () => {
  expect([...after(here, { type: 'present', userIds: ['nadia'], revision: 3 }).online]).toEqual(['nadia']);
});

test('a list that was overtaken on its way changes nothing', () => {
  const overtaken: PresenceEvent = { type: 'present', userIds: ['nadia'], revision: 1 };
  expect([...after(here, overtaken).online]).toEqual(['amina', 'nadia']);
  expect(after(here, writes, overtaken).typing.size).toBe(1);
});

test('a server that began anew is believed, however few changes it has seen', () => {
  const anew: PresenceEvent = { type: 'present', userIds: ['nadia'], revision: 1 };
  expect([...after(here, { type: 'lineLost' }, anew).online]).toEqual(['nadia']);
});

test('who leaves no longer writes', () => {
  expect(after(here, writes, { type: 'present', userIds: ['nadia'], revision: 3 }).typing.size).toBe(0);
});

test('typing ends when it is not repeated', () => {
  expect(after(here, writes, { type: 'ticked', now: typingLasts - 1 }).typing.size).toBe(1);
  expect(after(here, writes, { type: 'ticked', now: typingLasts }).typing.size).toBe(0);
});

test('typing ends when the message arrives', () => {
  expect(after(here, writes, { type: 'wrote', userId: 'amina' }).typing.size).toBe(0);
});

test('without a line nobody is known to be there', () => {
  expect(after(here, writes, { type: 'lineLost' })).toEqual(nobody);
});
