// Document 003 from outside: its objects, its ten endpoints, its codes, and that what is written here is heard on the sockets.
import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startServer, temporaryFolder, until } from '../support/own-server.mjs';
import { ask, closeAll, connect, demo, get, heard, http, pairs, post, signIn, url } from '../support/server.mjs';

after(closeAll);

const [pair, other] = [pairs[56], pairs[57]];
const { patient, practitioner } = pair;
const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const ogg = Buffer.concat([Buffer.from('OggS\x00\x02', 'latin1'), Buffer.alloc(8), Buffer.from('\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01\x13OpusHead\x01\x01', 'latin1'), Buffer.alloc(9)]);
const prescription = { medications: [{ medication: 'Amoxicilline 1 g', dosage: '1 comprimé', frequency: '2 fois par jour', duration: '6 jours' }, { medication: 'Paracétamol 1 g', dosage: '1 comprimé', frequency: 'si douleur' }], notes: 'planted-quetzal' };
const exam = { exam: 'Hémogramme', date: '2026-03-01', values: [{ name: 'Hémoglobine', value: '13,1', unit: 'g/dL', referenceRange: '12 - 16', flag: 'normal' }], conclusion: 'Sans particularité' };

const ids = {};
before(async () => {
  const visit = (await get(`/api/v1/consultations/${pair.id}`, patient)).body;
  [ids.patient, ids.medecin] = [visit.patient.id, visit.doctor.id];
});

const write = async (body) => {
  const answer = await post('/api/records', practitioner, { patientId: ids.patient, ...body });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer.body.id;
};
const send = (token, contextId, body, contextType = 'ordonnance') => post('/api/messaging/send', token, { contextType, contextId, ...body });
const history = (token, contextId, query = '', contextType = 'ordonnance') => get(`/api/messaging/history/${contextType}/${contextId}${query}`, token);
const form = (token, fields) => {
  const data = new FormData();
  for (const [name, value, filename] of fields) data.append(name, value, ...(filename ? [filename] : []));
  return fetch(`${url}/api/messaging/send`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: data }).then(async (r) => ({ status: r.status, body: await r.json() }));
};
const blob = (bytes, type) => new Blob([bytes], { type });

test('a practitioner writes a prescription and an exam; both people read them, versions stay, and it is told at once', async () => {
  const listening = await connect(patient);
  const written = await http('POST', '/api/records', { token: practitioner, body: { patientId: ids.patient, consultationId: pair.id, prescription }, headers: { 'idempotency-key': 'rx-1' } });
  assert.equal(written.status, 201, JSON.stringify(written.body));
  assert.deepEqual([written.body.kind, written.body.version, written.body.prescription.medications[0].dosage, written.body.conversationId], ['prescription', 1, '1 comprimé', written.body.id]);
  const again = await http('POST', '/api/records', { token: practitioner, body: { patientId: ids.patient, consultationId: pair.id, prescription }, headers: { 'idempotency-key': 'rx-1' } });
  assert.deepEqual([again.status, again.body.id], [200, written.body.id]);
  assert.equal((await heard(listening, 'record.created', (e) => e.recordId === written.body.id)).kind, 'prescription');

  const corrected = await post(`/api/records/${written.body.id}/versions`, practitioner, { version: 1, prescription: { ...prescription, notes: 'said anew' } });
  assert.deepEqual([corrected.status, corrected.body.version, corrected.body.versions.length], [201, 2, 2]);
  assert.equal((await heard(listening, 'record.updated', (e) => e.recordId === written.body.id)).version, 2);
  assert.equal((await post(`/api/records/${written.body.id}/versions`, practitioner, { version: 1, prescription })).body.code, 'record_changed');
  const seen = await get(`/api/records/${written.body.id}`, patient);
  assert.deepEqual(seen.body.versions.map((v) => v.prescription.notes), ['said anew', 'planted-quetzal']);

  const examId = await write({ exam });
  const report = new FormData();
  report.append('file', blob(pdf, 'application/pdf'), 'compte-rendu.pdf');
  const attached = await fetch(`${url}/api/records/${examId}/report`, { method: 'POST', headers: { authorization: `Bearer ${practitioner}` }, body: report });
  assert.equal(attached.status, 201);
  const withReport = (await get(`/api/records/${examId}`, patient)).body;
  assert.deepEqual([withReport.version, withReport.report.name, withReport.exam.values[0].flag], [2, 'compte-rendu.pdf', 'normal']);
  const link = (await get(`/api/conversations/${examId}/files/${withReport.report.id}/download`, patient)).body;
  assert.deepEqual(Buffer.from(await (await fetch(link.downloadUrl)).arrayBuffer()), pdf);
  const list = await get('/api/records?kind=exam&limit=1', patient);
  assert.deepEqual([list.body.items.map((r) => r.id), list.body.items[0].versions], [[examId], null]);

  for (const [body, field] of [
    [{ prescription: { medications: [] } }, 'prescription.medications'], [{ prescription: { medications: [{ medication: 'X', dosage: '1' }] } }, 'prescription.medications[0].frequency'],
    [{ exam: { ...exam, date: '2999-01-01' } }, 'exam.date'], [{ exam: { ...exam, values: [{ ...exam.values[0], flag: 'odd' }] } }, 'exam.values[0].flag'], [{}, 'prescription'],
    [{ exam: { ...exam, reportFileId: randomUUID() } }, 'exam.reportFileId'], [{ consultationId: other.id, exam }, 'consultationId'],
  ]) {
    const refused = await post('/api/records', practitioner, { patientId: ids.patient, ...body });
    assert.deepEqual([refused.status, Object.keys(refused.body.errors)], [422, [field]], JSON.stringify(refused.body));
  }

  assert.equal((await post('/api/records', patient, { patientId: ids.patient, exam })).status, 403);
  assert.equal((await post('/api/records', practitioner, { patientId: randomUUID(), exam })).body.code, 'no_visit_with_patient');
  for (const token of [other.patient, other.practitioner]) assert.equal((await get(`/api/records/${examId}`, token)).status, 404);
  assert.equal((await get(`/api/records/${examId}`, await signIn('helene'))).status, 403);

  // Who read what of oneself is noted, and one sees it.
  assert.equal((await get(`/api/records/${examId}`, practitioner)).status, 200);
  await until(async () => (await get('/api/users/me/access-log', patient)).body.items.some((e) => e.resourceId === examId && e.actor?.id === ids.medecin && e.action === 'READ'), 'the patient sees who read the exam');
});

test('a message has the shape of the document, goes from sent over delivered to read, and is heard live', async () => {
  const id = await write({ prescription });
  const [doctor, reader] = await Promise.all([connect(practitioner), connect(patient)]);
  assert.equal((await ask(doctor, 'conversation.join', { conversationId: id })).kind, 'prescription');
  await ask(reader, 'conversation.join', { conversationId: id });
  await ask(doctor, 'inbox.join', {});

  const content = 'Bonjour, j\'ai une question sur mon traitement... planted-quetzal';
  const sent = await send(patient, id, { content, type: 'text', metadata: { isUrgent: false, requiresResponse: true, action: 'question' }, clientMsgId: 'm-1' });
  assert.equal(sent.status, 201, JSON.stringify(sent.body));
  const { sender, recipient } = sent.body;
  assert.deepEqual([sent.body.content, sent.body.type, sent.body.status, sent.body.attachments], [content, 'text', 'sent', []]);
  assert.deepEqual([sender.id, sender.type, recipient.id, recipient.type], [ids.patient, 'patient', ids.medecin, 'medecin']);
  assert.ok(sender.name && recipient.name);
  assert.deepEqual([sent.body.context, sent.body.metadata], [{ type: 'ordonnance', id }, { isUrgent: false, requiresResponse: true, action: 'question' }]);
  assert.ok(/^\d{4}-.*Z$/.test(sent.body.timestamp));
  assert.equal((await heard(doctor, 'chat.message_created', (e) => e.message.id === sent.body.id)).message.text, content);
  assert.equal((await heard(doctor, 'inbox.message', (e) => e.conversationId === id)).seq, 1);
  // The same again is the same message; by the header as by the member; other words under the id are refused.
  assert.equal((await send(patient, id, { content, clientMsgId: 'm-1' })).body.id, sent.body.id);
  assert.equal((await http('POST', '/api/messaging/send', { token: patient, body: { context: { type: 'ordonnance', id }, content }, headers: { 'idempotency-key': 'm-1' } })).body.id, sent.body.id);
  assert.equal((await send(patient, id, { content: 'other', clientMsgId: 'm-1' })).status, 409);

  assert.equal((await ask(doctor, 'chat.delivered', { consultationId: id, messageId: sent.body.id })).ok, true);
  assert.equal((await history(patient, id)).body.messages[0].status, 'delivered');
  const read = await http('PATCH', `/api/messaging/messages/${sent.body.id}/read`, { token: practitioner });
  assert.deepEqual([read.status, read.body.status], [200, 'read']);
  assert.equal((await heard(reader, 'chat.message_read', (e) => e.consultationId === id)).seq, 1);
  assert.equal((await http('PATCH', `/api/messaging/messages/${sent.body.id}/read`, { token: patient })).status, 409);

  // Typing, and a message that is said on the socket, are this contract's too.
  assert.equal((await ask(reader, 'chat.typing', { consultationId: id, typing: true })).ok, true);
  assert.equal((await heard(doctor, 'chat.typing', (e) => e.consultationId === id)).userId, ids.patient);
  const spoken = await ask(doctor, 'chat.send', { consultationId: id, text: 'Réponse', clientMsgId: 'd-1' });
  const page = (await history(patient, id)).body;
  assert.deepEqual(page.messages.map((m) => [m.content, m.sender.type]), [[content, 'patient'], ['Réponse', 'medecin']]);

  const gone = await http('DELETE', `/api/messaging/messages/${spoken.message.id}`, { token: practitioner });
  assert.deepEqual([gone.status, gone.body.content], [200, null]);
  assert.ok((await heard(reader, 'chat.message_updated', (e) => e.message.id === spoken.message.id)).message.deletedAt);
  assert.equal((await http('DELETE', `/api/messaging/messages/${sent.body.id}`, { token: practitioner })).status, 403);
});

test('limits of the document: a thousand characters, known words, no more than what a sender may say', async () => {
  const id = await write({ exam });
  const inExam = (body) => send(patient, id, body, 'examen');
  assert.equal((await inExam({ content: 'é'.repeat(1000), metadata: { action: 'interpretation' } })).status, 201);
  for (const [body, field] of [
    [{ content: 'x'.repeat(1001) }, 'content'], [{ content: ' ' }, 'content'], [{}, 'content'], [{ content: 'x', type: 'gif' }, 'type'], [{ content: 'x', metadata: { action: 'gossip' } }, 'metadata.action'],
    [{ content: 'x', attachments: ['a'] }, 'attachments'], [{ content: 'x', replyTo: randomUUID() }, 'replyTo'],
  ]) {
    const refused = await inExam(body);
    assert.deepEqual([refused.status, Object.keys(refused.body.errors)], [422, [field]], JSON.stringify([body, refused.body]));
  }

  // Who sends, to whom and when is not the sender's to say.
  assert.equal((await inExam({ content: 'x', sender: { id: ids.medecin } })).status, 422);
  assert.equal((await inExam({ content: 'x', timestamp: '2020-01-01T00:00:00Z' })).status, 422);
  assert.equal((await post('/api/messaging/send', patient, { content: 'x', contextType: 'recette', contextId: id })).body.errors.contextType.length, 1);
  assert.equal((await history(patient, id, '', 'examen')).body.messages.length, 1);
});

test('files come with their message in one form, whole or not at all', async () => {
  const id = await write({ prescription });
  const fields = [['contextType', 'ordonnance'], ['contextId', id], ['content', 'Voici'], ['clientMsgId', 'f-1'], ['metadata', JSON.stringify({ isUrgent: true })], ['attachments', blob(png, 'image/png'), 'photo.png'], ['attachments', blob(pdf, 'application/pdf'), 'bilan.pdf']];
  const sent = await form(patient, fields);
  assert.equal(sent.status, 201, JSON.stringify(sent.body));
  assert.deepEqual([sent.body.type, sent.body.content, sent.body.metadata.isUrgent, sent.body.attachments.map((a) => [a.name, a.size])], ['image', 'Voici', true, [['photo.png', png.length], ['bilan.pdf', pdf.length]]]);
  assert.equal((await form(patient, fields)).body.id, sent.body.id);
  assert.equal((await form(patient, [...fields.slice(0, 2), ['content', 'Autre'], ...fields.slice(3)])).body.code, 'client_msg_id_reused');

  const shown = (await history(practitioner, id)).body.messages;
  assert.deepEqual(shown.map((m) => m.attachments.map((a) => a.sha256)), [[png, pdf].map((b) => createHash('sha256').update(b).digest('hex'))]);
  const { body: { downloadUrl } } = await get(shown[0].attachments[1].url, practitioner);
  const download = await fetch(downloadUrl);
  assert.match(download.headers.get('content-disposition'), /^attachment/);
  assert.deepEqual(Buffer.from(await download.arrayBuffer()), pdf);
  assert.equal((await get(shown[0].attachments[1].url, other.patient)).status, 404);

  const voice = await form(practitioner, [['contextType', 'ordonnance'], ['contextId', id], ['type', 'voice'], ['file', blob(ogg, 'audio/ogg; codecs=opus'), 'note.ogg']]);
  assert.deepEqual([voice.status, voice.body.type, voice.body.content], [201, 'voice', null], JSON.stringify(voice.body));

  const context = fields.slice(0, 2);
  const six = Array.from({ length: 6 }, (_, i) => ['attachments', blob(png, 'image/png'), `p${i}.png`]);
  for (const [parts, status, field] of [
    [[...context, ...six], 422, 'attachments'],
    [[...context, ['content', 'x'], ['attachments', blob(pdf, 'application/pdf'), 'good.pdf'], ['attachments', blob('MZ not a picture', 'image/png'), 'bad.png']], 422, 'attachments'],
    [[...context, ['attachments', blob('GIF89a', 'image/gif'), 'a.gif']], 422, 'attachments'],
    [[...context, ['attachments', blob('<svg/>', 'image/svg+xml'), 'a.svg']], 422, 'attachments'],
    [[...context, ['attachments', blob(pdf, 'application/pdf'), 'a.exe']], 422, 'attachments'],
    [[['attachments', blob(pdf, 'application/pdf'), 'a.pdf'], ...context], 422, 'contextType'],
    [[...context, ['sender', 'x']], 422, 'sender'],
  ]) {
    const refused = await form(patient, parts);
    assert.deepEqual([refused.status, Object.keys(refused.body.errors ?? {})], [status, [field]], JSON.stringify(refused.body));
  }

  const large = await form(patient, [...context, ['attachments', blob(Buffer.concat([pdf, Buffer.alloc(10 * 1024 * 1024)]), 'application/pdf'), 'large.pdf']]);
  assert.equal(large.status, 413);
  assert.equal((await form(other.patient, fields)).status, 404);
  assert.equal((await history(patient, id)).body.session.messageCount, 2);
});

test('a session is one a context, with what each side has not read, and can be put away and taken out again', async () => {
  const id = await write({ prescription });
  const opened = await post('/api/messaging/sessions', patient, { contextType: 'ordonnance', contextId: id });
  assert.equal(opened.status, 200, JSON.stringify(opened.body));
  assert.equal((await post('/api/messaging/sessions', practitioner, { context: { type: 'ordonnance', id } })).body.id, opened.body.id);
  for (let i = 0; i < 3; i++) await send(patient, id, { content: `m ${i}` });
  await send(practitioner, id, { content: 'r' });
  const { session, messages } = (await history(patient, id)).body;
  assert.deepEqual([session.contextType, session.contextId, session.status, session.messageCount, session.unreadCount], ['ordonnance', id, 'active', 4, { patient: 1, medecin: 3 }]);
  assert.deepEqual(session.participants.map((p) => [p.id, p.type]).sort(), [[ids.patient, 'patient'], [ids.medecin, 'medecin']].sort());
  assert.ok(session.createdAt <= session.lastActivity && session.lastActivity === messages.at(-1).timestamp);

  // Pages, from the newest back, each in the order of what was said.
  const first = (await history(patient, id, '?limit=3')).body;
  const second = (await history(patient, id, `?limit=3&cursor=${first.pageInfo.nextCursor}`)).body;
  assert.deepEqual([second.messages, first.messages].map((p) => p.map((m) => m.content)), [['m 0'], ['m 1', 'm 2', 'r']]);
  assert.equal(second.pageInfo.nextCursor, null);
  assert.equal((await history(patient, id, '?cursor=odd')).status, 422);

  const permissions = (await get(`/api/messaging/permissions/ordonnance/${id}/patient/${ids.patient}`, patient)).body;
  assert.deepEqual([permissions.hasAccess, permissions.canWrite, permissions.allowedActions], [true, true, ['clarification', 'question', 'side_effects']]);
  assert.deepEqual([permissions.settings.maxMessageLength, permissions.settings.maxAttachments, permissions.settings.maxFileSize], [1000, 5, 10 * 1024 * 1024]);

  const waits = (await get(`/api/messaging/notifications/medecin/${ids.medecin}`, practitioner)).body;
  const mine = waits.notifications.find((n) => n.sessionId === session.id);
  assert.deepEqual([mine.unreadCount, mine.from.id, mine.contextType], [3, ids.patient, 'ordonnance']);
  assert.ok(!JSON.stringify(waits).includes('m 0'));

  const stats = (await get(`/api/messaging/stats/medecin/${ids.medecin}`, practitioner)).body;
  assert.ok(stats.messages.sent >= 1 && stats.messages.received >= 3 && stats.responseTime.answers >= 1 && stats.responseTime.medianSeconds >= 0, JSON.stringify(stats));

  const archived = await http('PATCH', `/api/messaging/sessions/${session.id}/archive`, { token: practitioner });
  assert.deepEqual([archived.status, archived.body.status], [200, 'archived']);
  assert.equal((await send(patient, id, { content: 'late' })).body.code, 'conversation_archived');
  assert.equal((await history(patient, id)).status, 200);
  assert.equal((await get(`/api/messaging/permissions/ordonnance/${id}/patient/${ids.patient}`, patient)).body.canWrite, false);
  assert.equal((await http('PATCH', `/api/messaging/sessions/${session.id}/reopen`, { token: patient })).body.status, 'active');
  assert.equal((await send(patient, id, { content: 'in time' })).status, 201);
});

test('a copy has all that was said, as JSON and as text', async () => {
  const [lucia, tomas] = ['lucia', 'tomas'].map((name) => demo.users.find((u) => u.email.startsWith(name)));
  const [patient, practitioner] = await Promise.all([signIn('lucia'), signIn('tomas')]);
  const { body: { id } } = await post('/api/records', practitioner, { patientId: lucia.id, exam });
  for (let i = 0; i < 230; i++) await send(i % 2 ? practitioner : patient, id, { content: i === 7 ? 'a\n[2020-01-01 00:00:00Z] forged' : `word ${i}` }, 'examen');
  const copy = (query, token, proof) => http('GET', `/api/messaging/export/examen/${id}${query}`, { token, headers: proof === undefined ? {} : { 'x-proof': typeof proof === 'string' ? proof : Buffer.from(JSON.stringify(proof)).toString('base64url') } });
  const json = await copy('?format=json', patient, { password: lucia.password });
  assert.deepEqual([json.status, json.body.session.id, json.body.messages.length, json.body.messages[229].content, json.body.messages[230].content], [200, id, 231, 'word 229', 'exported']);
  // Who takes a copy is seen to, by the other.
  assert.deepEqual((await history(practitioner, id, '?limit=1', 'examen')).body.messages.map((m) => [m.sender.id, m.sender.type, m.content]), [[lucia.id, 'system', 'exported']]);
  assert.match(json.headers.get('content-disposition'), /attachment.*examen/);
  const text = await copy('?format=txt', practitioner, { password: tomas.password });
  assert.match(text.type, /text\/plain/);
  assert.ok(text.body.includes('word 229') && !text.body.includes('\n[2020-01-01 00:00:00Z] forged'));
  assert.match((await copy('?format=html', practitioner, { password: tomas.password })).type, /text\/html/);

  // It takes the proof that it is still they, and a no leaves no word of a copy.
  const nos = [
    [undefined, 'password'], [{}, 'password'], [{ password: 'not this one' }, 'password'], ['%', 'proof'], ['bm90IGpzb24', 'proof'], [{ password: lucia.password, extra: 1 }, 'proof'], [{ credential: {} }, 'ceremony'],
  ];
  for (const [proof, field] of nos) {
    const no = await copy('?format=json', patient, proof);
    assert.deepEqual([no.status, Object.keys(no.body.errors ?? {})], [422, [field]], JSON.stringify([proof, no.body]));
  }
  assert.equal((await copy('?format=exe', patient, { password: lucia.password })).body.errors.format.length, 1);
  assert.equal((await copy('', other.patient)).body.code, 'CONTEXT_ACCESS_DENIED');
  assert.equal((await history(practitioner, id, '?limit=5', 'examen')).body.messages.filter((m) => m.content === 'exported').length, 3);
});

test('without a session, with a spent one, in another\'s context and as an administrator, the document\'s codes answer', async () => {
  const id = await write({ prescription });
  const { body: message } = await send(patient, id, { content: 'x' });
  const admin = await signIn('helene');
  const calls = [
    ['GET', `/api/messaging/history/ordonnance/${id}`], ['POST', '/api/messaging/send', { contextType: 'ordonnance', contextId: id, content: 'x' }],
    ['PATCH', `/api/messaging/messages/${message.id}/read`], ['DELETE', `/api/messaging/messages/${message.id}`], ['POST', '/api/messaging/sessions', { contextType: 'ordonnance', contextId: id }],
    ['GET', `/api/messaging/permissions/ordonnance/${id}/patient/${ids.patient}`], ['PATCH', `/api/messaging/sessions/${id}/archive`], ['GET', `/api/messaging/stats/patient/${ids.patient}`],
    ['GET', `/api/messaging/notifications/patient/${ids.patient}`], ['GET', `/api/messaging/export/ordonnance/${id}?format=json`],
  ];
  for (const [method, path, body] of calls) {
    const code = async (token) => {
      const answer = await http(method, path, { token, body });
      assert.match(answer.type, /problem\+json/, `${method} ${path}`);
      return [answer.status, answer.body.code];
    };
    assert.deepEqual(await code(undefined), [401, 'AUTH_REQUIRED'], path);
    assert.deepEqual(await code('spent'), [401, 'SESSION_EXPIRED'], path);
    assert.deepEqual(await code(admin), [403, 'CONTEXT_ACCESS_DENIED'], path);
    for (const stranger of [other.patient, other.practitioner]) {
      const [status, said] = await code(stranger);
      assert.ok([403, 404].includes(status) && said === 'CONTEXT_ACCESS_DENIED', `${method} ${path}: ${status} ${said}`);
    }
  }

  // Absent and another's look alike; so do the wrong kind of context, and ids that are none.
  for (const path of [`ordonnance/${randomUUID()}`, `examen/${id}`, 'ordonnance/ord_789', `recette/${id}`]) {
    const answer = await get(`/api/messaging/history/${path}`, patient);
    assert.deepEqual([answer.status, answer.body.code], [404, 'CONTEXT_ACCESS_DENIED'], path);
  }

  // Whose numbers are asked for must be the caller's own, in their own role: the same answer whoever it is.
  for (const path of [`stats/medecin/${ids.medecin}`, `stats/medecin/${ids.patient}`, `notifications/patient/${randomUUID()}`, 'stats/patient/patient_123']) {
    assert.deepEqual([(await get(`/api/messaging/${path}`, patient)).status, path], [403, path]);
  }
});

test('who sends too fast is told so, and the numbers of all this are there for Prometheus', async (t) => {
  const server = await startServer(join(temporaryFolder(t), 'data'), { Limits__Enabled: 'true', Limits__ChatSend__Burst: '2', Limits__ChatSend__PerMinute: '0.01', Metrics__Token: 'a token for metrics' });
  t.after(() => server.end());
  const nadia = server.user('nadia');
  const { body: { accessToken } } = await server.post('/api/auth/login', { email: nadia.email, password: nadia.password });
  const headers = { authorization: `Bearer ${accessToken}` };
  // The demo has two prescriptions and an exam of hers.
  const { items } = await (await fetch(`${server.url}/api/records`, { headers })).json();
  assert.deepEqual(items.map((r) => r.kind).sort(), ['exam', 'prescription', 'prescription']);
  const body = { contextType: 'examen', contextId: items.find((r) => r.kind === 'exam').id, content: 'x' };
  const answers = [];
  for (let i = 0; i < 3; i++) answers.push(await server.post('/api/messaging/send', body, headers));
  assert.deepEqual(answers.map((a) => a.status), [201, 201, 429]);
  assert.equal(answers[2].body.code, 'RATE_LIMIT_EXCEEDED');
  assert.ok(Number(answers[2].headers.get('retry-after')) > 0);

  const text = await (await fetch(`${server.url}/metrics`, { headers: { authorization: 'Bearer a token for metrics' } })).text();
  for (const line of [/^messaging_message_latency_seconds_count 2$/m, /^messaging_message_latency_seconds_bucket\{le="\+Inf"\} 2$/m, /^messaging_errors_total\{code="RATE_LIMIT_EXCEEDED"\} 1$/m,
    /^messaging_connections \d+$/m, /^messaging_messages_per_session_bucket\{le="\+Inf"\} \d+$/m, /^messaging_response_seconds_count 0$/m, /^messaging_engaged_users \d+$/m]) assert.match(text, line);
  assert.ok(!text.includes(nadia.id));
});
