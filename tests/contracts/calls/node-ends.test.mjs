import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { io } from 'socket.io-client';
import { hasPostgres, ownCluster } from '../support/cluster.mjs';
import { endAll, newFolder, serve } from '../support/installation.mjs';
import { eventually } from '../support/people.mjs';
import { ask, heard, http } from '../support/server.mjs';

// Two servers on one PostgreSQL: each has a data folder of its own, with the same key file.
const folder = newFolder('nodes');
const open = [];
let cluster, env, demo, consultationId, tokens;
const node = {};

const start = async (name, args = []) => (node[name] = await serve(join(folder, name), { args, env }));

before(async () => {
  if (!hasPostgres) return;
  cluster = await ownCluster();
  cluster.sql('postgres', 'create database colloque');
  env = { ConnectionStrings__Colloque: cluster.connection('colloque'), SecondFactor__RequiredFor: '' };
  await start('one', ['--demo']);
  mkdirSync(join(folder, 'two', 'keys'), { recursive: true, mode: 0o700 });
  copyFileSync(join(folder, 'one', 'keys', 'master.key'), join(folder, 'two', 'keys', 'master.key'));
  await start('two');
  demo = JSON.parse(readFileSync(join(folder, 'one', 'demo.json'), 'utf8'));
  consultationId = demo.consultations.find((c) => c.status === 'in_progress').id;
  tokens = await Promise.all(['amina', 'nadia', 'marc'].map(async (name) => {
    const { email, password } = demo.users.find((u) => u.email.startsWith(name));
    return (await http('POST', `${node.one.url}/api/auth/login`, { body: { email, password } })).body.accessToken;
  }));
});

after(() => {
  open.forEach((s) => s.close());
  endAll();
  cluster?.end();
  rmSync(folder, { recursive: true, force: true });
});

const host = { candidate: 'candidate:2 1 udp 2122260223 192.168.1.7 50000 typ host generation 0 ufrag abcd', sdpMid: '0', sdpMLineIndex: 0 };
const sdp = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=planted-sdp\r\nt=0 0\r\n';

const connect = async (at, token, namespace = '/consultations') => {
  const socket = io(at.url + namespace, { auth: { token }, transports: ['websocket'], reconnection: false, forceNew: true });
  open.push(socket);
  socket.heard = [];
  socket.onAny((name, payload) => socket.heard.push({ name, payload }));
  await new Promise((ok, no) => socket.once('connect', ok).once('connect_error', no));
  return socket;
};

const good = async (socket, event, payload) => {
  const answer = await ask(socket, event, { consultationId, ...payload });
  assert.equal(answer.ok, true, `${event}: ${JSON.stringify(answer)}`);
  return answer;
};

const is = (socket, callId, passes) => heard(socket, 'call.updated', ({ call: c }) => c.id === callId && passes(c));

/** An offer, its answer and a candidate: each reaches the other's device. */
async function exchange(doctor, patient, callId, mine, theirs, word) {
  for (const [from, to, peer, at, signal] of [
    [doctor, patient, theirs, mine, { description: { type: 'offer', sdp: `${sdp}a=${word}\r\n` } }],
    [patient, doctor, mine, theirs, { description: { type: 'answer', sdp: `${sdp}a=${word}\r\n` } }],
    [doctor, patient, theirs, mine, { candidate: { ...host, usernameFragment: word } }],
  ]) {
    assert.equal((await good(from, 'call.signal', { callId, to: peer, ...signal })).delivered, true, Object.keys(signal)[0]);
    const got = await heard(to, 'call.signal', (s) => (s.description?.sdp.includes(word) && s.description.type === signal.description?.type) || (s.candidate && s.candidate.usernameFragment === word));
    assert.deepEqual([got.callId, got.from], [callId, at]);
  }
}

const skip = !hasPostgres && 'no PostgreSQL on this machine';

test('people at two nodes ring, answer and signal each other; the node of one is killed, and they go on at the one that is left', { skip }, async () => {
  for (const { log } of Object.values(node)) await eventually('the other node', () => /Node \S+ is there/.test(log()));
  let doctor = await connect(node.one, tokens[0]);
  const [patient, old, thief] = await Promise.all([connect(node.two, tokens[1]), connect(node.two, tokens[1], '/audio-call'), connect(node.two, tokens[2])]);
  const mine = await good(doctor, 'call.start', { media: 'video', device: 'desk' });
  const callId = mine.call.id;
  assert.equal((await heard(patient, 'call.ringing')).call.id, callId);
  assert.deepEqual(await heard(old, 'call:incoming'), { consultationId, callerId: mine.call.callerId });
  const theirs = await good(patient, 'call.accept', { callId, device: 'tab' });
  assert.deepEqual(theirs.call.members.map((m) => m.present), [true, true]);
  await heard(old, 'call:ended');
  await is(doctor, callId, (c) => c.state === 'accepted' && c.members.length === 2 && c.members.every((m) => m.present));
  await exchange(doctor, patient, callId, mine.peerId, theirs.peerId, 'across');
  // A large one too, and many at once in their order.
  const large = Array.from({ length: 15 }, (_, i) => `a=large-${i}-${'x'.repeat(4000)}\r\n`).join('');
  await good(doctor, 'call.signal', { callId, to: theirs.peerId, description: { type: 'offer', sdp: sdp + large } });
  assert.equal((await heard(patient, 'call.signal', (s) => s.description?.sdp.includes('large-14'))).description.sdp, sdp + large);
  for (let i = 0; i < 40; i++) doctor.emit('call.signal', { consultationId, callId, to: theirs.peerId, candidate: { ...host, usernameFragment: `n${i}` } });
  await heard(patient, 'call.signal', (s) => s.candidate?.usernameFragment === 'n39');
  const order = patient.heard.map((e) => e.payload.candidate?.usernameFragment ?? '').filter((f) => /^n\d/.test(f));
  assert.equal(order.length, 40);
  await good(patient, 'call.state', { callId, microphone: false });
  await is(doctor, callId, (c) => c.members.some((m) => !m.microphone));
  await good(doctor, 'call.state', { callId, connected: true });
  const { call: connected } = await is(patient, callId, (c) => c.state === 'connected');
  // The person's other device at another node gets in no more than at the same one; and who has no place there hears nothing and says nothing.
  const second = await connect(node.two, tokens[0]);
  assert.equal((await ask(second, 'call.join', { consultationId, callId, device: 'other' })).error.code, 'call_answered_elsewhere');
  for (const from of [second, thief]) assert.equal((await ask(from, 'call.signal', { consultationId, callId, to: mine.peerId, candidate: null })).error.code, 'not_found');

  // Whoever can speak there without the key says nothing; and a node that heard nothing for a while is told what it missed.
  const listeners = cluster.sql('colloque', "select pg_notify('colloque_nodes', 'planted words'); select count(pg_terminate_backend(pid)) from pg_stat_activity where query = 'listen colloque_nodes'");
  assert.match(listeners, /2$/);
  await good(patient, 'call.state', { callId, camera: false });
  await is(doctor, callId, (c) => c.members.some((m) => !m.camera));
  await exchange(doctor, patient, callId, mine.peerId, theirs.peerId, 'anew');

  // A network that changes leads the doctor to the other node while the first still lives, and back.
  const moved = await connect(node.two, tokens[0]);
  assert.equal((await good(moved, 'call.join', { callId, device: 'desk' })).peerId, mine.peerId);
  await exchange(moved, patient, callId, mine.peerId, theirs.peerId, 'moved');
  await eventually('the old place', async () => (await ask(doctor, 'call.signal', { consultationId, callId, to: theirs.peerId, candidate: null })).error?.code === 'not_found');
  doctor.close();
  doctor = await connect(node.one, tokens[0]);
  await good(doctor, 'call.join', { callId, device: 'desk' });
  await exchange(doctor, patient, callId, mine.peerId, theirs.peerId, 'back');

  await node.one.kill();
  doctor = await connect(node.two, tokens[0]);
  const again = await good(doctor, 'call.join', { callId, device: 'desk' });
  assert.deepEqual([again.peerId, again.call.state, again.call.connectedAt, again.call.members.map((m) => [m.present, m.microphone])], [mine.peerId, 'connected', connected.connectedAt, [[true, true], [true, false]]]);
  await exchange(doctor, patient, callId, mine.peerId, theirs.peerId, 'left');
  assert.equal(patient.heard.filter((e) => e.name === 'call.ringing').length, 1);
  assert.deepEqual(thief.heard.filter((e) => e.name.startsWith('call')), []);
  await good(patient, 'call.leave', { callId });
  assert.equal((await is(doctor, callId, (c) => c.state === 'ended')).call.endReason, 'left');
  assert.ok(!/planted|192\.168/.test(node.one.log() + node.two.log()), 'the logs have no word of it');
});

test('two are in a call at one node; it is killed, and both go on at another: one call, no ring, times of the servers', { skip }, async () => {
  await start('one');
  let [doctor, patient] = await Promise.all(tokens.slice(0, 2).map((token) => connect(node.two, token)));
  const mine = await good(doctor, 'call.start', { media: 'video', device: 'desk' });
  const callId = mine.call.id;
  const theirs = await good(patient, 'call.accept', { callId, device: 'tab' });
  await exchange(doctor, patient, callId, mine.peerId, theirs.peerId, 'before');
  await good(doctor, 'call.state', { callId, connected: true });
  const { call: connected } = await is(patient, callId, (c) => c.state === 'connected');
  await node.two.kill();

  [doctor, patient] = await Promise.all(tokens.slice(0, 2).map((token) => connect(node.one, token)));
  assert.equal((await good(patient, 'consultation.join', {})).call.id, callId);
  const first = await good(doctor, 'call.join', { callId, device: 'desk' });
  assert.deepEqual([first.peerId, first.call.state, first.call.connectedAt], [mine.peerId, 'connected', connected.connectedAt]);
  const second = await good(patient, 'call.join', { callId, device: 'tab' });
  assert.deepEqual([second.peerId, second.call.revision, second.call.members.map((m) => m.present)], [theirs.peerId, first.call.revision, [true, true]]);
  await exchange(doctor, patient, callId, mine.peerId, theirs.peerId, 'after');
  assert.ok(![...doctor.heard, ...patient.heard].some((e) => e.name === 'call.ringing'), 'no ring');
  assert.equal(cluster.sql('colloque', `select count(*) from calls where consultation_id = '${consultationId}' and ended_at is null`), '1');

  await good(patient, 'call.end', { callId });
  const { call: over } = await is(doctor, callId, (c) => c.state === 'ended');
  assert.equal(over.connectedAt, connected.connectedAt);
  const said = `call_ended:${Math.floor((Date.parse(over.endedAt) - Date.parse(over.connectedAt)) / 1000)}`;
  const words = async () => (await http('GET', `${node.one.url}/api/v1/consultations/${consultationId}/messages`, { token: tokens[1] })).body.items.filter((m) => m.text === said).length;
  await eventually('the word of its end', words);
  const events = (await http('GET', `${node.one.url}/api/consultations/${consultationId}/events`, { token: tokens[0] })).body.items.filter((e) => /CALL_/.test(e.type) && Date.parse(e.at) >= Date.parse(mine.call.startedAt));
  assert.deepEqual(events.map((e) => [e.type, e.detail]), [['CALL_STARTED', 'video'], ['CALL_JOINED', null], ['CALL_ENDED', 'hung_up']]);
});
