import { describe, expect, test } from 'vitest';
import { addDays, instantOf, spanOf, wallOf, weekOf } from './wall';

const zones = ['Europe/Paris', 'America/St_Johns', 'Pacific/Chatham', 'Asia/Kolkata', 'Africa/Casablanca', 'UTC'];

describe('the wall calendar', () => {
  test.each(zones)('every quarter of an hour of a year in %s is found again', (zone) => {
    for (let instant = Date.UTC(2026, 0, 1); instant < Date.UTC(2027, 0, 1); instant += 45 * 60_000 * 7) {
      const wall = wallOf(instant, zone);
      const found = instantOf(wall, zone);
      expect(wallOf(found, zone)).toEqual(wall);
      expect(found).toBeLessThanOrEqual(instant);
    }
  });

  test('an hour that is shown twice means its first passage, one that is jumped over the time after', () => {
    expect(new Date(instantOf({ date: '2026-10-25', minute: 150 }, 'Europe/Paris')).toISOString()).toBe(
      '2026-10-25T00:30:00.000Z',
    );
    expect(new Date(instantOf({ date: '2026-03-29', minute: 150 }, 'Europe/Paris')).toISOString()).toBe(
      '2026-03-29T01:30:00.000Z',
    );
  });

  test('a week begins on Monday and knows the ends of months', () => {
    expect(weekOf('2026-03-01')).toEqual([
      '2026-02-23',
      '2026-02-24',
      '2026-02-25',
      '2026-02-26',
      '2026-02-27',
      '2026-02-28',
      '2026-03-01',
    ]);
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  });

  test('the week of a change of clocks is an hour short', () => {
    const { from, to } = spanOf(weekOf('2026-03-29'), 'Europe/Paris');
    expect(Date.parse(to) - Date.parse(from)).toBe((7 * 24 - 1) * 3_600_000);
  });
});
