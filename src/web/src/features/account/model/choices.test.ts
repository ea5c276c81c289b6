import { expect, test } from 'vitest';
import { timeZones } from '../../../parts/zones';
import { spokenLanguages } from './choices';

test('languages are named in the words of the reader, and one that is already chosen is never lost', () => {
  const offered = spokenLanguages(['fr', 'br'], 'fr');
  expect(offered.filter(({ value }) => value === 'fr')).toEqual([{ value: 'fr', label: 'français' }]);
  expect(offered.at(-1)).toEqual({ value: 'br', label: 'breton' });
});

test('the zone that is set is offered, also where this browser does not know it', () => {
  expect(timeZones('Mars/Olympus_Mons')).toContainEqual({ value: 'Mars/Olympus_Mons', label: 'Mars/Olympus Mons' });
  expect(timeZones('Europe/Paris').filter(({ value }) => value === 'Europe/Paris')).toHaveLength(1);
});
