import { expect, test } from 'vitest';
import { sections } from './sections';

const at = (createdAt: string) => ({ createdAt });

test('notices stand under the day on which the reader’s calendar has them, and keep their order', () => {
  const items = [at('2026-11-21T23:30:00Z'), at('2026-11-21T22:30:00Z'), at('2026-11-20T10:00:00Z')];
  expect(sections(items, 'UTC').map(({ day, items: { length } }) => [day, length])).toEqual([
    ['2026-11-21', 2],
    ['2026-11-20', 1],
  ]);
  expect(sections(items, 'Europe/Paris').map(({ day, items: { length } }) => [day, length])).toEqual([
    ['2026-11-22', 1],
    ['2026-11-21', 1],
    ['2026-11-20', 1],
  ]);
  expect(sections([])).toEqual([]);
});
