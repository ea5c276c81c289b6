import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jpeg, png, webp, withSegment } from '../support/pictures.mjs';
import { http, signIn, url } from '../support/server.mjs';

async function send(path, token, bytes, { type = 'image/jpeg', form = false, filename = 'moi.jpg', field = 'file' } = {}) {
  const headers = token ? { authorization: `Bearer ${token}` } : {};
  const body = form ? new FormData() : bytes;
  if (form) body.append(field, new Blob([bytes], { type }), filename);
  else headers['content-type'] = type;
  const response = await fetch(url + path, { method: 'POST', headers, body });
  return { status: response.status, body: await response.json() };
}

const own = [
  ['nadia', '/api/employees/me', 'avatar'], ['nadia', '/api/employees/me', 'cover'], ['amina', '/api/practitioners/me', 'avatar'], ['amina', '/api/practitioners/me', 'cover'],
  ['helene', '/api/companies/me', 'logo'], ['helene', '/api/companies/me', 'cover'], ['operator', '/api/users/me', 'avatar'], ['platform', '/api/users/me', 'avatar'],
];

test('each role sets, sees and removes its pictures, as a form or as the picture itself', async () => {
  for (const [who, whose, what] of own) {
    const token = await signIn(who);
    const set = await send(`${whose}/upload-${what}`, token, jpeg, { form: what !== 'cover' });
    assert.equal(set.status, 200, `${who} ${what}: ${JSON.stringify(set.body)}`);
    assert.match(set.body.url, /^\/pictures\/[0-9A-Za-z]{32}\.jpg$/);
    assert.equal((await fetch(url + set.body.url)).status, 200);
    assert.equal((await http('DELETE', `${whose}/${what}`, { token })).status, 204);
    assert.equal((await fetch(url + set.body.url)).status, 404);
    assert.equal((await http('DELETE', `${whose}/${what}`, { token })).status, 204);
  }
});

test('a picture is public, cached for a year, and nothing but a picture', async () => {
  const { body } = await send('/api/users/me/upload-avatar', await signIn('marc'), webp, { type: 'image/webp' });
  assert.match(body.url, /\.webp$/);
  const response = await fetch(url + body.url);
  const { headers } = response;
  assert.equal(headers.get('content-type'), 'image/webp');
  assert.equal(headers.get('cache-control'), 'public, max-age=31536000, immutable');
  assert.equal(headers.get('x-content-type-options'), 'nosniff');
  assert.equal(headers.get('content-security-policy'), "sandbox; default-src 'none'");
  assert.equal((await fetch(url + body.url, { headers: { 'if-none-match': headers.get('etag') } })).status, 304);
  assert.equal((await fetch(url + body.url, { method: 'HEAD' })).headers.get('content-length'), headers.get('content-length'));
  for (const wrong of [`${body.url.slice(0, -6)}A.webp`, body.url.replace('webp', 'png'), '/pictures/..%2f..%2fetc.png', '/pictures/x.png']) {
    const absent = await fetch(url + wrong);
    assert.equal(absent.status, 404, wrong);
    assert.match(absent.headers.get('cache-control'), /no-store/);
  }
});

test('a new picture has a new name, and the old one is gone', async () => {
  const token = await signIn('lucia');
  const first = (await send('/api/employees/me/upload-avatar', token, jpeg)).body.url;
  // Whoever has an avatar has one, by whichever path it was set.
  const second = (await send('/api/users/me/upload-avatar', token, png, { type: 'image/png' })).body.url;
  assert.notEqual(first, second);
  assert.equal((await fetch(url + first)).status, 404);
  assert.equal((await fetch(url + second)).status, 200);
  const many = await Promise.all(Array.from({ length: 4 }, () => send('/api/users/me/upload-avatar', token, png, { type: 'image/png' })));
  assert.deepEqual([...new Set(many.map((m) => m.status))], [200]);
  const alive = await Promise.all(many.map(async (m) => (await fetch(url + m.body.url)).status));
  assert.equal(alive.filter((s) => s === 200).length, 1);
});

test('what a camera wrote into a picture does not come out of it', async () => {
  const planted = withSegment(0xe1, 'Exif\0\0MM\0*\0\0\0\x08\0\0 planted-axolotl, 48.8583 N 2.2945 E');
  const { body } = await send('/api/users/me/upload-avatar', await signIn('tomas'), planted);
  const bytes = Buffer.from(await (await fetch(url + body.url)).arrayBuffer());
  assert.ok(!bytes.includes('planted-axolotl') && !bytes.includes('Exif'));
  assert.deepEqual(bytes.subarray(0, 3), Buffer.from([0xff, 0xd8, 0xff]));
});

test('what is no picture, too large, or of too many pixels is refused, whatever it calls itself', async () => {
  const token = await signIn('marc');
  const refused = async (bytes, status, code, options) => {
    const answer = await send('/api/users/me/upload-avatar', token, bytes, options);
    assert.equal(answer.status, status, JSON.stringify(answer.body));
    assert.equal(answer.body.code, code);
  };
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
  await refused(svg, 415, 'unsupported_media_type', { type: 'image/svg+xml' });
  await refused(svg, 422, 'unsupported_picture', { type: 'image/png' });
  await refused(Buffer.from('<script>alert(1)</script>'), 422, 'unsupported_picture', { form: true, filename: 'a.jpg' });
  await refused(jpeg.subarray(0, 300), 422, 'picture_unreadable');
  await refused(Buffer.alloc(0), 422, 'unsupported_picture');
  const huge = Buffer.from(jpeg);
  huge.writeUInt16BE(9000, huge.indexOf(Buffer.from([0xff, 0xc0])) + 5);
  huge.writeUInt16BE(9000, huge.indexOf(Buffer.from([0xff, 0xc0])) + 7);
  await refused(huge, 422, 'too_many_pixels');
  await refused(Buffer.concat([jpeg, Buffer.alloc(5 * 1024 * 1024)]), 413, 'body_too_large');
  await refused(Buffer.concat([jpeg, Buffer.alloc(5 * 1024 * 1024)]), 413, 'body_too_large', { form: true });
  await refused(jpeg, 415, 'unsupported_media_type', { type: 'application/json' });
});

test('a form that is none, breaks off, or has another field first is refused', async () => {
  const token = await signIn('marc');
  const raw = async (type, body) => (await fetch(`${url}/api/users/me/upload-avatar`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': type }, body })).status;
  assert.equal(await raw('multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\nbroken off'), 422);
  assert.equal(await raw('multipart/form-data; boundary=x', 'nothing'), 422);
  assert.equal(await raw('multipart/form-data', '--x--'), 422);
  assert.equal(await raw('multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="role"\r\n\r\nSUPER_ADMIN\r\n--x--\r\n'), 422);
  assert.equal(await raw('multipart/form-data; boundary=x', '--x--\r\n'), 422);
});

test('a picture is set by whose it is alone', async () => {
  const roles = { 'employees/me/upload-avatar': ['nadia'], 'practitioners/me/upload-cover': ['amina'], 'companies/me/upload-logo': ['helene'], 'companies/me/upload-cover': ['helene'] };
  for (const [path, allowed] of Object.entries(roles)) {
    for (const who of ['nadia', 'amina', 'helene', 'platform', 'operator']) {
      if (!allowed.includes(who)) assert.equal((await send(`/api/${path}`, await signIn(who), jpeg)).status, 403, `${who} ${path}`);
    }
    assert.equal((await send(`/api/${path}`, undefined, jpeg)).status, 401);
  }
});
