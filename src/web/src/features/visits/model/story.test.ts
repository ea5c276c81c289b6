import { expect, test } from 'vitest';
import { storyOf } from './story';

const event = (type: string, at: string) => ({ id: `${type}${at}`, type, actorRole: null, at });

test('the story of a visit leaves out who came and went, and runs forwards', () => {
  const story = storyOf([
    event('ENDED', '2026-11-24T14:20:00Z'),
    event('ROOM_JOINED', '2026-11-24T13:31:00Z'),
    event('SCHEDULED', '2026-11-20T09:00:00Z'),
    event('HANDED_OVER', '2026-11-24T13:20:00Z'),
    event('NO_SHOW', '2026-11-24T15:00:00Z'),
  ]);
  expect(story.map(({ type }) => type)).toEqual(['Scheduled', 'HandedOver', 'Ended', 'NoShow']);
});
