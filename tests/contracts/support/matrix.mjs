// Every operation of the server's own description and every socket event, as every role and nobody, with ids of the own organization, of
// another, and of nothing: what it answers. The table in access.tsv is what it should.
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { io } from 'socket.io-client';
import { http, url } from './server.mjs';

export const roles = ['Patient', 'Practitioner', 'OrganizationAdmin', 'PlatformAdmin', 'SuperAdmin', 'nobody'];
export const admins = ['OrganizationAdmin', 'PlatformAdmin', 'SuperAdmin'];
const absent = '01900000-0000-7000-8000-000000000000';
const source = resolve(import.meta.dirname, '../../../src/Colloque.Server/Contracts');

/** What is written into every clinical place before anyone asks; random, so that nothing else can be taken for it. */
export const planted = ['text', 'former', 'file', 'inside', 'reason', 'cancel'].map((place) => `planted-${place}-${crypto.randomUUID().slice(0, 8)}`);

/** Answers that administrators got: each is searched for the planted words. */
export const told = [];

const people = readFileSync(process.env.COLLOQUE_PEOPLE, 'utf8').trim().split('\n').map((line) => {
  const [kind, organization, id, token] = line.split('\t');
  return { kind, organization: Number(organization), id, token };
});
const all = (kind, organization) => people.filter((p) => p.kind === kind && p.organization === organization);
const one = (kind, organization) => all(kind, organization)[0];
const callerOf = (role, organization) => (role === 'nobody' ? undefined : one(role, role === 'PlatformAdmin' || role === 'SuperAdmin' ? 0 : organization).token);

/** Writes the planted words as a patient and a practitioner do: into messages, a former version, a file's name and its bytes. */
export async function plant() {
  for (const organization of [1, 2]) {
    for (const consultation of all('Consultation', organization)) {
      const socket = await connect(callerOf('Practitioner', organization));
      const send = (text) => ask(socket, 'chat.send', { consultationId: consultation.id, clientMsgId: crypto.randomUUID(), text });
      await ask(socket, 'consultation.join', { consultationId: consultation.id });
      consultation.message = (await send(`${planted[0]} ${planted[1]}`)).message.id;
      await ask(socket, 'chat.edit', { consultationId: consultation.id, messageId: consultation.message, text: planted[0] });
      socket.close();
    }
    const [first] = all('Consultation', organization);
    first.file = await plantFile(first.id, callerOf('Practitioner', organization));
    await plantReasons(organization, callerOf('Practitioner', organization));
  }
}

/** A further visit with what it is about, called off with why. */
async function plantReasons(organization, token) {
  const scheduledAt = new Date(Math.ceil(Date.now() / 60_000) * 60_000 + 30 * 86_400_000).toISOString();
  const booked = await http('POST', '/api/consultations', { token, body: { patientId: one('Patient', organization).id, scheduledAt, format: 'VIDEO', reason: planted[4] } });
  const off = await http('PUT', `/api/consultations/${booked.body.id}/cancel`, { token, body: { reason: planted[5] } });
  if (off.body.cancelReason !== planted[5] || off.body.reason !== planted[4]) throw new Error(`The reasons could not be planted: ${JSON.stringify([booked.body, off.body])}`);
}

async function plantFile(consultation, token) {
  const bytes = Buffer.from(`%PDF-1.4\n% ${planted[3]}\n%%EOF\n`);
  const path = `/api/v1/consultations/${consultation}/files`;
  const prepared = await http('POST', `${path}/prepare`, { token, body: { filename: `${planted[2]}.pdf`, mimeType: 'application/pdf', sizeBytes: bytes.length } });
  const put = await fetch(prepared.body.uploadUrl, { method: 'PUT', headers: { 'content-type': 'application/pdf' }, body: bytes });
  const confirmed = await http('POST', `${path}/confirm`, { token, body: { fileId: prepared.body.fileId } });
  if (!put.ok || confirmed.status !== 201) throw new Error(`The file could not be planted: ${put.status} ${JSON.stringify(confirmed.body)}`);
  return prepared.body.fileId;
}

/** The names of a JSON body's members. */
function membersOf(description, operation) {
  let schema = operation.requestBody?.content?.['application/json']?.schema;
  if (schema?.$ref) schema = description.components.schemas[schema.$ref.split('/').at(-1)];
  return Object.keys(schema?.properties ?? {});
}

export async function operations() {
  const { body } = await http('GET', '/openapi/v1.json');
  const list = Object.entries(body.paths).flatMap(([path, methods]) => Object.entries(methods)
    .filter(([method]) => ['get', 'put', 'post', 'delete', 'patch'].includes(method))
    .map(([method, operation]) => ({
      method: method.toUpperCase(), path, roles: operation['x-roles'], body: Object.keys(operation.requestBody?.content ?? {}), members: membersOf(body, operation),
    })));
  // What ends things comes last, so that everything else is asked of things that are still there.
  const ends = (o) => (o.method === 'GET' ? 0 : o.method === 'DELETE' ? 3 : /\/(close|end|cancel|no-show|deactivate|logout)$/.test(o.path) ? 2 : 1);
  return list.sort((a, b) => ends(a) - ends(b) || `${a.path} ${a.method}`.localeCompare(`${b.path} ${b.method}`, 'en'));
}

/** The ids that a path's parameter takes, as a role: of the own organization, of the other one, of nothing. An operator of the platform, who has no
    organization, changes a third one's things, which nobody else needs. */
function idsOf(operation, role, own, employees) {
  const part = /\/([^/]+)\/\{[^}]+\}/.exec(operation.path)?.[1];
  const changes = operation.method !== 'GET';
  const mine = changes && (role === 'PlatformAdmin' || role === 'SuperAdmin') ? [3, 3] : [own, 3 - own];
  const place = changes ? 1 + roles.indexOf(role) : 0;
  switch (part) {
    case 'teleconsultation':
    // A visit's conversation has the visit's own id.
    case 'conversations':
    case 'consultations': return mine.map((o) => all('Consultation', o)[place]?.id ?? absent);
    case 'companies': return mine.map((o) => one('Organization', o).id);
    case 'practitioners': return mine.map((o) => one('Practitioner', o).id);
    case 'employees': return mine.map((o) => employees[o] ?? absent);
    default: return [absent, absent];
  }
}

/** The employee who can be spared in each organization, where the server knows employees. */
async function spares() {
  const found = {};
  for (const organization of [1, 2, 3]) {
    const { status, body } = await http('GET', '/api/employees?limit=100', { token: callerOf('OrganizationAdmin', organization) });
    found[organization] = status === 200 ? body.items.find((e) => e.userId === one('Spare', organization).id)?.id : undefined;
  }
  return found;
}

function request(operation, id, raw) {
  let first = true;
  const path = operation.path.replaceAll(/\{[^}]+\}/g, () => {
    const value = first ? id : absent;
    first = false;
    return value;
  });
  if (operation.body.includes('application/json')) return [path, { raw: raw ?? '{}' }];
  if (operation.body.length > 0) return [path, { raw: '', headers: { 'content-type': operation.body[0] } }];
  return [path, {}];
}

export async function call(operation, role, id, organization, raw) {
  const [path, options] = request(operation, id, raw);
  const answer = await http(operation.method, path, { ...options, token: callerOf(role, organization) });
  if (admins.includes(role)) told.push([`${operation.method} ${operation.path} as ${role}`, JSON.stringify(answer.body ?? '')]);
  return answer;
}

/** One row an operation: what each role gets with an own, a foreign and an absent id. */
export async function observeHttp(organization, which = () => true) {
  const employees = await spares();
  const rows = new Map();
  for (const operation of (await operations()).filter(which)) {
    const cells = [];
    for (const role of roles) {
      const ids = operation.path.includes('{') ? [...idsOf(operation, role, organization, employees), absent] : [absent];
      const statuses = [];
      for (const id of ids) statuses.push((await call(operation, role, id, organization)).status);
      cells.push(statuses.join('/'));
    }
    rows.set(`${operation.method} ${operation.path}`, cells);
  }
  return rows;
}

/** Every event that a contract listens to, by its own source. */
export function events() {
  const files = readdirSync(source, { recursive: true, withFileTypes: true }).filter((f) => f.isFile() && f.name.endsWith('.cs'));
  const text = files.map((f) => readFileSync(join(f.parentPath, f.name), 'utf8')).join('\n');
  const found = [...new Set([...text.matchAll(/\.On\("([a-z._]+)"/g)].map((m) => m[1]))].sort();
  // One joins first and leaves last, and deletes only what has been read, changed and reacted to.
  const last = ['chat.delete', 'consultation.leave'].filter((event) => found.includes(event));
  return ['consultation.join', ...found.filter((event) => event !== 'consultation.join' && !last.includes(event)), ...last];
}

export const ask = (socket, event, payload) => socket.timeout(10_000).emitWithAck(event, payload);

export async function connect(token) {
  const socket = io(`${url}/consultations`, { auth: { token }, transports: ['websocket'], reconnection: false, forceNew: true });
  await new Promise((connected, refused) => {
    socket.once('connect', connected);
    socket.once('connect_error', (error) => {
      socket.close();
      refused(error);
    });
  });
  return socket;
}

function payload(event, consultation, organization) {
  const id = { consultationId: consultation?.id ?? absent };
  switch (event) {
    case 'session.renew': return { token: consultation?.token ?? 'nonsense' };
    case 'chat.send': return { ...id, clientMsgId: crypto.randomUUID(), text: 'as every role' };
    case 'conversation.join': return { conversationId: id.consultationId };
    case 'chat.typing': return { ...id, typing: true };
    case 'chat.delivered': case 'chat.read': case 'chat.edit': case 'chat.delete': case 'chat.react': case 'chat.pin': case 'chat.acknowledge':
      return { ...id, messageId: consultation?.message ?? absent, text: 'changed', emoji: '👍', on: true };
    default: return id;
  }
}

/** One row an event, as for HTTP: ok or the code of the refusal; for who cannot connect, that code. */
export async function observeSockets(organization) {
  const rows = new Map(events().map((event) => [`SOCKET ${event}`, []]));
  for (const role of roles) {
    const token = callerOf(role, organization);
    let socket;
    let refusal;
    try {
      socket = await connect(token);
    } catch (error) {
      refusal = error.data?.code ?? error.message;
    }
    for (const event of events()) {
      const cells = [];
      const [own, foreign] = [organization, 3 - organization].map((o) => (event === 'session.renew' ? { token: o === organization ? token : callerOf('Patient', o) } : all('Consultation', o)[10]));
      for (const thing of [own, foreign, undefined]) {
        const ack = socket && (await ask(socket, event, payload(event, thing, organization)));
        cells.push(ack ? (ack.ok ? 'ok' : ack.error.code) : refusal);
      }
      rows.get(`SOCKET ${event}`).push([...new Set(cells)].length === 1 && !socket ? cells[0] : cells.join('/'));
    }
    socket?.close();
  }
  return rows;
}
