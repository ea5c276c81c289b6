// @vitest-environment jsdom
import { beforeAll, expect, test } from 'vitest';
import { chooseLanguage, startLanguage } from '../i18n';
import { axisOf } from './MonthChart';
import { addMonths, monthName, monthsUpTo } from './months';

beforeAll(async () => {
  await startLanguage();
  await chooseLanguage('en');
});

test('months are counted over the turn of the year', () => {
  expect(addMonths('2026-01', -1)).toBe('2025-12');
  expect(addMonths('2026-11', 14)).toBe('2028-01');
  expect(monthsUpTo('2026-02', 4)).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
  expect(monthName('2026-11')).toBe('November 2026');
});

test('a chart ends at a round number above its highest bar, and begins at nothing', () => {
  expect(axisOf(0)).toEqual([0, 1]);
  expect(axisOf(3)).toEqual([0, 1, 2, 3]);
  expect(axisOf(46)).toEqual([0, 20, 40, 60]);
  expect(axisOf(1234)).toEqual([0, 500, 1000, 1500]);
  for (let most = 1; most < 5_000; most += 7) {
    const axis = axisOf(most);
    expect(axis.at(-1)).toBeGreaterThanOrEqual(most);
    expect(axis.length).toBeLessThanOrEqual(6);
  }
});
