// What is said in one contract is read and heard live in every other that shares the conversation: each pair, both ways.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chat, people } from '../support/chat.mjs';
import { unique } from '../support/people.mjs';
import { ask, closeAll, connect, get, heard, pairs, post } from '../support/server.mjs';

after(closeAll);

// One visit and one direct conversation; the patient writes in one contract, the practitioner reads and hears in the other, and the other way round.
const pair = pairs[56];
let direct;
let number;
let sockets;

before(async () => {
  const { doctorId } = await people(pair);
  direct = (await post('/api/conversations', pair.patient, { userId: doctorId })).body.id;
  // Document 004 has no UUIDs: its list shows the same conversation by a number.
  [{ chat_id: number }] = (await get('/api/chat/chats', pair.patient)).body.chats;
  const side = async (token) => {
    const live = await connect(token);
    assert.equal((await ask(live, 'consultation.join', { consultationId: pair.id })).ok, true);
    assert.equal((await ask(live, 'conversation.join', { conversationId: direct })).ok, true);
    const room = await chat(token, pair.id);
    assert.equal((await ask(room, 'chat:join', { consultationId: direct })).ok, true);
    // A socket of the spelling that knows no join.
    return { token, live, room, bare: await chat(token) };
  };
  const [doctor, patient] = [await side(pair.practitioner), await side(pair.patient)];
  sockets = { doctor, patient };
});

/** How each contract sends, reads and hears, in a conversation. */
const contracts = {
  'L sockets': {
    kinds: ['visit', 'direct'],
    send: async (s, id, text) => (await ask(s.live, 'chat.send', { consultationId: id, text })).message.id,
    hear: async (s, id, text) => (await heard(s.live, 'chat.message_created', (m) => m.message.consultationId === id && m.message.text === text)).message.text,
  },
  'L REST': {
    kinds: ['visit'],
    read: async (s, id) => (await get(`/api/v1/consultations/${id}/messages`, s.token)).body.items.map((m) => m.text),
  },
  'P REST': {
    kinds: ['visit', 'direct'],
    send: async (s, id, content) => (await post(`/api/chat/${id}/messages`, s.token, { content })).body.id,
    read: async (s, id) => (await get(`/api/chat/${id}/messages`, s.token)).body.items.map((m) => m.content),
  },
  'P sockets, chat:message': {
    kinds: ['visit', 'direct'],
    send: async (s, id, content) => (await ask(s.room, 'chat:message', { consultationId: id, content })).message.id,
    hear: async (s, id, text) => (await heard(s.room, 'chat:message:received', (m) => m.consultationId === id && m.content === text)).content,
    read: async (s, id) => {
      const socket = await chat(s.token, id);
      const page = await heard(socket, 'chat:history');
      socket.close();
      return page.map((m) => m.content);
    },
  },
  'P sockets, message:send': {
    kinds: ['visit', 'direct'],
    send: async (s, id, content) => (await ask(s.bare, 'message:send', { consultationId: id, content })).message.id,
    hear: async (s, id, text) => (await heard(s.bare, 'message:received', (m) => m.consultationId === id && m.content === text)).content,
  },
  'native REST': {
    kinds: ['visit', 'direct'],
    send: async (s, id, content) => (await post(`/api/conversations/${id}/messages`, s.token, { content })).body.id,
    read: async (s, id) => (await get(`/api/conversations/${id}/messages`, s.token)).body.items.map((m) => m.content),
  },
  T: {
    kinds: ['visit'],
    send: async (s, id, text) => (await post(`/api/teleconsultation/${id}/messages`, s.token, { text })).body.id,
  },
  D: {
    kinds: ['direct'],
    send: async (s, _, message_text) => (await post('/api/chat/message', s.token, { chat_id: number, message_text })).body.message_data.message_id,
    read: async (s) => (await get(`/api/chat/messages/${number}?limit=200`, s.token)).body.messages.map((m) => m.message_text),
  },
};

const all = Object.entries(contracts);
for (const [from, sender] of all.filter(([, c]) => c.send)) {
  for (const kind of sender.kinds) {
    test(`what ${from} says in a ${kind} conversation is heard and read in every contract`, async () => {
      const id = kind === 'visit' ? pair.id : direct;
      for (const [me, other] of [[sockets.patient, sockets.doctor], [sockets.doctor, sockets.patient]]) {
        const text = `${from} ${kind} ${unique()}`;
        assert.ok(await sender.send(me, id, text), from);
        for (const [to, reader] of all.filter(([, c]) => c.kinds.includes(kind))) {
          if (reader.hear) assert.equal(await reader.hear(other, id, text), text, `${from} heard in ${to}`);
          if (reader.read) assert.ok((await reader.read(other, id)).includes(text), `${from} read in ${to}`);
        }
      }
    });
  }
}

test('typing, read marks, edits and reactions cross the contracts too', async () => {
  const { doctor, patient } = sockets;
  await ask(patient.live, 'chat.typing', { consultationId: direct, typing: true });
  assert.equal((await heard(doctor.room, 'chat:typing', (t) => t.consultationId === direct)).isTyping, true);
  await ask(doctor.room, 'chat:typing', { consultationId: direct, isTyping: true });
  assert.equal((await heard(patient.live, 'chat.typing', (t) => t.consultationId === direct)).typing, true);
  assert.equal(patient.room.heard.some((e) => e.name === 'chat:typing' && e.payload.userId === undefined), false);

  // Sent by number, read by number, told by id; then read by id and told by number.
  const sent = (await post('/api/chat/message', patient.token, { chat_id: number, message_text: 'lu ?' })).body.message_data;
  const { message } = await heard(doctor.live, 'chat.message_created', (m) => m.message.text === 'lu ?');
  assert.equal(sent.is_read, false);
  const marked = await (await fetch(`${process.env.COLLOQUE_URL}/api/chat/messages/${number}/read`, { method: 'PUT', headers: { authorization: `Bearer ${doctor.token}` } })).json();
  assert.ok(marked.updated_count >= 1);
  for (const [socket, event] of [[patient.live, 'chat.message_read'], [patient.room, 'chat:message:read'], [patient.bare, 'message:read']])
    assert.equal((await heard(socket, event, (r) => r.messageId === message.id)).messageId, message.id);
  const answer = await ask(doctor.live, 'chat.send', { consultationId: direct, text: 'oui' });
  await ask(patient.room, 'chat:read', { messageId: answer.message.id });
  const last = (await get(`/api/chat/messages/${number}?limit=200`, doctor.token)).body.messages.at(-1);
  assert.deepEqual([last.message_text, last.is_read], ['oui', true]);

  assert.equal((await post(`/api/chat/chats/${number}/messages/${sent.message_id}/reactions`, doctor.token, { emoji: '👍' })).status, 200);
  assert.deepEqual((await heard(patient.live, 'chat.message_updated', (m) => m.message.id === message.id)).message.reactions.map((r) => r.emoji), ['👍']);
  await ask(patient.live, 'chat.edit', { consultationId: direct, messageId: message.id, text: 'lu !' });
  assert.equal((await heard(doctor.room, 'chat:message:updated', (m) => m.content === 'lu !')).id, message.id);
  assert.equal((await get(`/api/chat/messages/${number}?limit=200`, doctor.token)).body.messages.find((m) => m.message_id === sent.message_id).message_text, 'lu !');
});
