// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Call, CallMember } from '../../../realtime/events';
import { FakeConnection } from '../../../testing/fakeConnections';
import { FakeServer } from '../../../testing/fakeServer';
import { type CallSession, openCallSession } from './callSession';

let server: FakeServer;
let session: CallSession;

const member = (peerId: string, order: number): CallMember => ({
  peerId,
  userId: peerId === 'mine' ? 'nadia' : 'amina',
  name: peerId,
  role: 'patient',
  order,
  present: true,
  microphone: true,
  camera: true,
  screen: false,
  quality: 'good',
});

const call = (revision: number, state: Call['state'], members: CallMember[]): Call => ({
  id: 'call',
  consultationId: 'c1',
  media: 'video',
  provider: 'peer',
  state,
  callerId: 'amina',
  callerName: 'Amina Rahal',
  startedAt: new Date(0).toISOString(),
  acceptedAt: null,
  connectedAt: null,
  endedAt: null,
  endReason: null,
  revision,
  members,
});

const asked = (verb: string) => server.asked.filter((one) => one.verb === verb).map(({ input }) => input);
const settle = () => vi.advanceTimersByTimeAsync(0);
const together = call(2, 'accepted', [member('theirs', 0), member('mine', 1)]);

function open() {
  session = openCallSession({ consultationId: 'c1', live: server.live, entry: server.api.entry });
  return session;
}

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  vi.stubGlobal('RTCPeerConnection', FakeConnection);
  vi.stubGlobal('RTCRtpReceiver', {});
  vi.stubGlobal('MediaStream', class {});
  FakeConnection.made = [];
  sessionStorage.clear();
  server = new FakeServer();
  server.calls = { call: together, peerId: 'mine' };
});
afterEach(() => {
  session.close();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('who answers is in the call, offers to who is there, and says what can be seen and heard of them', async () => {
  const { follow, accept, getState } = open();
  follow(true, call(1, 'ringing', [member('theirs', 0)]));
  await accept('call', 'video');
  await settle();
  expect(getState()).toMatchObject({ phase: 'inside', peerId: 'mine' });
  expect(asked('call.accept')).toHaveLength(1);
  expect(asked('call.signal')).toMatchObject([{ to: 'theirs', description: { type: 'offer' } }]);
  // This machine has neither camera nor microphone, which keeps nobody out.
  expect(asked('call.state')).toMatchObject([{ microphone: false, camera: false, screen: false }]);
  expect(getState().media.faults).toEqual({ microphone: 'unsupported', camera: 'unsupported' });
});

test('a reload takes the old place without being asked, and only in the call that it was in', async () => {
  const before = open();
  before.follow(true, null);
  await before.start('video');
  const [first] = asked('call.start');
  const kept = { ...sessionStorage };
  before.close();
  Object.assign(sessionStorage, kept);
  const after = open();
  after.follow(true, { ...together, id: 'another' });
  await settle();
  expect(asked('call.join')).toEqual([]);
  after.follow(true, { ...together, revision: 3 });
  await settle();
  expect(asked('call.join')).toMatchObject([{ callId: 'call', device: first?.device }]);
  expect(after.getState().phase).toBe('inside');
});

test('a line that was lost is told, the connection stays, and the place is taken again', async () => {
  const { follow, start, getState } = open();
  follow(true, null);
  await start('audio');
  await settle();
  follow(false, together);
  expect(getState().phase).toBe('lost');
  expect(FakeConnection.made).toHaveLength(1);
  follow(true, together);
  await settle();
  expect(getState().phase).toBe('inside');
  expect(asked('call.join')).toHaveLength(1);
  expect(FakeConnection.made).toHaveLength(1);
});

test('what is told late of the same call changes nothing', async () => {
  const { follow, start, getState } = open();
  follow(true, null);
  await start('audio');
  follow(true, call(1, 'ringing', []));
  expect(getState()).toMatchObject({ phase: 'inside', call: { revision: 2 } });
});

test('the end of the call gives everything back, and a hang-up is told', async () => {
  const { follow, start, hangUp, getState } = open();
  follow(true, null);
  await start('video');
  await settle();
  follow(true, { ...together, revision: 3, state: 'ended' });
  expect(getState()).toMatchObject({ phase: 'outside', call: { state: 'ended' } });
  expect(FakeConnection.made.every(({ closed }) => closed)).toBe(true);
  expect(asked('call.leave')).toEqual([]);
  await start('video');
  hangUp();
  expect(asked('call.leave')).toHaveLength(1);
  expect(sessionStorage.getItem('colloque.call.place')).toBeNull();
});

test('who comes in is waited for, and offered to when no offer comes', async () => {
  server.calls = { call: call(1, 'ringing', [member('mine', 0)]), peerId: 'mine' };
  const { follow, start } = open();
  follow(true, null);
  await start('video');
  follow(true, call(2, 'accepted', [member('mine', 0), member('theirs', 1)]));
  await vi.advanceTimersByTimeAsync(2_900);
  expect(asked('call.signal')).toEqual([]);
  await vi.advanceTimersByTimeAsync(200);
  expect(asked('call.signal')).toMatchObject([{ to: 'theirs', description: { type: 'offer' } }]);
});

/** Lets so many milliseconds pass in which the way brings something every so often. */
async function brings(every: number, milliseconds: number) {
  const [connection] = FakeConnection.made;
  const pair = { type: 'candidate-pair', packetsReceived: 0 };
  const before = connection?.report.get('pair') as typeof pair | undefined;
  for (let now = 0; now < milliseconds; now += every) {
    connection?.report.set('pair', { ...pair, packetsReceived: (before?.packetsReceived ?? 0) + now / every + 1 });
    await vi.advanceTimersByTimeAsync(every);
  }
}

async function connected() {
  const { follow, start } = open();
  follow(true, null);
  await start('audio');
  await settle();
  const [connection] = FakeConnection.made;
  const answer = { type: 'answer', sdp: 'v=0\r\no=- theirs 1 IN IP4 0.0.0.0\r\n' };
  server.tell('call.signal', {
    consultationId: 'c1',
    callId: 'call',
    from: 'theirs',
    to: 'mine',
    description: answer,
  } as never);
  await settle();
  connection?.become('connected');
}

test('muted, without a camera and with nothing to hear but silence, ten seconds restart nothing', async () => {
  await connected();
  await brings(400, 10_000);
  session.follow(true, {
    ...together,
    revision: 3,
    members: [{ ...member('theirs', 0), microphone: false }, member('mine', 1)],
  });
  await brings(2_500, 30_000);
  expect(asked('call.signal')).toHaveLength(1);
  expect(FakeConnection.made).toMatchObject([{ restarts: 0, connectionState: 'connected' }]);
});

test('a way that no longer brings anything is looked for again within two seconds, if the line to the server leads anywhere', async () => {
  const check = vi.spyOn(server.live, 'check');
  await connected();
  await brings(20, 5_000);
  check.mockResolvedValue(false);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(check).toHaveBeenCalled();
  expect(session.getState().peers.get('theirs')?.link).toBe('interrupted');
  expect(FakeConnection.made[0]?.restarts).toBe(0);
  await brings(20, 12_000);
  expect(session.getState().peers.get('theirs')?.link).toBe('connected');
  check.mockResolvedValue(true);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(FakeConnection.made).toMatchObject([{ restarts: 1 }]);
  expect(asked('call.incident')).toEqual([expect.objectContaining({ code: 'ice_restarted' })]);
});
