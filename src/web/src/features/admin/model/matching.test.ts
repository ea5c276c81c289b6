import { expect, test } from 'vitest';
import { matching } from './matching';

test('a person is found by parts of the name, without accents', () => {
  const names = ['Zoé Lefèvre', 'Yves Petit'];
  expect(matching(names, 'lefev zo', (name) => name)).toEqual(['Zoé Lefèvre']);
  expect(matching(names, ' ', (name) => name)).toEqual(names);
  expect(matching(names, 'nobody', (name) => name)).toEqual([]);
});
