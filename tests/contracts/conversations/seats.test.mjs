// Seats that begin and end: who is asked in hears from then on, in every contract; who is out hears nothing from the next message on.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { chat, people } from '../support/chat.mjs';
import { put, remove } from '../support/people.mjs';
import { ask, closeAll, connect, count, get, heard, pairs, post } from '../support/server.mjs';

after(closeAll);

const pair = pairs[44];

/** Another practitioner who may be asked in. */
async function colleagueOf(id, owner) {
  for (const { practitioner, id: visit, patient } of pairs) {
    if (practitioner === owner) continue;
    const { doctorId } = await people({ id: visit, patient });
    const answer = await put(`/api/conversations/${id}/participants/${doctorId}`, owner, { history: false });
    if (answer.status === 200) return { token: practitioner, id: doctorId, answer };
  }
  throw new Error('Nobody may be asked in.');
}

test('a colleague who is asked in hears in every contract, and once out nothing more: no message, no change of one, no list', async () => {
  const { doctorId } = await people(pair);
  const { body: { id } } = await post('/api/conversations', pair.patient, { userId: doctorId });
  const say = (text) => post(`/api/conversations/${id}/messages`, pair.patient, { content: text });
  const before = (await say('before')).body;
  const colleague = await colleagueOf(id, pair.practitioner);
  assert.deepEqual([colleague.answer.body.lastMessage.type, colleague.answer.body.participants.length], ['system', 3]);

  const [live, list, old, device] = await Promise.all([connect(colleague.token), connect(colleague.token), chat(colleague.token, id), chat(colleague.token)]);
  assert.equal((await ask(live, 'conversation.join', { conversationId: id })).seq, 2);
  assert.equal((await ask(list, 'inbox.join', {})).ok, true);
  const witness = await connect(pair.practitioner);
  assert.equal((await ask(witness, 'conversation.join', { conversationId: id })).ok, true);
  assert.equal((await get(`/api/conversations/${id}/messages`, colleague.token)).body.items.length, 1);

  const during = (await say('during')).body;
  await Promise.all([
    heard(live, 'chat.message_created', (m) => m.message.id === during.id), heard(list, 'inbox.message', (m) => m.seq === during.seq),
    heard(old, 'chat:message:received', (m) => m.id === during.id), heard(device, 'message:received', (m) => m.id === during.id),
  ]);
  // A change of what was said before they came is not for them, one of what they have seen is.
  const editor = await connect(pair.patient);
  const change = async (message, text) => assert.equal((await ask(editor, 'chat.edit', { consultationId: id, messageId: message.id, text })).ok, true);
  await change(before, 'before, edited');
  await change(during, 'during, edited');
  await heard(live, 'chat.message_updated', (m) => m.message.id === during.id);
  await heard(old, 'chat:message:updated', (m) => m.id === during.id);
  assert.equal(count(live, 'chat.message_updated') + count(old, 'chat:message:updated'), 2);

  assert.equal((await remove(`/api/conversations/${id}/participants/${colleague.id}`, pair.practitioner)).status, 204);
  const silent = [live, list, old, device].map((socket) => socket.heard.length);
  const last = (await say('after')).body;
  await change(during, 'during, edited again');
  await ask(editor, 'chat.react', { consultationId: id, messageId: last.id, emoji: '👍', on: true });
  await heard(witness, 'chat.message_created', (m) => m.message.id === last.id);
  await heard(witness, 'chat.message_updated', (m) => m.message.id === last.id);
  // An answer to each socket (in document 001 with an event beside it), behind whatever might have been on its way.
  for (const socket of [live, old]) {
    const [event, field] = socket === live ? ['conversation.join', 'conversationId'] : ['chat:join', 'consultationId'];
    assert.equal((await ask(socket, event, { [field]: id })).error.code, 'not_found');
  }
  assert.equal((await ask(list, 'inbox.join', {})).ok, true);
  assert.equal((await ask(device, 'chat:join', { consultationId: id })).error.code, 'not_found');
  assert.deepEqual([live, list, old, device].map((socket, i) => socket.heard.slice(silent[i]).map((e) => e.name).filter((name) => name !== 'chat:error')), [[], [], [], []]);

  // Asked in again, from there on; and both comings and goings can be read.
  assert.equal((await put(`/api/conversations/${id}/participants/${colleague.id}`, pair.practitioner, { history: false })).status, 200);
  const again = (await say('again')).body;
  await Promise.all([heard(list, 'inbox.message', (m) => m.seq === again.seq), heard(device, 'message:received', (m) => m.id === again.id)]);
  const all = await get(`/api/conversations/${id}/messages?afterSeq=0`, pair.patient);
  assert.deepEqual(all.body.items.filter((m) => m.type === 'system').map((m) => m.content), ['joined', 'left', 'joined'].map((word) => `${word}:${colleague.id}`));
});
