import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { endAll, newFolder, serve } from '../support/installation.mjs';
import { eventually } from '../support/people.mjs';
import { ask, closeAll, connect, data, heard, http, pairs, url } from '../support/server.mjs';

// A second node, and after its end a third, on the PostgreSQL of the tests' own server: each has a data folder of its own, with the same key file.
const run = realpathSync(join(data, 'run'));
const folder = newFolder('nodes');
const first = { url };
const pair = pairs[58];
const consultationId = pair.id;
const [doctors, patients] = [pair.practitioner, pair.patient];

async function start(name) {
  mkdirSync(join(folder, name, 'keys'), { recursive: true, mode: 0o700 });
  copyFileSync(join(data, 'keys', 'master.key'), join(folder, name, 'keys', 'master.key'));
  const login = (user) => `Host=${run};Username=${user};Database=colloque`;
  return serve(join(folder, name), { env: { ConnectionStrings__Colloque: login('postgres'), ConnectionStrings__ColloqueRuntime: login('colloque_app') } });
}

/** Asks the database they share. */
function sql(text) {
  const { status, stdout, stderr, error } = spawnSync('psql', ['-h', run, '-U', 'postgres', '-d', 'colloque', '-Atc', text], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : assert.fail(`psql: ${error ?? stderr}`);
}

after(() => {
  closeAll();
  endAll();
  rmSync(folder, { recursive: true, force: true });
});

const relay = { candidate: 'candidate:1 1 udp 41885439 198.51.100.7 61000 typ relay raddr 0.0.0.0 rport 0 generation 0 ufrag abcd', sdpMid: '0', sdpMLineIndex: 0 };
const sdp = 'v=0\r\no=- 1 2 IN IP4 0.0.0.0\r\ns=planted-sdp\r\nt=0 0\r\n';

const connectTo = (node, token, namespace) => connect(token, { at: node.url, namespace });

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
    [doctor, patient, theirs, mine, { candidate: { ...relay, usernameFragment: word } }],
  ]) {
    assert.equal((await good(from, 'call.signal', { callId, to: peer, ...signal })).delivered, true, Object.keys(signal)[0]);
    const got = await heard(to, 'call.signal', (s) => (s.description?.sdp.includes(word) && s.description.type === signal.description?.type) || (s.candidate && s.candidate.usernameFragment === word));
    assert.deepEqual([got.callId, got.from], [callId, at]);
  }
}

test('people at two nodes ring, answer and signal each other; the node of one is killed, and they go on at the one that is left', async () => {
  const two = await start('two');
  await eventually('the other node', () => /Node \S+ is there/.test(two.log()));
  let doctor = await connectTo(two, doctors);
  const [patient, old, thief] = await Promise.all([connectTo(first, patients), connectTo(first, patients, '/audio-call'), connectTo(first, pairs[59].patient)]);
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
  for (let i = 0; i < 40; i++) doctor.emit('call.signal', { consultationId, callId, to: theirs.peerId, candidate: { ...relay, usernameFragment: `n${i}` } });
  await heard(patient, 'call.signal', (s) => s.candidate?.usernameFragment === 'n39');
  const order = patient.heard.map((e) => e.payload.candidate?.usernameFragment ?? '').filter((f) => /^n\d/.test(f));
  assert.equal(order.length, 40);
  await good(patient, 'call.state', { callId, microphone: false });
  await is(doctor, callId, (c) => c.members.some((m) => !m.microphone));
  await good(doctor, 'call.state', { callId, connected: true });
  const { call: connected } = await is(patient, callId, (c) => c.state === 'connected');
  // The person's other device at another node gets in no more than at the same one; and who has no place there hears nothing and says nothing.
  const second = await connectTo(first, doctors);
  assert.equal((await ask(second, 'call.join', { consultationId, callId, device: 'other' })).error.code, 'call_answered_elsewhere');
  for (const from of [second, thief]) assert.equal((await ask(from, 'call.signal', { consultationId, callId, to: mine.peerId, candidate: null })).error.code, 'not_found');

  // Whoever can speak there without the key says nothing; and a node that heard nothing for a while is told what it missed.
  const listeners = sql("select pg_notify('colloque_nodes', 'planted words'); select count(pg_terminate_backend(pid)) from pg_stat_activity where query = 'listen colloque_nodes'");
  assert.match(listeners, /2$/);
  await good(patient, 'call.state', { callId, camera: false });
  await is(doctor, callId, (c) => c.members.some((m) => !m.camera));
  await exchange(doctor, patient, callId, mine.peerId, theirs.peerId, 'anew');

  // A network that changes leads the doctor to the other node while the first still lives, and back.
  const moved = await connectTo(first, doctors);
  assert.equal((await good(moved, 'call.join', { callId, device: 'desk' })).peerId, mine.peerId);
  await exchange(moved, patient, callId, mine.peerId, theirs.peerId, 'moved');
  await eventually('the old place', async () => (await ask(doctor, 'call.signal', { consultationId, callId, to: theirs.peerId, candidate: null })).error?.code === 'not_found');
  doctor.close();
  doctor = await connectTo(two, doctors);
  await good(doctor, 'call.join', { callId, device: 'desk' });
  await exchange(doctor, patient, callId, mine.peerId, theirs.peerId, 'back');

  await two.kill();
  doctor = await connectTo(first, doctors);
  const again = await good(doctor, 'call.join', { callId, device: 'desk' });
  assert.deepEqual([again.peerId, again.call.state, again.call.connectedAt, again.call.members.map((m) => [m.present, m.microphone])], [mine.peerId, 'connected', connected.connectedAt, [[true, true], [true, false]]]);
  await exchange(doctor, patient, callId, mine.peerId, theirs.peerId, 'left');
  assert.equal(patient.heard.filter((e) => e.name === 'call.ringing').length, 1);
  assert.deepEqual(thief.heard.filter((e) => e.name.startsWith('call')), []);
  await good(patient, 'call.leave', { callId });
  assert.equal((await is(doctor, callId, (c) => c.state === 'ended')).call.endReason, 'left');
  assert.ok(!/planted|192\.168/.test(two.log()), 'its log has no word of it');
});

test('two are in a call at one node; it is killed, and both go on at another: one call, no ring, times of the servers', async () => {
  const three = await start('three');
  let [doctor, patient] = await Promise.all([doctors, patients].map((token) => connectTo(three, token)));
  const mine = await good(doctor, 'call.start', { media: 'video', device: 'desk' });
  const callId = mine.call.id;
  const theirs = await good(patient, 'call.accept', { callId, device: 'tab' });
  await exchange(doctor, patient, callId, mine.peerId, theirs.peerId, 'before');
  await good(doctor, 'call.state', { callId, connected: true });
  const { call: connected } = await is(patient, callId, (c) => c.state === 'connected');
  await three.kill();

  [doctor, patient] = await Promise.all([doctors, patients].map((token) => connectTo(first, token)));
  assert.equal((await good(patient, 'consultation.join', {})).call.id, callId);
  const own = await good(doctor, 'call.join', { callId, device: 'desk' });
  assert.deepEqual([own.peerId, own.call.state, own.call.connectedAt], [mine.peerId, 'connected', connected.connectedAt]);
  const second = await good(patient, 'call.join', { callId, device: 'tab' });
  assert.deepEqual([second.peerId, second.call.revision, second.call.members.map((m) => m.present)], [theirs.peerId, own.call.revision, [true, true]]);
  await exchange(doctor, patient, callId, mine.peerId, theirs.peerId, 'after');
  assert.ok(![...doctor.heard, ...patient.heard].some((e) => e.name === 'call.ringing'), 'no ring');
  assert.equal(sql(`select count(*) from calls where consultation_id = '${consultationId}' and ended_at is null`), '1');

  await good(patient, 'call.end', { callId });
  const { call: over } = await is(doctor, callId, (c) => c.state === 'ended');
  assert.equal(over.connectedAt, connected.connectedAt);
  const said = `call_ended:${Math.floor((Date.parse(over.endedAt) - Date.parse(over.connectedAt)) / 1000)}`;
  const words = async () => (await http('GET', `/api/v1/consultations/${consultationId}/messages`, { token: patients })).body.items.filter((m) => m.text === said).length;
  await eventually('the word of its end', words);
  const events = (await http('GET', `/api/consultations/${consultationId}/events`, { token: doctors })).body.items.filter((e) => /CALL_/.test(e.type) && Date.parse(e.at) >= Date.parse(mine.call.startedAt));
  assert.deepEqual(events.map((e) => [e.type, e.detail]), [['CALL_STARTED', 'video'], ['CALL_JOINED', null], ['CALL_ENDED', 'hung_up']]);
});
