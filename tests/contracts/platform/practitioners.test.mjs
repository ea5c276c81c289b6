import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mailTo } from '../support/mail.mjs';
import { demo, get, http, post, signIn } from '../support/server.mjs';

const put = (path, token, body) => http('PUT', path, { token, body });
const unique = () => `${Date.now().toString(36)}${Math.floor(Math.random() * 1e6).toString(36)}`;
const idOf = (name) => demo.users.find((u) => u.email.startsWith(name)).id;

function assertProblem(answer, status, code, field) {
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  assert.equal(answer.body.code, code);
  if (field) assert.ok(Array.isArray(answer.body.errors[field]), JSON.stringify(answer.body));
}

const card = ['avatarUrl', 'bio', 'coverUrl', 'diplomas', 'experience', 'firstName', 'formats', 'id', 'languages', 'lastName', 'nextAvailableAt', 'offersInPerson', 'offersPhone', 'offersVideo',
  'specialty', 'timeZone', 'title'];
const onFile = [...card, 'createdAt', 'documents', 'documentsVerified', 'email', 'isActive', 'rejectionReason', 'status'].sort();

/** A candidate who registered, verified the address and signed in. */
async function candidate(lastName, more = {}) {
  const email = `${unique()}@candidates.example`;
  const password = `correct ${unique()} battery`;
  const asked = await post('/api/auth/register', undefined, { email, password, firstName: 'Zoé', lastName, language: 'fr', role: 'PRACTITIONER', title: 'Mme', specialty: 'PSYCHOTHERAPEUTE', ...more });
  assert.equal(asked.status, 202, JSON.stringify(asked.body));
  const mail = await mailTo(email, 'VerifyEmail');
  assert.equal((await post('/api/auth/verify-email', undefined, { token: mail.link.split('#')[1] })).status, 204);
  const login = await post('/api/auth/login', undefined, { email, password });
  assert.equal(login.status, 200, JSON.stringify(login.body));
  return { email, password, token: login.body.accessToken, id: login.body.user.id };
}

test('a practitioner sees and changes their own profile', async () => {
  const token = await signIn('amina');
  const before = (await get('/api/practitioners/me', token)).body;
  assert.deepEqual(Object.keys(before).sort(), onFile);
  assert.equal(before.status, 'VALIDATED');
  assert.equal(before.firstName, 'Amina');
  assert.equal(before.lastName, 'Rahal');
  assert.equal(before.isActive, true);
  const changed = await put('/api/practitioners/me', token, {
    title: 'Dr', specialty: 'Psychologue clinicienne', languages: ['fr', 'AR', 'fr'], bio: 'Thérapies brèves.\r\nÀ Lyon.', experience: 12, diplomas: ['Master de psychologie, Lyon 2'],
    formats: ['VIDEO', 'IN_PERSON'], timeZone: 'Europe/Paris',
  });
  assert.equal(changed.status, 200, JSON.stringify(changed.body));
  assert.deepEqual(changed.body.languages, ['fr', 'ar']);
  assert.equal(changed.body.bio, 'Thérapies brèves.\nÀ Lyon.');
  assert.deepEqual(changed.body.formats, ['VIDEO', 'IN_PERSON']);
  assert.equal(changed.body.offersPhone, false);
  assert.deepEqual((await get('/api/practitioners/me', token)).body, changed.body);
  const less = (await put('/api/practitioners/me', token, { offersPhone: true })).body;
  assert.deepEqual(less.formats, ['VIDEO', 'AUDIO', 'IN_PERSON']);
  assert.equal(less.bio, changed.body.bio);
});

test('what is wrong of a profile is refused by its member, and what is not theirs to set too', async () => {
  const token = await signIn('tomas');
  const before = (await get('/api/practitioners/me', token)).body;
  const wrong = {
    firstName: ['', 'x'.repeat(101), 'a\u0000'], lastName: [' '], title: ['x'.repeat(41)], specialty: ['x'.repeat(81)], languages: [[], ['français'], ['x'], [null], Array(21).fill(0).map((_, i) => `x${String.fromCharCode(97 + i)}`)],
    bio: ['x'.repeat(4001), 'a\u0007'], experience: [-1, 81, 1.5], diplomas: [[''], ['x'.repeat(201)], Array(31).fill('d'), [null]], formats: [[], ['LETTER'], ['video'], [null]],
    timeZone: ['Mars/Olympus', '', '../etc/passwd', 'europe/paris'],
  };
  for (const [member, values] of Object.entries(wrong)) {
    for (const value of values) {
      const answer = await put('/api/practitioners/me', token, { [member]: value });
      assert.equal(answer.status, 422, `${member}: ${JSON.stringify(value)} ${JSON.stringify(answer.body)}`);
    }
  }
  for (const extra of ['status', 'documentsVerified', 'isActive', 'id', 'email', 'userId', 'avatarUrl']) assert.equal((await put('/api/practitioners/me', token, { [extra]: 'VALIDATED' })).status, 422, extra);
  assert.equal((await http('PUT', '/api/practitioners/me', { token, raw: '{"bio":"a","bio":"b"}' })).status, 422);
  assert.deepEqual((await get('/api/practitioners/me', token)).body, before);
});

test('a candidate waits, is rejected with a reason, corrects the profile, and is validated: only then found', async () => {
  const name = `Œuvrard-${unique()}`;
  const who = await candidate(name);
  const admin = await signIn('platform');
  const patient = await signIn('nadia');
  const me = (await get('/api/practitioners/me', who.token)).body;
  assert.equal(me.status, 'PENDING');
  assert.equal(me.specialty, 'PSYCHOTHERAPEUTE');
  assert.deepEqual(me.languages, ['fr']);
  const found = async () => (await get(`/api/practitioners/search?q=${encodeURIComponent(name)}`, patient)).body.items.map((p) => p.id);
  const waiting = async (path) => (await get(path, admin)).body.items.some((p) => p.id === who.id);
  assert.deepEqual(await found(), []);
  assertProblem(await get(`/api/practitioners/${who.id}`, patient), 404, 'not_found');
  assert.ok(await waiting('/api/practitioners/pending?limit=100') && await waiting('/api/admin-huntzen/practitioners/pending?limit=100'));

  assertProblem(await post(`/api/practitioners/${who.id}/validate`, admin, { decision: 'reject' }), 422, 'required', 'reason');
  assertProblem(await post(`/api/practitioners/${who.id}/validate`, admin, { decision: 'maybe' }), 422, 'invalid', 'decision');
  const rejected = await post(`/api/practitioners/${who.id}/validate`, admin, { decision: 'reject', reason: 'Diplôme illisible.' });
  assert.equal(rejected.body.status, 'REJECTED');
  assert.ok(!(await mailTo(who.email, 'PractitionerRejected')).text.includes('illisible'));
  assert.equal((await get('/api/practitioners/me', who.token)).body.rejectionReason, 'Diplôme illisible.');
  assert.ok(!(await waiting('/api/practitioners/pending?limit=100')));

  const corrected = (await put('/api/practitioners/me', who.token, { bio: 'Voir mon diplôme.' })).body;
  assert.deepEqual([corrected.status, corrected.rejectionReason], ['PENDING', null]);
  const validated = await post(`/api/admin-huntzen/practitioners/${who.id}/validate`, admin);
  assert.equal(validated.status, 200, JSON.stringify(validated.body));
  assert.equal(validated.body.status, 'VALIDATED');
  await mailTo(who.email, 'PractitionerValidated');
  assert.deepEqual(await found(), [who.id]);
  // Of the platform, so to every organization's people; and without accents.
  assert.equal((await get(`/api/practitioners/search?q=zoe ${name.toLowerCase().replace('œ', 'oe')}`, await signIn('lucia'))).body.items.length, 1);
  assert.deepEqual(Object.keys((await get(`/api/practitioners/${who.id}`, patient)).body).sort(), card);

  const verified = await put(`/api/practitioners/${who.id}/documents-verified`, admin, { verified: true });
  assert.equal(verified.body.documentsVerified, true);
  assert.equal((await put('/api/practitioners/me', who.token, { bio: 'Autre chose.' })).body.documentsVerified, true);
  assert.equal((await put('/api/practitioners/me', who.token, { specialty: 'PSYCHIATRE' })).body.documentsVerified, false);
  assertProblem(await put(`/api/practitioners/${who.id}/documents-verified`, admin, {}), 422, 'required', 'verified');
});

test('a deactivated practitioner is found no more and is signed out within five seconds, and comes back', async () => {
  const name = `Parti-${unique()}`;
  const who = await candidate(name);
  const admin = await signIn('platform');
  await post(`/api/practitioners/${who.id}/validate`, admin, {});
  assert.equal((await get('/api/practitioners/me', who.token)).status, 200);
  assert.equal((await put(`/api/practitioners/${who.id}/deactivate`, admin)).body.isActive, false);
  assert.deepEqual((await get(`/api/practitioners/search?q=${name}`, await signIn('nadia'))).body.items, []);
  for (const end = Date.now() + 5_000; (await get('/api/practitioners/me', who.token)).status !== 401;) assert.ok(Date.now() < end, 'still signed in after five seconds');
  assert.equal((await post('/api/auth/login', undefined, { email: who.email, password: who.password })).status, 401);
  assert.equal((await get(`/api/practitioners/${who.id}`, admin)).body.isActive, false);
  assert.equal((await put(`/api/practitioners/${who.id}/activate`, admin)).body.isActive, true);
  assert.equal((await post('/api/auth/login', undefined, { email: who.email, password: who.password })).status, 200);
});

test('the directory is searched by words, specialty, language and format, sorted and paged', async () => {
  const word = unique();
  const admin = await signIn('platform');
  const patient = await signIn('nadia');
  const made = [];
  for (const [i, first] of ['Éloïse', 'Íñigo', 'Ana'].entries()) {
    const who = await candidate(`Núñez ${word} ${i}`, { firstName: first, specialty: i === 1 ? 'PSYCHIATRE' : 'NEUROPSYCHOLOGUE' });
    const saved = await put('/api/practitioners/me', who.token, { languages: i === 1 ? ['es', 'fr'] : ['fr'], experience: 5 * i, formats: i === 2 ? ['IN_PERSON'] : ['VIDEO'] });
    assert.equal(saved.status, 200, JSON.stringify(saved.body));
    await post(`/api/practitioners/${who.id}/validate`, admin, {});
    made.push(who.id);
  }
  const ids = async (query) => {
    const answer = await get(`/api/practitioners/search?q=nunez ${word}${query}`, patient);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body.items.map((p) => made.indexOf(p.id));
  };
  assert.deepEqual(await ids(''), [0, 1, 2]);
  assert.deepEqual(await ids('&sort=-name'), [2, 1, 0]);
  assert.deepEqual(await ids('&sort=experience'), [2, 1, 0]);
  assert.deepEqual(await ids('&sort=-experience'), [0, 1, 2]);
  assert.deepEqual(await ids('&sort=-createdAt'), [2, 1, 0]);
  assert.deepEqual(await ids('&specialty=PSYCHIATRE'), [1]);
  assert.deepEqual(await ids('&specialty=neuropsychologue'), [0, 2]);
  assert.deepEqual(await ids('&language=ES'), [1]);
  assert.deepEqual(await ids('&format=IN_PERSON'), [2]);
  assert.deepEqual(await ids(' INIGO'), [1]);
  assert.deepEqual(await ids(' %25'), []);
  const paged = [];
  for (let cursor = ''; ;) {
    const { body } = await get(`/api/practitioners?q=${word}&sort=-name&limit=1${cursor}`, patient);
    paged.push(...body.items.map((p) => made.indexOf(p.id)));
    if (!body.pageInfo.nextCursor) break;
    cursor = `&cursor=${body.pageInfo.nextCursor}`;
    assertProblem(await get(`/api/practitioners?q=${word}&sort=name${cursor}`, patient), 422, 'invalid', 'cursor');
  }
  assert.deepEqual(paged, [2, 1, 0]);
  for (const [name, value] of [['sort', 'email'], ['format', 'video'], ['limit', '0'], ['cursor', 'zzz'], ['q', 'x'.repeat(101)], ['q', '%00']]) {
    assertProblem(await get(`/api/practitioners/search?${name}=${value}`, patient), 422, 'invalid', name);
  }
});

test('who is in an organization is found by its people alone, and nobody but the platform and themselves sees their file', async () => {
  const [patient, stranger, hr, admin] = [await signIn('nadia'), await signIn('lucia'), await signIn('helene'), await signIn('platform')];
  const amina = idOf('amina');
  for (const token of [patient, hr]) {
    assert.deepEqual(Object.keys((await get(`/api/practitioners/${amina}`, token)).body).sort(), card);
    assert.ok((await get('/api/practitioners/search?q=rahal', token)).body.items.every((p) => !('email' in p)));
  }
  for (const id of [amina, idOf('nadia'), '01900000-0000-7000-8000-000000000000', '00000000-0000-0000-0000-000000000000']) assertProblem(await get(`/api/practitioners/${id}`, stranger), 404, 'not_found');
  assert.deepEqual((await get('/api/practitioners/search?q=rahal', stranger)).body.items, []);
  assertProblem(await get('/api/practitioners/x', patient), 422, 'invalid', 'id');
  const file = (await get(`/api/practitioners/${amina}`, admin)).body;
  assert.equal(file.email, 'amina.rahal@tilleuls.example');
  const all = (await get('/api/practitioners?status=VALIDATED&q=rahal', admin)).body.items;
  assert.deepEqual(all.map((p) => p.id), [amina]);
  assertProblem(await get('/api/practitioners?status=OPEN', admin), 422, 'invalid', 'status');
});

test('every other role is refused before anything is looked up', async () => {
  const id = idOf('amina');
  const rights = [
    ['GET', '/api/practitioners/me', ['amina']], ['PUT', '/api/practitioners/me', ['amina']], ['GET', '/api/practitioners', ['nadia', 'platform']], ['GET', '/api/practitioners/pending', ['platform']],
    ['GET', '/api/admin-huntzen/practitioners/pending', ['platform']], ['POST', `/api/practitioners/${id}/validate`, ['platform']], ['POST', `/api/admin-huntzen/practitioners/${id}/validate`, ['platform']],
    ['PUT', `/api/practitioners/${id}/documents-verified`, ['platform']], ['PUT', `/api/practitioners/${id}/activate`, ['platform']], ['PUT', `/api/practitioners/${id}/deactivate`, ['platform']],
  ];
  for (const [method, path, allowed] of rights) {
    for (const who of ['nadia', 'amina', 'helene', 'platform', 'operator'].filter((w) => !allowed.includes(w))) {
      assertProblem(await http(method, path, { token: await signIn(who), body: method === 'GET' ? undefined : {} }), 403, 'forbidden');
    }
    assert.equal((await http(method, path, { body: method === 'GET' ? undefined : {} })).status, 401);
  }
});
