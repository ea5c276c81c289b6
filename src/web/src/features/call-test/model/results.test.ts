import { describe, expect, it } from 'vitest';
import { en } from '../../../i18n/callTest/en';
import { kilobits, lossOf, median } from './figures';
import {
  type DeviceOutcome,
  type NetworkOutcome,
  nothingMeasured,
  type TestOutcome,
  verdictOf,
  wordOf,
} from './results';
import { waysOf } from './ways';
import { linesOf } from './words';

const line = (differently: Partial<NetworkOutcome> = {}): NetworkOutcome => ({
  udp: true,
  tcp: true,
  tls: true,
  roundTripMs: 40,
  lossPercent: 0,
  kilobitsPerSecond: 2500,
  ...differently,
});
const outcome = (differently: Partial<TestOutcome> = {}): TestOutcome => ({
  camera: 'ok',
  microphone: 'ok',
  speaker: 'ok',
  network: line(),
  ...differently,
});

describe('what a test before a visit comes to', () => {
  it('is good where all works, whatever was skipped, and where nothing measures the line', () => {
    expect(verdictOf(outcome())).toBe('good');
    expect(verdictOf(outcome({ camera: 'skipped', microphone: 'skipped', speaker: 'skipped' }))).toBe('good');
    expect(verdictOf(outcome({ network: nothingMeasured }))).toBe('good');
    expect(verdictOf(outcome({ network: line({ udp: false, tcp: null }) }))).toBe('good');
  });

  it('is sound alone without a camera or on a narrow, slow or lossy line', () => {
    for (const camera of ['denied', 'missing', 'busy'] as const)
      expect(verdictOf(outcome({ camera }))).toBe('sound_only');
    for (const weak of [{ kilobitsPerSecond: 299 }, { lossPercent: 8.1 }, { roundTripMs: 601 }])
      expect(verdictOf(outcome({ network: line(weak) }))).toBe('sound_only');
  });

  it('is bad where nobody is heard or nothing gets through', () => {
    for (const microphone of ['denied', 'missing', 'busy'] as const)
      expect(verdictOf(outcome({ microphone }))).toBe('bad');
    for (const weak of [{ kilobitsPerSecond: 79 }, { lossPercent: 21 }, { roundTripMs: 1501 }, { roundTripMs: null }])
      expect(verdictOf(outcome({ network: line(weak) }))).toBe('bad');
    expect(wordOf(line({ udp: false, tcp: false, tls: false }))).toBe('shut');
    expect(wordOf(line({ udp: false, tcp: null, tls: null }))).toBe('shut');
  });

  it('has words for each outcome of each part, and advice wherever something does not work', () => {
    const devices: DeviceOutcome[] = ['ok', 'denied', 'missing', 'busy', 'skipped'];
    const networks = [
      line(),
      line({ udp: false }),
      line({ kilobitsPerSecond: 200 }),
      line({ roundTripMs: 2000 }),
      line({ udp: false, tcp: false, tls: false }),
      nothingMeasured,
    ];
    for (const camera of devices)
      for (const speaker of ['ok', 'silent', 'skipped'] as const)
        for (const network of networks)
          for (const refused of [true, false])
            for (const one of linesOf({ camera, microphone: camera, speaker, network }, refused, true)) {
              expect(en).toHaveProperty([one.said]);
              if (one.advice) expect(en).toHaveProperty([one.advice]);
              if (one.tone === 'urgent' || one.tone === 'waiting') expect(one.advice, one.said).not.toBeNull();
            }
  });

  it('does not blame the network for a credential that was refused', () => {
    const shut = outcome({ network: line({ udp: false, tcp: false, tls: false }) });
    expect(linesOf(shut, true, true).at(-1)).toMatchObject({ said: 'test.line.refused', tone: 'urgent' });
    expect(linesOf(shut, false, true).at(-1)).toMatchObject({ said: 'test.line.shut' });
    expect(linesOf(outcome(), false, false).map(({ part }) => part)).toEqual(['microphone', 'speaker', 'network']);
  });
});

describe('the ways to a relay', () => {
  it('are tried one by one, each with the credential', () => {
    const ways = waysOf([
      { urls: 'stun:stun.example' },
      {
        urls: [
          'turn:turn.example',
          'turn:turn.example:3478?transport=udp',
          'turn:turn.example?transport=tcp',
          'turns:turn.example:443?transport=tcp',
        ],
        username: 'u',
        credential: 'c',
      },
    ]);
    expect(ways.map(({ kind }) => kind)).toEqual(['udp', 'udp', 'tcp', 'tls']);
    expect(ways[2]?.server).toEqual({ urls: ['turn:turn.example?transport=tcp'], username: 'u', credential: 'c' });
    expect(waysOf([])).toEqual([]);
  });
});

describe('figures', () => {
  it('are the middle of many, the part that did not come, and bits by time', () => {
    expect([median([]), median([3]), median([9, 1, 5]), median([4, 1, 100, 2])]).toEqual([null, 3, 5, 3]);
    expect([lossOf(0, 0), lossOf(40, 40), lossOf(40, 39), lossOf(40, 0), lossOf(40, 50)]).toEqual([
      100, 0, 2.5, 100, 0,
    ]);
    expect([kilobits(0, 2500), kilobits(125_000, 1000), kilobits(5, 0)]).toEqual([0, 1000, 0]);
  });
});
