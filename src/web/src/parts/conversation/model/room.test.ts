import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Problem } from '../../../api/problem';
import type { Conversation } from '../../../realtime/events';
import { FakeServer } from '../../../testing/fakeServer';
import { senderOf, subjectIn } from '../people';
import { openRoom, type Room } from './room';
import { urgentOf } from './urgent';

let server: FakeServer;
let opened: Room[];

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  server = new FakeServer();
  opened = [];
});
afterEach(() => {
  for (const room of opened) room.leave();
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(0);

async function open(who: 'nadia' | 'amina' = 'nadia') {
  const room = openRoom({
    conversationId: 'c1',
    place: server.conversation ? 'talk' : 'visit',
    me: { id: who, role: who === 'nadia' ? 'EMPLOYEE' : 'PRACTITIONER' },
    api: server.api,
    live: server.live,
    outbox: server.outbox,
  });
  opened.push(room);
  await settle();
  return room;
}

const texts = (room: Room) => room.getState().log.messages.map(({ text }) => text);

test('opening a visit under way shows its newest messages and listens', async () => {
  for (let i = 1; i <= 60; i++) server.say('amina', `m${i}`);
  const room = await open();
  expect(texts(room)).toHaveLength(50);
  expect(room.getState()).toMatchObject({ phase: 'ready', joined: true, older: { cursor: '11' } });
  await room.loadOlder();
  expect(texts(room)).toHaveLength(60);
  expect(room.getState().older.cursor).toBeNull();
});

test('a long way back and forth holds a few hundred messages at a time, and none is left out', async () => {
  for (let i = 1; i <= 2_000; i++) server.say('amina', `m${i}`);
  const room = await open();
  const window = () => (room.getState().past ?? room.getState()).log.messages.map(({ seq }) => seq);
  let held = 0;
  while (window()[0] !== 1) {
    await room.loadOlder();
    room.trim(window()[10] ?? 1);
    held = Math.max(held, window().length);
    expect(window()).toEqual(window().map((_, index) => (window()[0] ?? 0) + index));
  }
  expect(held).toBeLessThan(400);
  // What was said meanwhile waits at the newest end.
  server.say('amina', 'm2001');
  await settle();
  while (room.getState().past) {
    await room.loadNewer();
    room.trim(window().at(-10) ?? 1);
    expect(window().length).toBeLessThan(400);
  }
  expect(window().at(-1)).toBe(2_001);
  expect(window()).toEqual(window().map((_, index) => (window()[0] ?? 0) + index));
  await room.loadOlder();
  expect(window()).toEqual(window().map((_, index) => (window()[0] ?? 0) + index));
});

test('a page that comes after the window has moved away leaves no hole', async () => {
  for (let i = 1; i <= 800; i++) server.say('amina', `m${i}`);
  const room = await open();
  while (room.getState().log.messages.length <= 300) await room.loadOlder();
  const late = room.loadOlder();
  room.trim(800);
  await late;
  const seqs = room.getState().log.messages.map(({ seq }) => seq);
  expect(seqs).toEqual(seqs.map((_, index) => (seqs[0] ?? 0) + index));
  expect(room.getState().older.loading).toBe(false);
});

test('a sent message is in the outbox until its ack, and in the log after it', async () => {
  const room = await open();
  void room.send('Bonjour');
  expect(room.getState().outbox).toHaveLength(1);
  await settle();
  expect(texts(room)).toEqual(['Bonjour']);
  expect(room.getState().outbox).toEqual([]);
  expect(server.stored.size).toBe(0);
});

test('what is typed offline is sent once, in order, when the line is back', async () => {
  const room = await open();
  server.line('offline');
  void room.send('one');
  void room.send('two');
  await settle();
  expect(server.messages).toEqual([]);
  server.line('connected');
  await settle();
  expect(server.messages.map(({ text }) => text)).toEqual(['one', 'two']);
  expect(texts(room)).toEqual(['one', 'two']);
});

test('what is typed offline is sent exactly once after a reload', async () => {
  const before = await open();
  server.line('offline');
  void before.send('Bonjour');
  await settle();
  before.leave();
  server.line('connected');
  const after = await open();
  expect(server.messages.map(({ text }) => text)).toEqual(['Bonjour']);
  expect(texts(after)).toEqual(['Bonjour']);
  expect(server.stored.size).toBe(0);
});

test('a message whose ack was lost is repeated under the same id and stays one message', async () => {
  const room = await open();
  server.lostAcks = 1;
  void room.send('Bonjour');
  await vi.advanceTimersByTimeAsync(3_000);
  expect(server.messages).toHaveLength(1);
  expect(texts(room)).toEqual(['Bonjour']);
  expect(server.stored.size).toBe(0);
});

test('a refused message stays until its writer sends it again or gives it up', async () => {
  const room = await open();
  server.refuse['chat.send'] = new Problem(422, { code: 'invalid' });
  void room.send('one');
  void room.send('two');
  await settle();
  expect(room.getState().outbox.map(({ state, code }) => [state, code])).toEqual([
    ['failed', 'invalid'],
    ['failed', 'invalid'],
  ]);
  const [one, two] = room.getState().outbox;
  server.refuse = {};
  await room.sendAgain(one?.clientMsgId ?? '');
  await room.discard(two?.clientMsgId ?? '');
  await settle();
  expect(texts(room)).toEqual(['one']);
  expect(server.stored.size).toBe(0);
});

test('a flood limit delays a message, it does not fail it', async () => {
  const room = await open();
  server.refuse['chat.send'] = new Problem(429, { code: 'too_many_requests' }, 4);
  void room.send('one');
  await settle();
  expect(room.getState().outbox[0]?.state).toBe('waiting');
  server.refuse = {};
  await vi.advanceTimersByTimeAsync(4_000);
  expect(texts(room)).toEqual(['one']);
});

test('a message whose announcement was lost is fetched as soon as the next one shows the gap', async () => {
  const room = await open();
  server.say('amina', 'lost', null, true);
  server.say('amina', 'seen');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(texts(room)).toEqual(['lost', 'seen']);
  expect(server.asked.findLast(({ verb }) => verb === 'consultation.join')?.input).toMatchObject({ afterSeq: 0 });
});

test('a lost announcement with none after it is noticed at the next ping', async () => {
  const room = await open();
  server.say('amina', 'lost', null, true);
  await vi.advanceTimersByTimeAsync(11_000);
  expect(texts(room)).toEqual(['lost']);
});

test('what was said during an absence is replayed when the line is back', async () => {
  const room = await open();
  server.say('amina', 'one');
  server.line('reconnecting');
  server.say('amina', 'two');
  server.say('amina', 'three');
  server.line('connected');
  await settle();
  expect(texts(room)).toEqual(['one', 'two', 'three']);
});

test('an absence longer than a replay starts again from the newest page', async () => {
  server.replayLimit = 20;
  const room = await open();
  server.line('reconnecting');
  for (let i = 1; i <= 120; i++) server.say('amina', `m${i}`);
  server.line('connected');
  await vi.advanceTimersByTimeAsync(2_000);
  expect(texts(room).at(-1)).toBe('m120');
  expect(room.getState().log.behind).toBe(false);
  await room.loadOlder();
  await room.loadOlder();
  expect(texts(room)).toHaveLength(120);
});

test('what arrives is told as delivered; it is told as read only once it was seen', async () => {
  const room = await open();
  server.say('amina', 'one');
  await settle();
  expect(server.count('chat.delivered')).toBe(1);
  expect(server.count('chat.read')).toBe(0);
  room.saw(1);
  await settle();
  expect(server.count('chat.read')).toBe(1);
  expect(room.getState().readSeq).toBe(1);
});

test("a practitioner's visit begins when they start it, not when they look at it", async () => {
  server.consultation = { ...server.consultation, status: 'confirmed' };
  const room = await open('amina');
  expect(server.count('consultation.join')).toBe(0);
  room.enter();
  await settle();
  expect(server.count('consultation.join')).toBe(1);
});

test('a patient waits from a quarter of an hour before; earlier only when asked', async () => {
  server.consultation = {
    ...server.consultation,
    status: 'confirmed',
    scheduledAt: new Date(20 * 60_000).toISOString(),
  };
  const early = await open();
  expect(early.getState().joined).toBe(false);
  server.consultation = { ...server.consultation, scheduledAt: new Date(10 * 60_000).toISOString() };
  const near = await open();
  expect(near.getState().joined).toBe(true);
});

test('a visit that ends is no longer listened to, and keeps its messages', async () => {
  const room = await open();
  server.say('amina', 'one');
  server.tell('consultation.closed', { consultationId: 'c1', closedAt: 'T' });
  expect(room.getState()).toMatchObject({ joined: false, consultation: { status: 'closed', closedAt: 'T' } });
  expect(texts(room)).toEqual(['one']);
});

test('a closed visit is read without joining it', async () => {
  server.consultation = { ...server.consultation, status: 'closed' };
  server.say('amina', 'one');
  const room = await open();
  expect(texts(room)).toEqual(['one']);
  expect(server.count('consultation.join')).toBe(0);
});

test('a stranger learns only that there is nothing', async () => {
  server.api.about = async () => {
    throw new Problem(404, { code: 'not_found' });
  };
  const room = await open();
  expect(room.getState()).toMatchObject({ phase: 'failed', consultation: null, problem: { status: 404 } });
});

test('who loses the right to a consultation no longer sees what was in it', async () => {
  const room = await open();
  server.say('amina', 'one');
  server.refuse['consultation.join'] = new Problem(404, { code: 'not_found' });
  server.line('reconnecting');
  server.line('connected');
  await settle();
  expect(room.getState()).toMatchObject({ phase: 'failed', problem: { status: 404 }, consultation: null });
  expect(texts(room)).toEqual([]);
});

test('a room that could not be reached opens by itself when the line is back', async () => {
  const { about } = server.api;
  server.line('reconnecting');
  server.api.about = async () => {
    throw Problem.unreachable();
  };
  const room = await open();
  expect(room.getState().phase).toBe('failed');
  server.api.about = about;
  server.line('connected');
  await settle();
  expect(room.getState()).toMatchObject({ phase: 'ready', joined: true });
});

const talk: Conversation = {
  id: 'c1',
  kind: 'direct',
  status: 'active',
  seq: 0,
  change: 0,
  readSeq: 0,
  unreadCount: 0,
  createdAt: new Date(0).toISOString(),
  lastMessageAt: null,
  participants: [],
  lastMessage: null,
};

test('a conversation that is no visit is listened to at once, and never entered as one', async () => {
  server.conversation = talk;
  const room = await open();
  expect(room.getState()).toMatchObject({ joined: true, consultation: null, conversation: { kind: 'direct' } });
  expect([server.count('conversation.join'), server.count('consultation.join')]).toEqual([1, 0]);
  server.say('amina', 'one');
  expect(texts(room)).toEqual(['one']);
});

test('one that is put away elsewhere is shown so', async () => {
  server.conversation = talk;
  const room = await open();
  server.conversation = { ...talk, status: 'archived' };
  server.tell('conversation.updated', { conversationId: 'c1', status: 'archived' });
  await settle();
  expect(room.getState().conversation?.status).toBe('archived');
});

test('files travel with their words in one message, once their bytes are there', async () => {
  server.conversation = talk;
  const room = await open();
  room.attach([new File(['x'], 'a.pdf', { type: 'application/pdf' })]);
  await settle();
  expect(room.getState().uploads.map(({ fileId }) => fileId)).toEqual(['f1']);
  void room.send('Both', { urgent: true });
  await settle();
  expect(server.asked.findLast(({ verb }) => verb === 'chat.send')?.input).toMatchObject({
    text: 'Both',
    urgent: true,
    fileIds: ['f1'],
  });
  expect(room.getState().uploads).toEqual([]);
});

test('a sixth file is refused before a byte of it is sent', async () => {
  const room = await open();
  room.attach(Array.from({ length: 6 }, (_, at) => new File(['x'], `${at}.pdf`, { type: 'application/pdf' })));
  await settle();
  expect(room.getState().uploads.map(({ code }) => code)).toEqual([null, null, null, null, null, 'too_many_files']);
});

test('a message far back is shown in a window of its own, which grows until it meets the newest', async () => {
  for (let i = 1; i <= 200; i++) server.say('amina', `m${i}`);
  const room = await open();
  await room.goTo(40);
  expect(room.getState().target).toEqual({ seq: 40 });
  expect(room.getState().past?.log.messages.map(({ seq }) => seq)).toEqual(
    Array.from({ length: 50 }, (_, i) => 20 + i),
  );
  server.say('amina', 'new');
  expect(room.getState().log.messages.at(-1)?.text).toBe('new');
  await room.loadNewer();
  expect(room.getState().past?.log.messages.at(-1)?.seq).toBe(119);
  await room.loadNewer();
  expect(room.getState().past).toBeNull();
  expect(texts(room)).toHaveLength(182);
});

test('a message that is there is shown where it is', async () => {
  for (let i = 1; i <= 60; i++) server.say('amina', `m${i}`);
  const room = await open();
  await room.goTo(30);
  expect(room.getState()).toMatchObject({ past: null, target: { seq: 30 } });
});

test('what is pinned is kept at hand until it is let go', async () => {
  const said = server.say('amina', 'one');
  const room = await open();
  server.tell('chat.message_updated', { message: { ...said, change: 1, pinnedAt: 'T' } });
  expect(room.getState().pins.map(({ id }) => id)).toEqual([said.id]);
  server.tell('chat.message_updated', { message: { ...said, change: 2 } });
  expect(room.getState().pins).toEqual([]);
});

test('whoever comes in the same moment is there, though the answer to the join was written before they came', async () => {
  const tell = server.live.ask;
  server.live.ask = async (verb, input) => {
    const answer = await tell(verb, input);
    if (verb === 'consultation.join')
      server.tell('presence.state', { consultationId: 'c1', onlineUserIds: ['amina', 'nadia'], onlineRevision: 2 });
    return answer;
  };
  const room = await open();
  expect(room.getState().joined).toBe(true);
  expect([...room.getState().presence.online]).toEqual(['amina', 'nadia']);
  server.tell('presence.state', { consultationId: 'c1', onlineUserIds: ['nadia'], onlineRevision: 3 });
  expect([...room.getState().presence.online]).toEqual(['nadia']);
});

test('in a visit, too, a practitioner who was asked in is called by name: asked for once, and guests by theirs', async () => {
  const second = '0199a0b2-0000-7000-8000-000000000001';
  const salma = {
    id: second,
    name: 'Salma Idrissi',
    title: 'Dr',
    role: 'PRACTITIONER',
    joinedAt: '',
    leftAt: null,
  } as const;
  server.participants = [salma];
  let asked = 0;
  const { participants } = server.api;
  server.api.participants = () => {
    asked += 1;
    return participants();
  };
  const room = await open();
  expect(asked).toBe(0);
  const line = server.say('amina', `joined:${second}`);
  line.kind = 'system';
  server.tell('chat.message_updated', { message: { ...line, change: 1 } });
  const said = server.say(second, 'Bonjour');
  await settle();
  const state = room.getState();
  expect(asked).toBe(1);
  expect(subjectIn(state, line)).toBe('Dr Salma Idrissi');
  expect(state.consultation && senderOf({ ...said, senderRole: 'doctor' }, state.consultation, state)).toEqual({
    name: 'Dr Salma Idrissi',
    guest: null,
  });
  expect(subjectIn(state, { ...line, text: 'left:0199a0b2-0000-7000-8000-000000000009' })).toBeNull();
});

test('a name that could not be asked for is asked for again when the conversation goes on', async () => {
  let asked = 0;
  server.api.participants = async () => {
    asked += 1;
    throw Problem.unreachable();
  };
  await open();
  for (const times of [1, 2]) {
    const line = server.say('amina', 'joined:0199a0b2-0000-7000-8000-000000000001');
    line.kind = 'system';
    server.tell('chat.message_updated', { message: { ...line, change: times } });
    await settle();
    expect(asked).toBeGreaterThanOrEqual(times);
  }
});

test('an urgent message from before what is loaded waits above the thread until somebody has seen to it', async () => {
  const first = server.say('nadia', 'It hurts');
  first.urgent = true;
  for (let i = 2; i <= 80; i++) server.say('nadia', `m${i}`);
  const room = await open('amina');
  const waiting = () => urgentOf(room.getState(), 'amina').map(({ seq }) => seq);
  expect(room.getState().log.start).toBeGreaterThan(1);
  expect(waiting()).toEqual([1]);
  server.tell('chat.message_created', { message: { ...server.say('nadia', 'Now', null, true), urgent: true } });
  expect(waiting()).toEqual([1, 81]);
  await room.goTo(1);
  expect(room.getState()).toMatchObject({ target: { seq: 1 } });
  server.tell('chat.message_updated', { message: { ...first, change: 1, acknowledgedAt: first.createdAt } });
  expect(waiting()).toEqual([81]);
  expect(urgentOf(room.getState(), 'nadia')).toEqual([]);
});
