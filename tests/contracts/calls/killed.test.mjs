import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { destroy, endAll, newFolder, serve } from '../support/installation.mjs';
import { ask, closeAll, connect, heard } from '../support/server.mjs';

const data = newFolder('calls');

after(() => {
  closeAll();
  endAll();
  destroy(data);
});

const device = 'planted-device';
const host = { candidate: 'candidate:2 1 udp 2122260223 192.168.1.7 50000 typ host generation 0 ufrag abcd', sdpMid: '0', sdpMLineIndex: 0 };
const sdp = `v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=planted-sdp\r\nt=0 0\r\n`;

test('a call outlives its server; one that nobody answers is missed; floods are held back; the log has no word of it', async () => {
  const env = { Limits__Enabled: 'true', Calls__RingFor: '00:00:03', SecondFactor__RequiredFor: '' };
  let server = await serve(data, { args: ['--demo'], env });
  const demo = JSON.parse(readFileSync(`${data}/demo.json`, 'utf8'));
  const consultationId = demo.consultations.find((c) => c.status === 'in_progress').id;
  const tokenOf = async (name) => {
    const { email, password } = demo.users.find((u) => u.email.startsWith(name));
    const answer = await fetch(`${server.url}/api/auth/login`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email, password }) });
    return (await answer.json()).accessToken;
  };
  const connectHere = (token) => connect(token, { at: server.url });
  const good = async (socket, event, payload) => {
    const answer = await ask(socket, event, { consultationId, ...payload });
    assert.equal(answer.ok, true, `${event}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const ended = (socket, callId, state) => heard(socket, 'call.updated', ({ call: c }) => c.id === callId && c.state === state);

  const tokens = [await tokenOf('nadia'), await tokenOf('amina')];
  let [doctor, patient] = await Promise.all(tokens.map(connectHere));
  const mine = await good(doctor, 'call.start', { media: 'video', device });
  const callId = mine.call.id;
  const theirs = await good(patient, 'call.accept', { callId, device });
  await good(patient, 'call.signal', { callId, to: mine.peerId, description: { type: 'offer', sdp } });
  // Without a relay devices meet directly: candidates pass as they are.
  await good(patient, 'call.signal', { callId, to: mine.peerId, candidate: host });
  assert.equal((await heard(doctor, 'call.signal', (s) => s.candidate)).candidate.candidate, host.candidate);
  await good(doctor, 'call.state', { callId, connected: true });
  const { call: connected } = await ended(patient, callId, 'connected');

  await server.kill();
  const before = server.log();
  server = await serve(data, { env });
  [doctor, patient] = await Promise.all(tokens.map(connectHere));
  assert.equal((await good(patient, 'consultation.join', {})).call.id, callId);
  const back = [await good(doctor, 'call.join', { callId, device }), await good(patient, 'call.join', { callId, device })];
  assert.deepEqual(back.map((b) => b.peerId), [mine.peerId, theirs.peerId]);
  assert.deepEqual([back[1].call.state, back[1].call.connectedAt, back[1].call.members.map((m) => m.present)], ['connected', connected.connectedAt, [true, true]]);
  await good(patient, 'call.signal', { callId, to: mine.peerId, description: { type: 'offer', sdp } });

  // A flood is held back, on its own account alone.
  const flood = await Promise.all(Array.from({ length: 600 }, () => ask(patient, 'call.signal', { consultationId, callId, to: mine.peerId, candidate: host })));
  const refused = flood.filter((a) => !a.ok);
  assert.ok(refused.length > 100 && refused.every((a) => a.error.code === 'too_many_requests'), JSON.stringify(refused[0]));
  const offers = await Promise.all(Array.from({ length: 120 }, () => ask(patient, 'call.signal', { consultationId, callId, to: mine.peerId, description: { type: 'offer', sdp } })));
  assert.ok(offers.some((a) => !a.ok) && doctor.heard.filter((e) => e.name === 'call.signal').length < 560);
  await good(doctor, 'call.signal', { callId, to: theirs.peerId, candidate: null });
  // Too large for a socket at all: it ends, and its place is kept.
  patient.emit('call.signal', { consultationId, callId, to: mine.peerId, description: { type: 'offer', sdp: sdp + 'a='.padEnd(1_100_000, 'x') } });
  await heard(doctor, 'call.updated', ({ call: c }) => c.id === callId && c.members.some((m) => !m.present));
  patient = await connectHere(tokens[1]);
  assert.equal((await good(patient, 'call.join', { callId, device })).peerId, theirs.peerId);
  await good(doctor, 'call.end', { callId });
  await ended(patient, callId, 'ended');

  const missed = await good(doctor, 'call.start', { media: 'audio', device });
  await heard(patient, 'call.ringing', ({ call: c }) => c.id === missed.call.id);
  assert.equal((await ended(patient, missed.call.id, 'missed')).call.endReason, 'missed');
  const log = before + server.log();
  assert.ok(!/planted-|typ host|192\.168/.test(log), log.match(/.*(planted-|typ host|192\.168).*/)?.[0]);
});
