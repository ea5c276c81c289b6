// Document 004, example by example: a client that knows numbers, snake case, and nothing else of this server.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { admins, pdf, png, send } from '../support/chat.mjs';
import { unique } from '../support/people.mjs';
import { ask, closeAll, connect, count, get, heard, http, pairs, post, url } from '../support/server.mjs';

after(closeAll);

const pair = pairs[57];
const stranger = pairs[55];
const asked = (path, token, body, method = 'POST') => http(method, `/api/chat${path}`, { token, body });
const say = (token, fields, headers) => send('/api/chat/message', token, fields, headers);
const image = { bytes: png, type: 'image/png', filename: 'radio.png' };
const paper = { bytes: pdf, type: 'application/pdf', filename: 'Résultats été.pdf' };
let chat;

function refused(answer, status, error, field) {
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  assert.match(answer.type, /^application\/json/);
  assert.equal(answer.body.success, false);
  assert.ok(answer.body.message.length > 0);
  if (error) assert.equal(answer.body.error, error);
  if (field) assert.equal(answer.body.field, field);
}

before(async () => {
  // A client of this contract learns numbers from its contacts.
  const { body } = await get('/api/chat/contacts', pair.patient);
  const [{ doctor_id, patient_id, chat_id, name }] = body.contacts;
  assert.deepEqual([body.success, body.contacts.length, chat_id, typeof name], [true, 1, null, 'string']);
  const answers = await Promise.all([pair.patient, pair.practitioner, pair.patient].map((token) => asked('/get-or-create', token, { doctor_id, patient_id })));
  assert.deepEqual(answers.map((a) => a.status).sort(), [200, 200, 201]);
  const created = answers.find((a) => a.status === 201).body;
  assert.deepEqual([created.success, created.message], [true, 'Chat created successfully']);
  chat = created.chat;
  for (const answer of answers) assert.equal(answer.body.chat.chat_id, chat.chat_id);
  assert.deepEqual((await get('/api/chat/contacts', pair.practitioner)).body.contacts.map((c) => [c.doctor_id, c.patient_id, c.chat_id]), [[doctor_id, patient_id, chat.chat_id]]);
});

test('1. get-or-create finds the chat of the two, whoever of them asks', async () => {
  const found = await asked('/get-or-create', pair.patient, { doctor_id: chat.doctor_id, patient_id: chat.patient_id });
  assert.deepEqual([found.status, found.body.success, found.body.message], [200, true, 'Chat found']);
  assert.deepEqual(Object.keys(found.body.chat).sort(), ['chat_id', 'created_at', 'doctor_id', 'last_message_at', 'patient_id']);
  for (const key of ['chat_id', 'doctor_id', 'patient_id']) assert.equal(Number.isSafeInteger(found.body.chat[key]), true, key);
  assert.equal(found.body.chat.last_message_at, null);
  assert.match(found.body.chat.created_at, /Z$/);
  assert.deepEqual((await asked('/get-or-create', pair.practitioner, { doctor_id: chat.doctor_id, patient_id: String(chat.patient_id) })).body.chat, found.body.chat);
  // A patient is only ever the patient, and only of doctors whom they have.
  refused(await asked('/get-or-create', pair.patient, { doctor_id: chat.patient_id, patient_id: chat.doctor_id }), 403, 'forbidden');
  refused(await asked('/get-or-create', stranger.patient, { doctor_id: chat.doctor_id, patient_id: chat.patient_id }), 403, 'forbidden');
  refused(await asked('/get-or-create', pair.patient, { doctor_id: 999999999, patient_id: chat.patient_id }), 404, 'no_care_relation');
  refused(await asked('/get-or-create', pair.patient, { doctor_id: chat.doctor_id }), 400, 'required', 'patient_id');
  refused(await asked('/get-or-create', pair.patient, { doctor_id: 'x', patient_id: 1 }), 400);
  refused(await http('POST', '/api/chat/get-or-create', { token: pair.patient, raw: '{' }), 400, 'malformed_json');
});

test('2. a text message, by chat or by its two', async () => {
  const sent = await say(pair.patient, [['chat_id', chat.chat_id], ['message_text', 'Hello doctor!']]);
  assert.deepEqual([sent.status, sent.body.success, sent.body.message], [201, true, 'Message sent successfully']);
  const { message_id, created_at, client_msg_id, ...rest } = sent.body.message_data;
  assert.deepEqual(rest, {
    chat_id: chat.chat_id, sender_id: chat.patient_id, sender_role: 'patient', message_type: 'text', message_text: 'Hello doctor!',
    file_url: null, file_name: null, file_type: null, file_size: null, is_read: false, read_at: null,
  });
  assert.equal(Number.isSafeInteger(message_id), true);
  assert.ok(client_msg_id);
  assert.match(created_at, /Z$/);
  const answer = await say(pair.practitioner, [['message_text', 'Bonjour'], ['patient_id', chat.patient_id], ['doctor_id', chat.doctor_id]]);
  assert.deepEqual([answer.status, answer.body.message_data.chat_id, answer.body.message_data.sender_role], [201, chat.chat_id, 'doctor']);
  assert.equal(answer.body.message_data.message_id, message_id + 1);
});

test('2b. a message twice is one, by its id or by the header', async () => {
  const before = (await get(`/api/chat/messages/${chat.chat_id}`, pair.patient)).body.total;
  const fields = [['chat_id', chat.chat_id], ['message_text', 'une fois'], ['client_msg_id', unique()]];
  const [first, second] = [await say(pair.patient, fields), await say(pair.patient, fields)];
  assert.equal(first.body.message_data.message_id, second.body.message_data.message_id);
  const key = { 'idempotency-key': unique() };
  const withFile = [['file', image], ['message_text', 'une photo'], ['chat_id', chat.chat_id]];
  const files = await Promise.all([say(pair.patient, withFile, key), say(pair.patient, withFile, key)]);
  assert.equal(files[0].body.message_data.message_id, files[1].body.message_data.message_id, JSON.stringify(files.map((f) => f.body)));
  refused(await say(pair.patient, [['chat_id', chat.chat_id], ['message_text', 'autre chose']], key), 409, 'client_msg_id_reused', 'client_msg_id');
  assert.equal((await get(`/api/chat/messages/${chat.chat_id}`, pair.patient)).body.total, before + 2);
});

test('2c. files: pictures and papers, alone or several, with words or without, whatever the order of the form', async () => {
  const photo = (await say(pair.patient, [['file', image], ['chat_id', chat.chat_id]])).body.message_data;
  assert.deepEqual([photo.message_type, photo.message_text, photo.file_name, photo.file_type, photo.file_size], ['image', null, 'radio.png', 'image/png', png.length]);
  assert.match(photo.file_url, /^\/assets\/chat_files\/chat-file-[0-9a-f]{32}\.png\?/);
  const both = (await say(pair.patient, [['chat_id', chat.chat_id], ['message_text', 'les deux'], ['file', paper], ['file', image]])).body.message_data;
  assert.deepEqual([both.message_type, both.message_text, both.file_name, both.files.map((f) => f.file_name)], ['file', 'les deux', 'Résultats été.pdf', ['Résultats été.pdf', 'radio.png']]);
  const list = (await get(`/api/chat/messages/${chat.chat_id}?limit=200`, pair.practitioner)).body.messages;
  assert.deepEqual(list.at(-1).files.map((f) => f.file_size), [pdf.length, png.length]);

  const before = (await get(`/api/chat/messages/${chat.chat_id}`, pair.patient)).body.total;
  for (const [file, status, error] of [
    [{ bytes: Buffer.from('MZ\x90\x00 not a picture'), type: 'image/png', filename: 'a.png' }, 400, 'content_mismatch'],
    [{ bytes: png, type: 'image/png', filename: 'a.exe' }, 400, 'extension_mismatch'],
    [{ bytes: Buffer.from('#!/bin/sh'), type: 'text/x-sh', filename: 'a.sh' }, 400, 'unsupported_type'],
    [{ bytes: Buffer.from('OggS'), type: 'audio/ogg', filename: 'a.ogg' }, 400, 'unsupported_type'],
    [{ bytes: png, type: 'image/png', filename: '../../etc/passwd.png' }, 400],
    [{ bytes: Buffer.alloc(0, 0), type: 'image/png', filename: 'a.png' }, 400],
    [{ bytes: Buffer.concat([png, Buffer.alloc(10 * 1024 * 1024)]), type: 'image/png', filename: 'a.png' }, 413, 'body_too_large'],
  ]) refused(await say(pair.patient, [['chat_id', chat.chat_id], ['file', file.bytes.length ? file : { ...file, bytes: new Uint8Array(0) }]]), status, error);
  refused(await say(pair.patient, [['chat_id', chat.chat_id], ...Array.from({ length: 6 }, () => ['file', image])]), 400, 'too_many_files', 'file');
  assert.equal((await get(`/api/chat/messages/${chat.chat_id}`, pair.patient)).body.total, before);
});

test('2d. what is wrong with a message is said as the document says it', async () => {
  refused(await say(pair.patient, [['message_text', 'nowhere']]), 400, 'required', 'chat_id');
  refused(await say(pair.patient, [['message_text', 'half'], ['doctor_id', chat.doctor_id]]), 400, 'required', 'patient_id');
  refused(await say(pair.patient, [['chat_id', chat.chat_id]]), 400, 'required', 'message_text');
  refused(await say(pair.patient, [['chat_id', chat.chat_id], ['message_text', 'x'.repeat(8001)]]), 400, 'too_long', 'message_text');
  refused(await say(pair.patient, [['chat_id', 'one'], ['message_text', 'x']]), 400, 'invalid', 'chat_id');
  refused(await say(pair.patient, [['chat_id', chat.chat_id], ['message_text', 'x'], ['is_read', 'true']]), 400, 'unknown_member', 'is_read');
  refused(await say(stranger.patient, [['chat_id', chat.chat_id], ['message_text', 'x']]), 404, 'not_found');
  refused(await say(pair.patient, [['chat_id', 999999999], ['message_text', 'x']]), 404, 'not_found');
  assert.equal((await say(pair.patient, [['chat_id', chat.chat_id], ['message_text', '€'.repeat(8000)]])).status, 201);
});

test('3. messages come oldest first, by limit and offset, with the total', async () => {
  const whole = (await get(`/api/chat/messages/${chat.chat_id}?limit=200`, pair.practitioner)).body;
  assert.deepEqual([whole.success, whole.message, whole.messages.length], [true, 'Messages retrieved successfully', whole.total]);
  assert.equal(whole.messages[0].message_text, 'Hello doctor!');
  const ids = whole.messages.map((m) => m.message_id);
  assert.deepEqual(ids, [...ids].sort((a, b) => a - b));
  const page = (await get(`/api/chat/messages/${chat.chat_id}?limit=3&offset=2`, pair.practitioner)).body;
  assert.deepEqual([page.messages.map((m) => m.message_id), page.total], [ids.slice(2, 5), whole.total]);
  assert.deepEqual((await get(`/api/chat/messages/${chat.chat_id}?offset=${whole.total}`, pair.patient)).body.messages, []);
  assert.equal((await get(`/api/chat/messages/${chat.chat_id}?offset=1000000000`, pair.patient)).status, 200);
  for (const query of ['limit=0', 'limit=x', 'limit=201', 'offset=-1', 'offset=99999999999999999999', 'offset=1000000001']) refused(await get(`/api/chat/messages/${chat.chat_id}?${query}`, pair.patient), 400, 'invalid');
  refused(await get(`/api/chat/messages/${chat.chat_id}`, stranger.patient), 404, 'not_found');
  refused(await get('/api/chat/messages/abc', pair.patient), 400, 'invalid', 'chat_id');
});

test('4. all chats, with names, unread counts and the last message', async () => {
  await say(pair.patient, [['chat_id', chat.chat_id], ['message_text', 'Dernier']]);
  const list = (await get('/api/chat/chats', pair.practitioner)).body;
  assert.deepEqual([list.success, list.message, list.chats.length], [true, 'Chats retrieved successfully', 1]);
  assert.deepEqual(Object.keys(list.chats[0]).sort(), [
    'chat_id', 'created_at', 'doctor_id', 'doctor_name', 'doctor_profile', 'last_message_at', 'last_message_text', 'last_message_type', 'patient_id', 'patient_name', 'patient_profile', 'unread_count']);
  const row = list.chats[0];
  assert.deepEqual([row.chat_id, row.last_message_text, row.last_message_type], [chat.chat_id, 'Dernier', 'text']);
  assert.ok(row.unread_count > 0 && row.doctor_name && row.patient_name);
  assert.equal(row.patient_profile, null);
  const form = new FormData();
  form.append('file', new Blob([png], { type: 'image/png' }), 'me.png');
  const picture = await (await fetch(`${url}/api/employees/me/upload-avatar`, { method: 'POST', headers: { authorization: `Bearer ${pair.patient}` }, body: form })).json();
  assert.equal((await get('/api/chat/chats', pair.practitioner)).body.chats[0].patient_profile, picture.url);
});

test('5. marking as read tells how many, once, and the sender sees it', async () => {
  const { unread_count } = (await get('/api/chat/chats', pair.practitioner)).body.chats[0];
  const marked = await asked(`/messages/${chat.chat_id}/read`, pair.practitioner, undefined, 'PUT');
  assert.deepEqual([marked.status, marked.body], [200, { success: true, message: 'Messages marked as read', updated_count: unread_count }]);
  assert.equal((await asked(`/messages/${chat.chat_id}/read`, pair.practitioner, undefined, 'PUT')).body.updated_count, 0);
  const mine = (await get(`/api/chat/messages/${chat.chat_id}?limit=200`, pair.patient)).body.messages.filter((m) => m.sender_role === 'patient');
  assert.ok(mine.length > 5 && mine.every((m) => m.is_read && /Z$/.test(m.read_at)));
  refused(await asked(`/messages/${chat.chat_id}/read`, stranger.patient, undefined, 'PUT'), 404, 'not_found');
  refused(await asked('/messages/nonsense/read', pair.patient, undefined, 'PUT'), 400, 'invalid', 'chat_id');
});

test('files are at their addresses for whom they were made, as attachments, and nobody else has any', async () => {
  const { file_url, file_size } = (await get(`/api/chat/messages/${chat.chat_id}?limit=200`, pair.practitioner)).body.messages.find((m) => m.file_type === 'application/pdf');
  const got = await fetch(url + file_url);
  assert.equal(got.status, 200);
  assert.deepEqual(Buffer.from(await got.arrayBuffer()), pdf);
  assert.equal(Number(got.headers.get('content-length')), file_size);
  assert.match(got.headers.get('content-disposition'), /^attachment; /);
  assert.equal(got.headers.get('x-content-type-options'), 'nosniff');
  assert.match(got.headers.get('content-security-policy'), /sandbox/);
  assert.match(got.headers.get('cache-control'), /no-store/);
  const path = file_url.split('?')[0];
  const query = new URLSearchParams(file_url.split('?')[1]);
  const changed = (name, value) => { const q = new URLSearchParams(query); if (value === null) q.delete(name); else q.set(name, value); return `${path}?${q}`; };
  const last = query.get('signature');
  for (const address of [
    path, changed('signature', null), changed('ticket', null), changed('expires', String(Number(query.get('expires')) + 3600)), changed('signature', (last[0] === 'A' ? 'B' : 'A') + last.slice(1)),
    `${path.replace('chat-file-', 'chat-file-0')}?${query}`, '/assets/chat_files/chat-file-00000000000000000000000000000000.pdf', `/assets/chat_files/..%2f..%2fappsettings.json?${query}`,
  ]) refused(await http('GET', address), 403, 'link_invalid');
  refused(await http('POST', file_url), 405, 'method_not_allowed');
});

test('the future list: live, typing, read marks, reactions and pins, by number and over the native sockets', async () => {
  const { body: { items } } = await get('/api/conversations?kind=direct', pair.patient);
  const conversationId = items[0].id;
  const [doctor, patient] = await Promise.all([connect(pair.practitioner), connect(pair.patient)]);
  for (const socket of [doctor, patient]) assert.equal((await ask(socket, 'conversation.join', { conversationId })).ok, true);
  const sent = (await say(pair.patient, [['chat_id', chat.chat_id], ['message_text', 'en direct']])).body.message_data;
  const told = (await heard(doctor, 'chat.message_created', (m) => m.message.text === 'en direct')).message;
  await ask(patient, 'chat.typing', { consultationId: conversationId, typing: true });
  await heard(doctor, 'chat.typing');

  const at = `/chats/${chat.chat_id}/messages/${sent.message_id}`;
  const reacted = await asked(`${at}/reactions`, pair.practitioner, { emoji: '👍' });
  assert.deepEqual([reacted.status, reacted.body.message_data.reactions], [200, [{ emoji: '👍', user_ids: [chat.doctor_id] }]]);
  assert.equal((await heard(patient, 'chat.message_updated')).message.id, told.id);
  assert.equal((await asked(`${at}/reactions/${encodeURIComponent('👍')}`, pair.practitioner, undefined, 'DELETE')).body.message_data.reactions, undefined);
  assert.ok((await asked(`${at}/pin`, pair.practitioner)).body.message_data.pinned_at);
  assert.deepEqual((await get(`/api/chat/chats/${chat.chat_id}/pins`, pair.patient)).body.messages.map((m) => m.message_id), [sent.message_id]);
  assert.equal((await asked(`${at}/pin`, pair.patient, undefined, 'DELETE')).body.message_data.pinned_at, undefined);
  refused(await asked(`/chats/${chat.chat_id}/messages/${sent.message_id + 1000}/pin`, pair.patient), 404, 'not_found');
  refused(await asked(`/chats/${chat.chat_id + 1}/messages/${sent.message_id}/pin`, pair.patient), 404, 'not_found');
  refused(await asked(`${at}/reactions`, stranger.patient, { emoji: '👍' }), 404, 'not_found');
  refused(await asked(`${at}/reactions`, pair.patient, { emoji: 'no' }), 400, 'invalid', 'emoji');
  assert.equal(count(doctor, 'chat.message_created'), 1);
});

test('errors of the pipeline under this contract carry its envelope; those of document 001 beside it do not', async () => {
  refused(await get('/api/chat/chats'), 401, 'unauthenticated');
  refused(await get('/api/chat/chats', 'nonsense'), 401, 'unauthenticated');
  refused(await asked('/nowhere', pair.patient, {}), 404, 'not_found');
  refused(await asked('/chats', pair.patient, {}, 'DELETE'), 405, 'method_not_allowed');
  refused(await http('POST', '/api/chat/get-or-create', { token: pair.patient, raw: 'x', headers: { 'content-type': 'text/plain' } }), 415, 'unsupported_media_type');
  refused(await http('POST', '/api/chat/get-or-create', { token: pair.patient, raw: `"${'x'.repeat(70_000)}"` }), 413, 'body_too_large');
  refused(await http('POST', '/api/chat/message', { token: pair.patient, raw: '--x', headers: { 'content-type': 'multipart/form-data; boundary=x' } }), 400, 'malformed_form');
  for (const admin of await admins()) {
    for (const [method, path] of [['GET', '/chats'], ['GET', `/messages/${chat.chat_id}`], ['PUT', `/messages/${chat.chat_id}/read`], ['POST', '/get-or-create']])
      refused(await asked(path, admin, method === 'POST' ? { doctor_id: chat.doctor_id, patient_id: chat.patient_id } : undefined, method), 403, 'forbidden');
  }
  const problem = await get(`/api/chat/${crypto.randomUUID()}/messages`, pair.patient);
  assert.deepEqual([problem.status, problem.type, problem.body.code], [404, 'application/problem+json', 'not_found']);
  assert.equal((await http('PUT', `/api/chat/messages/${crypto.randomUUID()}/read`, { token: pair.patient })).type, 'application/problem+json');
});

test('the server describes this contract in its own spelling', async () => {
  const { body } = await get('/openapi/v1.json');
  const named = (name) => Object.keys(body.components.schemas[name].properties).sort();
  assert.deepEqual(named('DirectPairBody'), ['doctor_id', 'patient_id']);
  assert.ok(['chat_id', 'message_id', 'sender_role', 'file_url', 'is_read'].every((key) => named('DirectMessage').includes(key)));
});
