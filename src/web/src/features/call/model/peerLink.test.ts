import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CallSignal } from '../../../realtime/events';
import { FakeConnection } from '../../../testing/fakeConnections';
import { openPeerLink, type PeerLink } from './peerLink';

let links: PeerLink[];

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('RTCPeerConnection', FakeConnection);
  vi.stubGlobal('MediaStream', class {});
  FakeConnection.made = [];
  links = [];
});
afterEach(() => {
  for (const link of links) link.close();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(0);

interface Wire {
  /** Signals that nobody has been given yet. */
  kept: CallSignal[] | null;
  offers: number;
}

/** Two links whose signals arrive at each other; a wire with `kept` holds them back. */
function pair() {
  const wires: [Wire, Wire] = [
    { kept: null, offers: 0 },
    { kept: null, offers: 0 },
  ];
  const make = (me: 0 | 1): PeerLink =>
    openPeerLink({
      polite: me === 1,
      configuration: async () => ({}),
      codecs: async () => [],
      canReach: () => true,
      onChange: () => undefined,
      onRestart: () => undefined,
      onRefused: () => undefined,
      async send(signal) {
        if (signal.description?.type === 'offer') wires[me].offers += 1;
        if (wires[me].kept) wires[me].kept.push(signal);
        else void links[1 - me]?.receive(signal);
      },
    });
  links = [make(0), make(1)];
  return { wires, remake: (me: 0 | 1) => (links[me] = make(me)) };
}

const living = () => FakeConnection.made.filter(({ closed }) => !closed);

/** Both ends are agreed on each other, and on nobody else. */
function expectMet() {
  const [a, b] = living();
  expect(living()).toHaveLength(2);
  expect([a?.signalingState, b?.signalingState]).toEqual(['stable', 'stable']);
  expect([a?.remoteDescription?.sdp.includes(`sha-256 `), b !== undefined]).toEqual([true, true]);
  const [mine, theirs] = links.map(({ fingerprints }) => fingerprints);
  expect(mine?.mine).toEqual(theirs?.theirs);
  expect(mine?.theirs).toEqual(theirs?.mine);
}

const connect = () => {
  for (const connection of living()) connection.become('connected');
};

test('who comes offers, the other answers, and both know the same two certificates', async () => {
  pair();
  void links[1]?.begin();
  await settle();
  expectMet();
  connect();
  expect(links.map(({ state }) => state)).toEqual(['connected', 'connected']);
});

test('two who offer at once meet all the same', async () => {
  const { wires } = pair();
  wires[0].kept = [];
  wires[1].kept = [];
  void links[0]?.begin();
  void links[1]?.begin();
  await settle();
  const [first, second] = [wires[0].kept, wires[1].kept];
  wires[0].kept = wires[1].kept = null;
  for (const signal of first) void links[1]?.receive(signal);
  for (const signal of second) void links[0]?.receive(signal);
  await settle();
  expectMet();
});

test('an offer that got lost on its way while the other offered is made again', async () => {
  const { wires } = pair();
  wires[0].kept = [];
  void links[0]?.begin();
  await settle();
  wires[0].kept = null;
  void links[1]?.begin();
  await settle();
  expectMet();
});

test('who comes back after a reload is met anew', async () => {
  const { remake } = pair();
  void links[1]?.begin();
  await settle();
  connect();
  for (const me of [0, 1] as const) {
    links[me]?.close();
    void remake(me).begin();
    await settle();
    expectMet();
    connect();
  }
});

test('a way that breaks is looked for again, by the same certificates, also from both sides at once', async () => {
  const { wires } = pair();
  void links[1]?.begin();
  await settle();
  connect();
  const before = links[0]?.fingerprints;
  for (const connection of living()) connection.become('disconnected');
  expect(links[0]?.state).toBe('interrupted');
  await vi.advanceTimersByTimeAsync(1_500);
  expect(wires[0].offers + wires[1].offers).toBeGreaterThan(1);
  expectMet();
  expect(links[0]?.fingerprints).toEqual(before);
  expect(living().some(({ restarts }) => restarts > 0)).toBe(true);
  expect(FakeConnection.made).toHaveLength(2);
  connect();
  expect(links.map(({ state }) => state)).toEqual(['connected', 'connected']);
});

test('where the browser believes in a way that brings nothing, it is interrupted, and no picture is sent, until something is heard', async () => {
  pair();
  void links[1]?.begin();
  await settle();
  void links[1]?.send({ audio: null, video: {} as MediaStreamTrack, isScreen: false });
  connect();
  links[1]?.heard();
  await settle();
  const sent = () =>
    living()
      .find(({ localDescription }) => localDescription?.type === 'offer')
      ?.getTransceivers()[1]
      ?.sender.encodings.map((encoding) => (encoding as { active?: boolean }).active)
      .slice(-3);
  expect(sent()).not.toContain(false);
  links[1]?.silent();
  await settle();
  expect(links[1]?.state).toBe('interrupted');
  expect(sent()?.at(-1)).toBe(false);
  links[1]?.heard();
  await settle();
  expect(links[1]?.state).toBe('connected');
  // The other side has the new way a little later.
  expect(sent()?.at(-1)).toBe(false);
  await vi.advanceTimersByTimeAsync(300);
  expect(sent()?.at(-1)).toBe(true);
});

test('a beginning that leads nowhere is begun anew', async () => {
  const { wires } = pair();
  wires[1].kept = [];
  void links[1]?.begin();
  await settle();
  // The server lost it all.
  wires[1].kept = null;
  await vi.advanceTimersByTimeAsync(7_000);
  expectMet();
});

test('a signal out of place harms nothing', async () => {
  pair();
  void links[0]?.receive({ candidate: { candidate: 'candidate:1' } });
  void links[0]?.receive({ description: { type: 'answer', sdp: 'v=0' } });
  await settle();
  void links[1]?.begin();
  await settle();
  void links[0]?.receive({ description: { type: 'answer', sdp: 'v=0' } });
  await settle();
  expectMet();
});
