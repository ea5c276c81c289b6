import { describe, expect, test } from 'vitest';
import { weekOf } from '../../../parts/time';
import { instantOf, spanOf, wallOf } from './wall';

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

  test('the week of a change of clocks is an hour short', () => {
    const { from, to } = spanOf(weekOf('2026-03-29'), 'Europe/Paris');
    expect(Date.parse(to) - Date.parse(from)).toBe((7 * 24 - 1) * 3_600_000);
  });
});
