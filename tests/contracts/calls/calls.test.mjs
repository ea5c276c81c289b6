import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertProblem, eventually, put, remove } from '../support/people.mjs';
import { admins, people } from '../support/chat.mjs';
import { ask, closeAll, connect, count, get, heard, meet, pairs, post } from '../support/server.mjs';

after(closeAll);

const sdp = (...more) => ['v=0', 'o=- 4611731400430051336 2 IN IP4 127.0.0.1', 's=-', 't=0 0', 'a=group:BUNDLE 0', 'm=audio 9 UDP/TLS/RTP/SAVPF 111', 'c=IN IP4 0.0.0.0', 'a=mid:0',
  'a=fingerprint:sha-256 AA:BB:CC', ...more, ''].join('\r\n');
const relayed = 'candidate:1 1 udp 41885439 198.51.100.7 61000 typ relay raddr 203.0.113.9 rport 50000 generation 0 ufrag abcd';
const host = 'candidate:2 1 udp 2122260223 192.168.1.7 50000 typ host generation 0 ufrag abcd';

const refused = async (socket, event, payload, code, field) => {
  const answer = await ask(socket, event, payload);
  assert.deepEqual([answer.ok, answer.error?.code, answer.error?.field], [false, code, field], `${event} ${JSON.stringify(payload).slice(0, 200)}: ${JSON.stringify(answer)}`);
};

const good = async (socket, event, payload) => {
  const answer = await ask(socket, event, payload);
  assert.equal(answer.ok, true, `${event}: ${JSON.stringify(answer)}`);
  return answer;
};

const state = (socket, call, wanted) => heard(socket, 'call.updated', ({ call: c }) => c.id === call && c.state === wanted);
const events = async (pair) => (await get(`/api/consultations/${pair.id}/events`, pair.practitioner)).body.items.filter((e) => /call/i.test(e.type));
const words = async (pair) => (await get(`/api/v1/consultations/${pair.id}/messages`, pair.patient)).body.items.filter((m) => m.kind === 'system').map((m) => m.text);

async function enter(pair, role) {
  const link = await post(`/api/consultations/${pair.id}/join-links`, pair.practitioner, { role, name: `Guest ${role}` });
  const entered = await post('/api/join/enter', undefined, { token: link.body.url.split('/join/')[1], name: `Guest ${role}` });
  assert.equal(entered.status, 200, JSON.stringify(entered.body));
  return { ...entered.body, linkId: link.body.id };
}

test('a call rings, is answered by one device, passes signals between the two and to nobody else, and ends with its duration', async () => {
  const pair = pairs[43];
  const { doctor, patient } = await meet(pair);
  const phone = await connect(pair.patient);
  const consultationId = pair.id;
  assert.equal((await good(doctor, 'consultation.join', { consultationId })).call, null);
  assert.deepEqual((await get(`/api/consultations/${consultationId}/call`, pair.patient)).body, { call: null });
  await refused(doctor, 'call.start', { consultationId, media: 'hologram', device: 'd1' }, 'invalid', 'media');
  await refused(doctor, 'call.start', { consultationId, media: 'video', device: 'a b' }, 'invalid', 'device');

  const started = await good(doctor, 'call.start', { consultationId, media: 'video', device: 'desk' });
  const callId = started.call.id;
  assert.deepEqual([started.call.state, started.call.media, started.call.endReason, started.call.acceptedAt], ['ringing', 'video', null, null]);
  assert.deepEqual(started.call.members.map((m) => [m.peerId, m.role, m.order, m.present, m.microphone, m.camera, m.screen]), [[started.peerId, 'practitioner', 0, true, true, true, false]]);
  for (const device of [patient, phone]) {
    const ringing = await heard(device, 'call.ringing');
    assert.deepEqual([ringing.call.id, ringing.silent, ringing.call.callerName.length > 0], [callId, false, true]);
  }
  assert.equal(count(doctor, 'call.ringing'), 0);
  assert.deepEqual((await get('/api/calls/ringing', pair.patient)).body.items.map((r) => r.call.id), [callId]);
  assert.deepEqual((await get('/api/calls/ringing', pair.practitioner)).body.items, []);
  await refused(doctor, 'call.accept', { consultationId, callId, device: 'other' }, 'call_answered_elsewhere');
  await refused(doctor, 'call.reject', { consultationId, callId }, 'forbidden');

  // Two devices at once: one wins, and the other hears that it rings no more.
  const both = await Promise.all([ask(patient, 'call.accept', { consultationId, callId, device: 'tab' }), ask(phone, 'call.accept', { consultationId, callId, device: 'phone' })]);
  assert.deepEqual(both.map((a) => a.ok).sort(), [false, true]);
  assert.equal(both.find((a) => !a.ok).error.code, 'call_answered_elsewhere');
  const [winner, loser] = both[0].ok ? [patient, phone] : [phone, patient];
  const mine = both.find((a) => a.ok);
  await state(loser, callId, 'accepted');
  assert.deepEqual(mine.call.members.map((m) => [m.role, m.order]), [['practitioner', 0], ['patient', 1]]);

  // Signals: to the one device. Who is no device of the call sends none.
  const signal = { consultationId, callId, to: started.peerId };
  const offered = await good(winner, 'call.signal', { ...signal, description: { type: 'offer', sdp: sdp() } });
  assert.equal(offered.delivered, true);
  const offer = await heard(doctor, 'call.signal');
  assert.deepEqual([offer.from, offer.callId, offer.description.type, Object.keys(offer).sort()], [mine.peerId, callId, 'offer', ['callId', 'consultationId', 'description', 'from']]);
  await state(doctor, callId, 'connecting');
  await good(doctor, 'call.signal', { consultationId, callId, to: mine.peerId, candidate: { candidate: relayed, sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'abcd' } });
  const candidate = await heard(winner, 'call.signal');
  // Relayed only: of a device's own address nothing is left.
  assert.deepEqual(candidate.candidate, { candidate: relayed.replace('203.0.113.9', '0.0.0.0').replace('50000', '0'), sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'abcd' });
  assert.equal((await good(doctor, 'call.signal', { consultationId, callId, to: mine.peerId, candidate: { candidate: host, sdpMid: '0' } })).delivered, false);
  await good(doctor, 'call.signal', { consultationId, callId, to: mine.peerId, candidate: null });
  assert.equal((await heard(winner, 'call.signal', (s) => s.candidate === null)).from, started.peerId);
  await good(doctor, 'call.signal', { consultationId, callId, to: mine.peerId, description: { type: 'answer', sdp: sdp(`a=${relayed}`, `a=${host}`) } });
  const answer = await heard(winner, 'call.signal', (s) => s.description?.type === 'answer');
  assert.ok(answer.description.sdp.includes('typ relay raddr 0.0.0.0 rport 0') && !/192\.168|127\.0|203\.0|typ host/.test(answer.description.sdp), answer.description.sdp);
  await refused(loser, 'call.signal', { ...signal, description: { type: 'offer', sdp: sdp() } }, 'not_found');
  await refused(winner, 'call.signal', { ...signal, to: mine.peerId, candidate: null }, 'not_found');

  // Whatever has another shape goes nowhere.
  for (const [more, field] of [
    [{}, 'description'], [{ description: { type: 'offer', sdp: sdp() }, candidate: null }, 'candidate'], [{ description: { type: 'offer', sdp: 'v=1\r\n' } }, 'description'],
    [{ description: { type: 'offer', sdp: `${sdp()}<script>` } }, 'description'], [{ description: { type: 'offer', sdp: sdp('a=x\u0000y') } }, 'description'],
    [{ description: { type: 'offer', sdp: sdp('a=é') } }, 'description'], [{ description: { type: 'offer', sdp: sdp(...Array(20).fill(`a=${'x'.repeat(4000)}`)) } }, 'description'],
    [{ description: { type: 'bye', sdp: sdp() } }, 'description'], [{ description: { type: 'rollback', sdp: sdp() } }, 'description'], [{ candidate: { candidate: 'candidate:1 1 udp' } }, 'candidate'],
    [{ candidate: { candidate: `${relayed} ${'x'.repeat(1000)}` } }, 'candidate'], [{ candidate: 7 }, 'candidate'], [{ candidate: { candidate: relayed, sdpMLineIndex: 'a' } }, 'candidate'],
    [{ candidate: { candidate: relayed, usernameFragment: 'a b' } }, 'candidate'],
  ]) await refused(winner, 'call.signal', { ...signal, ...more }, 'invalid', field);
  assert.equal((await good(winner, 'call.signal', { ...signal, description: { type: 'rollback' } })).delivered, true);

  await good(winner, 'call.state', { consultationId, callId, microphone: false, quality: 'reduced' });
  const muted = await heard(doctor, 'call.updated', ({ call: c }) => c.members.some((m) => m.quality === 'reduced'));
  assert.deepEqual(muted.call.members.map((m) => [m.microphone, m.camera, m.quality]), [[true, true, 'good'], [false, true, 'reduced']]);
  await refused(winner, 'call.state', { consultationId, callId, quality: 'splendid' }, 'invalid', 'quality');
  await good(doctor, 'call.state', { consultationId, callId, connected: true });
  const connected = await state(loser, callId, 'connected');
  assert.ok(Date.parse(connected.call.connectedAt) >= Date.parse(connected.call.acceptedAt));
  await good(winner, 'call.incident', { consultationId, callId, code: 'sound_only' });
  await refused(winner, 'call.incident', { consultationId, callId, code: 'bored' }, 'invalid', 'code');
  await refused(loser, 'call.incident', { consultationId, callId, code: 'recovered' }, 'not_found');

  // A tab that is loaded anew has its place again; the call went on meanwhile.
  winner.close();
  await heard(doctor, 'call.updated', ({ call: c }) => c.id === callId && c.state === 'connected' && c.members.some((m) => !m.present));
  assert.equal((await good(doctor, 'call.signal', { consultationId, callId, to: mine.peerId, candidate: null })).delivered, false);
  const again = await connect(pair.patient);
  const rejoined = await good(again, 'consultation.join', { consultationId });
  assert.deepEqual([rejoined.call.id, rejoined.call.state], [callId, 'connected']);
  const device = winner === patient ? 'tab' : 'phone';
  const back = await good(again, 'call.join', { consultationId, callId, device });
  assert.deepEqual([back.peerId, back.call.members.length, back.call.members[1].present, back.call.members[1].microphone], [mine.peerId, 2, true, false]);
  await refused(loser, 'call.join', { consultationId, callId, device: 'third' }, 'call_answered_elsewhere');

  await good(again, 'call.end', { consultationId, callId });
  const ended = await state(doctor, callId, 'ended');
  assert.deepEqual([ended.call.endReason, ended.call.members], ['hung_up', []]);
  await state(loser, callId, 'ended');
  await good(again, 'call.end', { consultationId, callId });
  await refused(again, 'call.join', { consultationId, callId, device }, 'call_over');
  await refused(doctor, 'call.signal', { consultationId, callId, to: mine.peerId, candidate: null }, 'not_found');
  const lasted = Math.floor((Date.parse(ended.call.endedAt) - Date.parse(ended.call.connectedAt)) / 1000);
  assert.deepEqual(await eventually('the word of its end', async () => { const said = await words(pair); return said.length && said; }), [`call_ended:${lasted}`]);
  assert.deepEqual((await events(pair)).map((e) => [e.type, e.detail]), [
    ['CALL_STARTED', 'video'], ['CALL_JOINED', null], ['CALL_INCIDENT', 'sound_only'], ['CALL_ENDED', 'hung_up'],
  ]);
});

test('somebody else who knows every id gets nothing and changes nothing; both calling at once is one call', async () => {
  const [pair, other] = [pairs[44], pairs[45]];
  const consultationId = pair.id;
  const { doctor, patient } = await meet(pair);
  const thief = await connect(other.patient);
  const colleague = await connect(other.practitioner);
  const both = await Promise.all([ask(doctor, 'call.start', { consultationId, media: 'video', device: 'd' }), ask(patient, 'call.start', { consultationId, media: 'audio', device: 'p' })]);
  assert.deepEqual(both.map((a) => a.ok), [true, true], JSON.stringify(both));
  assert.equal(both[0].call.id, both[1].call.id, 'one call');
  const [{ call: { id: callId } }] = both;
  await state(doctor, callId, 'accepted');
  for (const outsider of [thief, colleague]) {
    for (const [event, more] of [
      ['call.start', { media: 'audio', device: 'x' }], ['call.accept', { callId, device: 'p' }], ['call.join', { callId, device: 'p' }], ['call.reject', { callId }], ['call.leave', { callId }],
      ['call.end', { callId }], ['call.signal', { callId, to: both[0].peerId, description: { type: 'offer', sdp: sdp() } }], ['call.signal', { callId, to: both[0].peerId, candidate: null }],
      ['call.state', { callId, connected: true, microphone: false }], ['call.incident', { callId, code: 'recovered' }],
    ]) await refused(outsider, event, { consultationId, ...more }, 'not_found');
    // Under the own visit the call is none either.
    await refused(outsider, 'call.join', { consultationId: other.id, callId, device: 'p' }, 'not_found');
  }
  assertProblem(await get(`/api/consultations/${consultationId}/call`, other.patient), 404, 'not_found');
  assert.deepEqual((await get('/api/calls/ringing', other.patient)).body.items, []);
  const seen = (await get(`/api/consultations/${consultationId}/call`, pair.patient)).body.call;
  assert.deepEqual([seen.state, seen.members.map((m) => [m.present, m.microphone])], ['accepted', [[true, true], [true, true]]]);
  await good(patient, 'call.leave', { consultationId, callId });
  assert.equal((await state(doctor, callId, 'ended')).call.endReason, 'left');

  // Given up, refused, busy.
  const given = await good(patient, 'call.start', { consultationId, media: 'audio', device: 'p' });
  await good(patient, 'call.end', { consultationId, callId: given.call.id });
  assert.equal((await state(doctor, given.call.id, 'missed')).call.endReason, 'hung_up');
  const busy = await good(doctor, 'call.start', { consultationId, media: 'audio', device: 'd' });
  await good(patient, 'call.reject', { consultationId, callId: busy.call.id, reason: 'busy' });
  assert.equal((await state(doctor, busy.call.id, 'rejected')).call.endReason, 'busy');
  const said = await eventually('three words', async () => { const all = await words(pair); return all.length === 3 && all; });
  assert.deepEqual(said.sort(), ['call_declined', 'call_failed', 'call_missed']);

  // The visit's end is the call's.
  const last = await good(doctor, 'call.start', { consultationId, media: 'video', device: 'd' });
  await good(patient, 'call.accept', { consultationId, callId: last.call.id, device: 'p' });
  assert.equal((await post(`/api/v1/consultations/${consultationId}/close`, pair.practitioner)).status, 200);
  assert.equal((await state(patient, last.call.id, 'ended')).call.endReason, 'visit_closed');
  await refused(doctor, 'call.start', { consultationId, media: 'video', device: 'd' }, 'consultation_not_in_progress');
  assert.deepEqual([...thief.heard, ...colleague.heard].filter((e) => e.name.startsWith('call.')), [], 'outsiders heard nothing');
});

test('guests join what the two have begun, four at most, and only leave; who is in for the patient is rung', async () => {
  const pair = pairs[46];
  const consultationId = pair.id;
  const { doctor, patient } = await meet(pair);
  const interpreter = await enter(pair, 'INTERPRETER');
  const relatives = [await enter(pair, 'RELATIVE'), await enter(pair, 'RELATIVE')];
  const visitor = await connect(interpreter.accessToken);
  await good(visitor, 'consultation.join', { consultationId });
  await refused(visitor, 'call.start', { consultationId, media: 'audio', device: 'g' }, 'forbidden');
  const { call: { id: callId } } = await good(doctor, 'call.start', { consultationId, media: 'video', device: 'd' });
  await heard(visitor, 'call.updated', ({ call: c }) => c.id === callId);
  for (const event of ['call.accept', 'call.reject', 'call.end']) await refused(visitor, event, { consultationId, callId, device: 'g' }, 'forbidden');
  await refused(visitor, 'call.join', { consultationId, callId, device: 'g' }, 'call_ringing');
  await good(patient, 'call.accept', { consultationId, callId, device: 'p' });
  const place = await good(visitor, 'call.join', { consultationId, callId, device: 'g' });
  assert.deepEqual(place.call.members.map((m) => m.role), ['practitioner', 'patient', 'guest']);
  const more = await Promise.all(relatives.map((r) => connect(r.accessToken)));
  await good(more[0], 'call.join', { consultationId, callId, device: 'r' });
  await refused(more[1], 'call.join', { consultationId, callId, device: 'r' }, 'call_full');
  await refused(visitor, 'call.end', { consultationId, callId }, 'forbidden');
  await good(patient, 'call.leave', { consultationId, callId });
  // A link that is taken back takes its guest out of the call, at once.
  const gone = await remove(`/api/consultations/${consultationId}/join-links/${interpreter.linkId}`, pair.practitioner);
  assert.equal(gone.status, 204);
  await heard(doctor, 'call.updated', ({ call: c }) => c.id === callId && c.members.length === 2);
  await good(more[0], 'call.leave', { consultationId, callId });
  assert.equal((await state(doctor, callId, 'ended')).call.endReason, 'left');
  assert.deepEqual((await events(pair)).map((e) => e.type), ['CALL_STARTED', 'CALL_JOINED', 'CALL_JOINED', 'CALL_JOINED', 'CALL_LEFT', 'CALL_LEFT', 'CALL_LEFT', 'CALL_ENDED']);

  const standing = await enter(pair, 'PATIENT');
  const stand = await connect(standing.accessToken);
  const second = await good(doctor, 'call.start', { consultationId, media: 'audio', device: 'd' });
  await heard(stand, 'call.ringing', ({ call: c }) => c.id === second.call.id);
  assert.deepEqual((await get('/api/calls/ringing', standing.accessToken)).body.items.map((r) => r.call.id), [second.call.id]);
  const answered = await good(stand, 'call.accept', { consultationId, callId: second.call.id, device: 'link' });
  assert.deepEqual(answered.call.members.map((m) => m.role), ['practitioner', 'patient']);
  await heard(patient, 'call.updated', ({ call: c }) => c.id === second.call.id && c.state === 'accepted');
  await good(doctor, 'call.end', { consultationId, callId: second.call.id });
});

test('a client written from document 001 calls another, and one of /consultations, and is called by it', async () => {
  const pair = pairs[47];
  const consultationId = pair.id;
  const { doctor, patient } = await meet(pair);
  const { patientId, doctorId } = await people(pair);
  const [caller, callee, shelf, outsider] = await Promise.all([pair.patient, pair.practitioner, pair.practitioner, pairs[48].patient].map((t) => connect(t, { namespace: '/audio-call' })));
  const offer = { type: 'offer', sdp: sdp('a=x-caller') };
  const answer = { type: 'answer', sdp: sdp('a=x-callee') };
  assert.deepEqual(await ask(callee, 'call:accept', { consultationId }), { error: 'Call not found', code: 'not_found' });
  assert.equal((await ask(caller, 'call:initiate', { consultationId, calleeId: '01900000-0000-7000-8000-000000000000' })).code, 'invalid');

  // As printed: the offer is made before the call, and waits for whoever answers.
  caller.emit('webrtc:offer', { consultationId, offer });
  caller.emit('webrtc:ice-candidate', { consultationId, candidate: { candidate: relayed, sdpMid: '0', sdpMLineIndex: 0 } });
  assert.deepEqual(await ask(caller, 'call:initiate', { consultationId, calleeId: doctorId }), { status: 'calling' });
  assert.deepEqual(await heard(callee, 'call:incoming'), { consultationId, callerId: patientId });
  await heard(shelf, 'call:incoming');
  const { call: { id: first } } = await heard(doctor, 'call.ringing');
  assert.equal(count(callee, 'webrtc:offer'), 0, 'nobody’s microphone opens before they answer');
  for (const event of ['call:initiate', 'call:accept', 'call:reject', 'call:end']) assert.ok((await ask(outsider, event, { consultationId, calleeId: doctorId })).error, event);
  for (const [event, more] of [['webrtc:offer', { offer }], ['webrtc:answer', { answer }], ['webrtc:ice-candidate', { candidate: null }]]) {
    assert.deepEqual(await ask(outsider, event, { consultationId, ...more }), { error: 'Call not found', code: 'not_found' });
  }
  assert.deepEqual(await ask(callee, 'call:accept', { consultationId }), { status: 'accepted' });
  assert.deepEqual(await heard(caller, 'call:accepted'), { consultationId, calleeId: doctorId });
  assert.deepEqual(await heard(shelf, 'call:ended'), { consultationId });
  assert.match((await heard(callee, 'webrtc:offer')).offer.sdp, /a=x-caller/);
  assert.match((await heard(callee, 'webrtc:ice-candidate')).candidate.candidate, /typ relay raddr 0\.0\.0\.0/);
  assert.deepEqual(await ask(callee, 'webrtc:answer', { consultationId, answer }), { status: 'sent' });
  assert.match((await heard(caller, 'webrtc:answer')).answer.sdp, /a=x-callee/);
  await state(patient, first, 'connected');
  assert.equal((await ask(caller, 'webrtc:offer', { consultationId, offer: { type: 'offer', sdp: 'x' } })).code, 'invalid');
  assert.deepEqual(await ask(caller, 'call:end', { consultationId }), { status: 'ended' });
  assert.deepEqual(await heard(callee, 'call:ended'), { consultationId });
  assert.equal(count(caller, 'call:ended'), 0);

  // Calls of the newer contract: answered here, the newer client offers; its order is the higher one.
  const ring = await good(doctor, 'call.start', { consultationId, media: 'video', device: 'desk' });
  await heard(caller, 'call:incoming');
  assert.deepEqual(await ask(caller, 'call:accept', { consultationId }), { status: 'accepted' });
  const { call: joined } = await state(doctor, ring.call.id, 'accepted');
  const [old] = joined.members.filter((m) => m.userId === patientId);
  assert.ok(old.order < joined.members.find((m) => m.userId === doctorId).order);
  await good(doctor, 'call.signal', { consultationId, callId: ring.call.id, to: old.peerId, description: { type: 'offer', sdp: sdp('a=x-newer') } });
  assert.match((await heard(caller, 'webrtc:offer')).offer.sdp, /a=x-newer/);
  await ask(caller, 'webrtc:answer', { consultationId, answer });
  assert.match((await heard(doctor, 'call.signal')).description.sdp, /a=x-callee/);
  await good(doctor, 'call.end', { consultationId, callId: ring.call.id });
  await heard(caller, 'call:ended');

  // The other way round; and no for an answer.
  caller.emit('webrtc:offer', { consultationId, offer });
  await ask(caller, 'call:initiate', { consultationId, calleeId: doctorId });
  const { call: second } = await heard(doctor, 'call.ringing', ({ call: c }) => c.id !== first);
  const place = await good(doctor, 'call.accept', { consultationId, callId: second.id, device: 'desk' });
  const waited = await heard(doctor, 'call.signal', (s) => s.callId === second.id);
  assert.match(waited.description.sdp, /a=x-caller/);
  // An offer that meets another gives way.
  await good(doctor, 'call.signal', { consultationId, callId: second.id, to: waited.from, description: { type: 'offer', sdp: sdp('a=x-meets') } });
  await good(doctor, 'call.signal', { consultationId, callId: second.id, to: waited.from, description: { type: 'answer', sdp: sdp('a=x-newer') } });
  assert.match((await heard(caller, 'webrtc:answer', (a) => /newer/.test(a.answer.sdp))).answer.sdp, /a=x-newer/);
  assert.ok(!JSON.stringify(caller.heard).includes('a=x-meets'));
  await good(doctor, 'call.leave', { consultationId, callId: second.id });
  assert.equal(place.call.members.length, 2);
  await ask(caller, 'call:initiate', { consultationId, calleeId: doctorId });
  assert.deepEqual(await ask(callee, 'call:reject', { consultationId }), { status: 'rejected' });
  assert.deepEqual(await heard(caller, 'call:rejected'), { consultationId });
  assert.deepEqual(outsider.heard, []);
});

test('the test before a visit has credentials of its own, keeps what it found for the two, and do-not-disturb rings without a sound', async () => {
  const pair = pairs[48];
  const path = `/api/consultations/${pair.id}/pre-call-test`;
  const begun = await get(path, pair.patient);
  assert.deepEqual([begun.status, begun.body.iceTransportPolicy, begun.body.iceServers.length, begun.body.iceServers[0].username.split(':')[1].length > 30, begun.body.results],
    [200, 'relay', 1, true, []], JSON.stringify(begun.body));
  assert.ok(Date.parse(begun.body.expiresAt) - Date.now() <= 600_000);
  const body = { camera: 'denied', microphone: 'ok', speaker: 'ok', network: { udp: false, tcp: true, tls: null, roundTripMs: 42, lossPercent: 0.5, kilobitsPerSecond: 1800 }, verdict: 'sound_only' };
  assert.equal((await post(path, pair.patient, body)).status, 204);
  for (const [more, field] of [[{ camera: 'x' }, 'camera'], [{ microphone: undefined }, 'microphone'], [{ speaker: 'loud' }, 'speaker'], [{ verdict: 1 }, 'verdict'], [{ note: 'x' }, 'note'],
    [{ network: { lossPercent: 101 } }, 'network'], [{ network: { roundTripMs: -1 } }, 'network']]) {
    assert.equal((await post(path, pair.patient, { ...body, ...more })).status, 422, field);
  }
  const [kept] = (await get(path, pair.practitioner)).body.results;
  assert.deepEqual({ ...kept, userId: undefined, at: undefined }, { ...body, role: 'patient', userId: undefined, at: undefined });
  const guest = await enter(pair, 'RELATIVE');
  assert.deepEqual((await get(path, guest.accessToken)).body.results, []);
  for (const token of [pairs[43].patient, pairs[43].practitioner]) {
    assertProblem(await get(path, token), 404, 'not_found');
    assertProblem(await post(path, token, body), 404, 'not_found');
  }
  for (const token of await admins()) {
    for (const answer of [await get(path, token), await post(path, token, body), await get(`/api/consultations/${pair.id}/call`, token), await get('/api/calls/ringing', token), await get('/api/me/call-settings', token)]) {
      assertProblem(answer, 403, 'forbidden');
    }
    await assert.rejects(connect(token, { namespace: '/audio-call' }));
  }

  assert.deepEqual((await get('/api/me/call-settings', pair.patient)).body, { doNotDisturb: false });
  assert.deepEqual((await put('/api/me/call-settings', pair.patient, { doNotDisturb: true })).body, { doNotDisturb: true });
  assertProblem(await put('/api/me/call-settings', pair.patient, {}), 422, 'required', 'doNotDisturb');
  const { doctor, patient } = await meet(pair);
  const { call } = await good(doctor, 'call.start', { consultationId: pair.id, media: 'audio', device: 'd' });
  assert.equal((await heard(patient, 'call.ringing')).silent, true);
  assert.equal((await get('/api/calls/ringing', pair.patient)).body.items[0].silent, true);
  await good(doctor, 'call.end', { consultationId: pair.id, callId: call.id });
  await put('/api/me/call-settings', pair.patient, { doNotDisturb: false });
  assert.deepEqual((await events(pair)).map((e) => [e.type, e.detail]), [['PRE_CALL_TEST', 'sound_only'], ['CALL_STARTED', 'audio'], ['CALL_ENDED', 'hung_up']]);
  assert.equal((await post(`/api/v1/consultations/${pair.id}/close`, pair.practitioner)).status, 200);
  assertProblem(await get(path, pair.patient), 409, 'room_closed');
  assertProblem(await post(path, pair.patient, body), 404, 'not_found');
});
