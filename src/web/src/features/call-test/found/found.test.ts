import { describe, expect, it } from 'vitest';
import { en } from '../../../i18n/callTest/en';
import { foundLines, measuresOf, type TestFound } from './found';

const network = { udp: true, tcp: true, tls: true, roundTripMs: 40, lossPercent: 0.5, kilobitsPerSecond: 2_100 };
const found: TestFound = {
  userId: 'u',
  role: 'patient',
  at: '2026-11-22T10:00:00Z',
  verdict: 'good',
  camera: 'ok',
  microphone: 'ok',
  speaker: 'ok',
  network,
};

describe("what somebody's test found, to the other of the visit", () => {
  it('speaks about them and not to them, in words that exist', () => {
    for (const speaker of ['ok', 'silent', 'skipped'] as const)
      for (const microphone of ['ok', 'denied', 'missing', 'busy', 'skipped'] as const)
        for (const line of foundLines({ ...found, speaker, microphone }, true)) {
          expect(en).toHaveProperty([line.said]);
          expect(en[line.said as keyof typeof en]).not.toMatch(/\byou\b/i);
        }
  });

  it('leaves the camera out of a visit by sound', () => {
    expect(foundLines(found, false).map(({ part }) => part)).toEqual(['microphone', 'speaker', 'network']);
  });

  it('measures by the limits of the verdict, full where it is as good as it gets', () => {
    expect(measuresOf(network).map(({ value, tone }) => [value, tone])).toEqual([
      [2.1, 'done'],
      [40, 'done'],
      [0.5, 'done'],
    ]);
    const poor = measuresOf({ ...network, roundTripMs: 2_000, lossPercent: 9, kilobitsPerSecond: 60 });
    expect(poor[0]).toMatchObject({ unit: 'kilobits', value: 60 });
    expect(poor.map(({ tone }) => tone)).toEqual(['urgent', 'urgent', 'waiting']);
    for (const { part } of poor) expect(part).toBeGreaterThanOrEqual(0);
    expect(measuresOf({ ...network, kilobitsPerSecond: 9_000 })[0]?.part).toBe(1);
  });

  it('shows no meter where nothing was measured', () => {
    expect(measuresOf({ ...network, kilobitsPerSecond: null })).toEqual([]);
  });
});
