// All contracts over a bad network, with a server that is killed again and again: `node long/faults.mjs [--seconds 90] [--every 12] [--writers 2]`. Writers repeat each message until it is
// acked, and keep a ledger; listeners reconnect and ask for what they missed. In the end every ledger's line is there once, where its ack said, in the order in which it was written; and
// every listener has all of it without a gap and without a double. Needs psql. Not part of the suite.
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { io } from 'socket.io-client';
import { faultProxy } from '../support/fault-proxy.mjs';
import { newWorld, numbers, say, sleep } from './world.mjs';

const { seconds, every, writers } = numbers({ seconds: 90, every: 12, writers: 2 });
const world = await newWorld('faults', 12, {});
const { pairs } = world;
const proxy = await faultProxy(Number(new URL(world.url).port));
process.once('exit', () => world.child.kill('SIGTERM'));
const mark = Date.now().toString(36);
let over = false;

/** A request over the bad network on a line of its own; undefined for no whole answer. */
const attempt = (method, path, token, body, headers = {}) => new Promise((done) => {
  const sent = body === undefined ? undefined : JSON.stringify(body);
  const asked = request(proxy.url + path, {
    method, agent: false, timeout: 8_000,
    headers: { connection: 'close', authorization: `Bearer ${token}`, ...(sent ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(sent) } : {}), ...headers },
  }, (answer) => {
    let text = '';
    answer.setEncoding('utf8').on('data', (piece) => { text += piece; });
    answer.on('end', () => {
      try {
        done(answer.complete ? { status: answer.statusCode, body: JSON.parse(text) } : undefined);
      } catch {
        done(undefined);
      }
    });
    answer.on('error', () => done(undefined));
  });
  asked.on('timeout', () => asked.destroy());
  asked.on('error', () => done(undefined));
  asked.end(sent);
});

/** A socket that comes back by itself. */
const socketOf = (token, namespace) => io(proxy.url + namespace, { auth: { token }, transports: ['websocket'], forceNew: true, reconnectionDelay: 50, reconnectionDelayMax: 400, timeout: 4_000 });
const insist = async (socket, event, payload) => {
  if (!socket.connected) {
    await sleep(30);
    return undefined;
  }
  return socket.timeout(4_000).emitWithAck(event, payload).catch(() => undefined);
};

// What a message is called, and how it is sent: one attempt; what the ack said of it, or undefined.
const retriable = (answer) => answer === undefined || answer.status >= 500;
const taken = (answer, of) => {
  if (retriable(answer)) return undefined;
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return of(answer.body);
};
const overSocket = (answer, of) => {
  if (!answer || answer.error?.code === 'internal' || /unavailable/.test(answer.error?.code ?? '')) return undefined;
  assert.equal(answer.ok, true, JSON.stringify(answer));
  return of(answer);
};
const contracts = {
  live: {
    namespace: '/consultations', conversation: (pair) => pair.id,
    send: (w, text, key) => insist(w.socket, 'chat.send', { consultationId: w.id, text, clientMsgId: key }).then((a) => overSocket(a, (b) => [b.message?.id ?? b.id, b.message?.seq ?? b.seq])),
  },
  chat: {
    namespace: '/chat', conversation: (pair) => pair.id,
    send: (w, text, key) => insist(w.socket, 'chat:message', { consultationId: w.id, content: text, clientMsgId: key }).then((a) => overSocket(a, (b) => [b.message.id, b.message.seq])),
  },
  direct: {
    conversation: async (pair) => (await world.http('POST', '/api/conversations', pair.patient, { userId: pair.practitionerId })).body.id,
    prepare: async (w) => { w.number = world.count(`select number from conversations where id = '${w.id}'`); },
    send: (w, text, key) => attempt('POST', '/api/chat/message', w.token, { chat_id: w.number, message_text: text, client_msg_id: key }).then((a) => taken(a, (b) => {
      // A message's number is its conversation's times 2^26, plus its seq.
      return [undefined, b.message_data.message_id - w.number * 2 ** 26];
    })),
  },
  messaging: {
    conversation: async (pair) => (await world.http('POST', '/api/records', pair.practitioner, { patientId: pair.patientId, prescription: { medications: [{ medication: 'X 1 mg', dosage: '1', frequency: '1' }] } })).body.id,
    send: (w, text, key) => attempt('POST', '/api/messaging/send', w.token, { contextType: 'ordonnance', contextId: w.id, content: text }, { 'idempotency-key': key }).then((a) => taken(a, (b) => [b.id, b.seq])),
  },
  teleconsultation: {
    conversation: (pair) => pair.id,
    send: (w, text, key) => attempt('POST', `/api/teleconsultation/${w.id}/messages`, w.token, { text, clientMsgId: key }).then((a) => taken(a, (b) => [b.id, b.seq])),
  },
  native: {
    conversation: async (pair) => (await world.http('POST', '/api/conversations', pair.patient, { userId: pair.practitionerId })).body.id,
    send: (w, text, key) => attempt('POST', `/api/conversations/${w.id}/messages`, w.token, { content: text, clientMsgId: key }).then((a) => taken(a, (b) => [b.id, b.seq])),
  },
};

const ledger = [];
async function write(name, contract, id, token, number) {
  const writer = { id, token, socket: contract.namespace ? socketOf(token, contract.namespace) : undefined };
  await contract.prepare?.(writer);
  let tries = 0;
  for (let i = 0; !over; i++) {
    const line = { id, name, number, i, key: `${mark}-${name}-${number}-${i}`, text: `${mark} ${name} ${number} ${i}` };
    while (line.acked === undefined) {
      tries++;
      line.acked = await contract.send(writer, line.text, line.key);
      if (line.acked === undefined) await sleep(20);
    }
    ledger.push(line);
  }
  writer.socket?.close();
  return tries;
}

/** Hears a conversation over a namespace: by seq, and each time it comes back what came after the last one that it has without a gap. */
function listen(id, token, { namespace, join, field, created, history }) {
  const socket = socketOf(token, namespace);
  const known = new Map();
  const listener = { known, doubles: 0, whole: 0, joins: 0, socket };
  const take = (message, live) => {
    const before = known.get(message.seq);
    assert.ok(before === undefined || before === message.id, `${namespace}: number ${message.seq} is two messages`);
    // Live, nothing comes twice on one line; what comes anew after coming back is replayed.
    if (live && listener.onLine.has(message.seq)) listener.doubles++;
    if (live) listener.onLine.add(message.seq);
    known.set(message.seq, message.id);
    while (known.has(listener.whole + 1)) listener.whole++;
  };
  listener.onLine = new Set();
  listener.catchUp = async () => {
    for (;;) {
      const answer = await insist(socket, join, { [field]: id, afterSeq: listener.whole });
      if (!answer?.ok) return false;
      listener.joins++;
      if (!answer.more && known.size >= answer.seq && listener.whole >= answer.seq) return true;
      if (!answer.more) return false;
    }
  };
  socket.on('connect', () => {
    listener.onLine = new Set();
    void listener.catchUp();
  });
  socket.on(created, (payload) => take(payload.message ?? payload, true));
  if (history) socket.on(history, (page) => page.forEach((message) => take(message, false)));
  return listener;
}

const live = { namespace: '/consultations', join: 'conversation.join', field: 'conversationId', created: 'chat.message_created' };
const chat = { namespace: '/chat', join: 'chat:join', field: 'consultationId', created: 'chat:message:received', history: 'chat:history' };

const working = [];
const listeners = [];
let next = 0;
for (const [name, contract] of Object.entries(contracts)) {
  const pair = pairs[next++];
  const id = await contract.conversation(pair);
  assert.match(id ?? '', /^[0-9a-f-]{36}$/, name);
  for (const token of [pair.patient, pair.practitioner]) for (const kind of [live, chat]) listeners.push(Object.assign(listen(id, token, kind), { id, name }));
  for (let n = 0; n < writers; n++) working.push(write(name, contract, id, n % 2 ? pair.practitioner : pair.patient, n));
}
const failed = Promise.all(working).catch((e) => { over = true; throw e; });
failed.catch(() => {});

const end = Date.now() + seconds * 1000;
while (Date.now() < end && !over) {
  await sleep(Math.min(every * 1000 * (0.5 + Math.random()), Math.max(0, end - Date.now())));
  if (Date.now() >= end || over) break;
  await world.end('SIGKILL');
  say(`killed; ${ledger.length} messages acked, ${JSON.stringify(proxy.counts)}`);
  await sleep(Math.random() * 500);
  await world.start();
}
over = true;
proxy.bad = false;
const tries = (await failed).reduce((a, b) => a + b, 0);
say(`${ledger.length} messages acked in ${tries} tries, ${world.starts - 1} kills, ${JSON.stringify(proxy.counts)}`);

// What the server has, read without the proxy.
for (const [name] of Object.entries(contracts)) {
  const lines = ledger.filter((line) => line.name === name);
  const { id } = lines[0];
  const pair = pairs[Object.keys(contracts).indexOf(name)];
  const all = [];
  for (let page; !page || page.length === 100;) {
    page = (await world.http('GET', `/api/conversations/${id}/messages?limit=100&afterSeq=${all.length}`, pair.patient)).body.items;
    all.push(...page);
  }
  assert.deepEqual(all.map((m) => m.seq), all.map((_, i) => i + 1), `${name}: numbers without a gap`);
  const bySeq = new Map(all.map((m) => [m.content, m]));
  assert.equal(bySeq.size, all.length, `${name}: nothing twice`);
  assert.equal(all.length, lines.length, `${name}: nothing that was not written, nothing lost`);
  for (const line of lines) {
    const [messageId, seq] = line.acked;
    const found = bySeq.get(line.text);
    assert.ok(found, `${name}: ${line.text} was acked and is not there`);
    assert.equal(found.seq, seq, `${name}: ${line.text} is where its ack said`);
    if (messageId) assert.equal(found.id, messageId);
  }
  for (let n = 0; n < writers; n++) {
    const own = lines.filter((line) => line.number === n).sort((a, b) => a.i - b.i).map((line) => line.acked[1]);
    assert.deepEqual(own, [...own].sort((a, b) => a - b), `${name}: in the order in which they were written`);
  }
  for (const listener of listeners.filter((l) => l.name === name)) {
    for (let i = 0; i < 200 && listener.whole < all.length; i++) {
      if (!(await listener.catchUp())) await sleep(50);
    }
    assert.equal(listener.whole, all.length, `${name}: a listener has all`);
    for (const m of all) assert.equal(listener.known.get(m.seq), m.id);
    assert.equal(listener.doubles, 0, `${name}: a listener heard twice on one line`);
    listener.socket.close();
  }
  say(`${name}: ${all.length} messages, each once, in order; ${listeners.filter((l) => l.name === name).map((l) => l.joins).join('+')} joins`);
}
assert.ok(world.starts > 1 && proxy.counts.cuts > 0 && proxy.counts.repeats > 0);
const words = ledger.filter((line) => world.log.includes(line.text));
assert.equal(words.length, 0, 'the log holds what people wrote');
proxy.end();
await world.close();
say('Nothing was lost, nothing doubled.');
