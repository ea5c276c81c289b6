import { readFileSync } from 'node:fs';
import { io } from 'socket.io-client';

export const url = process.env.COLLOQUE_URL;
export const data = process.env.COLLOQUE_DATA;
export const demo = JSON.parse(readFileSync(`${data}/demo.json`, 'utf8'));

const lines = (file) => readFileSync(file, 'utf8').trim().split('\n').map((line) => {
  const [id, practitioner, patient] = line.split('\t');
  return { id, practitioner, patient };
});

/** Consultations under way, each used by one test only. Test files share them out by index. */
export const pairs = lines(process.env.COLLOQUE_PAIRS);
export const history = lines(process.env.COLLOQUE_HISTORY);

/** One request; the body read as JSON where it is JSON. */
export async function http(method, path, { token, body, headers, raw } = {}) {
  const response = await fetch(path.startsWith('http') ? path : url + path, {
    method,
    headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...(body !== undefined || raw !== undefined ? { 'content-type': 'application/json' } : {}), ...headers },
    body: raw ?? (body === undefined ? undefined : JSON.stringify(body)),
  });
  const text = await response.text();
  const type = response.headers.get('content-type') ?? '';
  return { status: response.status, type, headers: response.headers, body: /json/.test(type) ? JSON.parse(text) : text };
}

export const get = (path, token) => http('GET', path, { token });
export const post = (path, token, body) => http('POST', path, { token, body });

const tokens = new Map();

/** A demo person's access token, by the beginning of the e-mail address. */
export async function signIn(name) {
  if (!tokens.has(name)) {
    const user = demo.users.find((u) => u.email.startsWith(name));
    const answer = await post('/api/auth/login', undefined, { email: user.email, password: user.password });
    tokens.set(name, answer.body.accessToken);
  }
  return tokens.get(name);
}

const open = new Set();

/** A connected socket that remembers every event it got. */
export async function connect(token, { at = url, transports = ['websocket'], namespace = '/consultations' } = {}) {
  const socket = io(at + namespace, { auth: { token }, transports, reconnection: false, forceNew: true });
  open.add(socket);
  socket.heard = [];
  socket.onAny((name, payload, ...more) => socket.heard.push({ name, payload, more }));
  await new Promise((connected, refused) => {
    socket.once('connect', connected);
    socket.once('connect_error', refused);
  });
  return socket;
}

/** Waits for an event, already heard or still to come, that passes. */
export function heard(socket, name, passes = () => true) {
  const known = socket.heard.find((e) => e.name === name && passes(e.payload));
  if (known) return known.payload;
  return new Promise((found, failed) => {
    const late = setTimeout(() => failed(new Error(`${name} did not come`)), 10_000);
    socket.onAny(function listener(got, payload) {
      if (got !== name || !passes(payload)) return;
      clearTimeout(late);
      socket.offAny(listener);
      found(payload);
    });
  });
}

export const count = (socket, name) => socket.heard.filter((e) => e.name === name).length;
export const ask = (socket, event, payload) => socket.timeout(10_000).emitWithAck(event, payload);
export const closeAll = () => open.forEach((socket) => socket.close());

/** Two sockets in one consultation. */
export async function meet(pair) {
  const [doctor, patient] = await Promise.all([connect(pair.practitioner), connect(pair.patient)]);
  await ask(doctor, 'consultation.join', { consultationId: pair.id });
  await ask(patient, 'consultation.join', { consultationId: pair.id });
  return { doctor, patient };
}
