// What the tests of conversations share.
import { ask, connect, demo, get, signIn, url } from './server.mjs';

/** The tokens of one administrator of each kind. */
export const admins = () => Promise.all([...new Map(demo.users.filter((u) => /admin/.test(u.role)).map((u) => [u.role, u])).values()].map((u) => signIn(u.email)));

export const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
export const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

/** A form, with fields and files in the order given: a file is {bytes, type, filename}. */
export async function send(path, token, fields, headers = {}, method = 'POST') {
  const form = new FormData();
  for (const [name, value] of fields) {
    if (value?.bytes) form.append(name, new Blob([value.bytes], { type: value.type }), value.filename);
    else form.append(name, String(value));
  }
  const response = await fetch(url + path, { method, headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers }, body: form });
  const text = await response.text();
  return { status: response.status, type: response.headers.get('content-type') ?? '', headers: response.headers, body: text.startsWith('{') ? JSON.parse(text) : text };
}

/** A socket in document 001's namespace; with a conversation, joined to it. */
export async function chat(token, id) {
  const socket = await connect(token, { namespace: '/chat' });
  if (id) {
    const joined = await ask(socket, 'chat:join', { consultationId: id });
    if (!joined.ok) throw new Error(JSON.stringify(joined));
  }
  return socket;
}

/** The two people of a consultation. */
export async function people(pair) {
  const { body } = await get(`/api/v1/consultations/${pair.id}`, pair.patient);
  return { patientId: body.patient.id, doctorId: body.doctor.id };
}
