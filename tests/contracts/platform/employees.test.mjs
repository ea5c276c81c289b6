import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertProblem, eventually, put, remove, unique } from '../support/people.mjs';
import { closeAll, connect, demo, get, http, post, signIn } from '../support/server.mjs';

after(closeAll);

const absent = '01900000-0000-7000-8000-000000000000';
const members = ['activatedAt', 'createdAt', 'department', 'email', 'firstName', 'id', 'invitedAt', 'language', 'lastName', 'phoneNumber', 'position', 'status', 'userId'];
let token;
before(async () => {
  token = await signIn('helene');
});

const person = (more = {}) => ({ email: `p-${unique()}@tilleuls.example`, firstName: 'Noé', lastName: `Ælise ${unique()}`, ...more });

async function add(more) {
  const made = await post('/api/employees', token, person(more));
  assert.equal(made.status, 201, JSON.stringify(made.body));
  return made.body;
}

const list = async (query) => (await get(`/api/employees?${new URLSearchParams(query)}`, token)).body;

test('whoever is an organization\'s patient is on its staff list', async () => {
  const { items } = await list({ search: 'nadia benali' });
  assert.equal(items.length, 1);
  assert.deepEqual(Object.keys(items[0]).sort(), members);
  assert.equal(items[0].status, 'ACTIVE');
  assert.equal(items[0].firstName, 'Nadia');
  assert.equal(items[0].userId, demo.users.find((u) => u.email.startsWith('nadia')).id);
  assert.notEqual(items[0].id, items[0].userId);
  assert.equal((await list({ search: 'amina' })).items.length, 0);
  assert.equal((await list({ search: 'lucia' })).items.length, 0);
});

test('a person is added, invited, and shown without a word of care', async () => {
  const made = await add({ department: 'Atelier', position: 'Soudeur', phoneNumber: '+33 6 01 02 03 04', language: 'es' });
  assert.deepEqual(Object.keys(made).sort(), members);
  assert.equal(made.status, 'INVITED');
  assert.equal(made.userId, null);
  assert.equal(made.language, 'es');
  const invited = await eventually('the invitation', async () => {
    const { body } = await get(`/api/employees/${made.id}`, token);
    return body.invitedAt && body;
  });
  assert.equal(invited.userId, null);
  assert.equal(invited.status, 'INVITED');
});

test('without an invitation nobody is written to, and the administrator\'s language is theirs', async () => {
  const made = await add({ invite: false });
  assert.equal(made.language, 'fr');
  const later = await add({});
  await eventually('another invitation', async () => (await get(`/api/employees/${later.id}`, token)).body.invitedAt);
  assert.equal((await get(`/api/employees/${made.id}`, token)).body.invitedAt, null);
  assert.equal((await post(`/api/employees/${made.id}/invite`, token, {})).status, 202);
  await eventually('the invitation', async () => (await get(`/api/employees/${made.id}`, token)).body.invitedAt);
});

test('an address that has an account elsewhere looks as one that has none', async () => {
  const foreign = demo.users.find((u) => u.email.startsWith('lucia')).email;
  const operator = demo.users.find((u) => u.role === 'super_admin').email;
  const usual = await add({});
  for (const email of [foreign, operator]) {
    const known = await add({ email });
    assert.deepEqual({ ...known, id: 0, email: 0, createdAt: 0, lastName: 0 }, { ...usual, id: 0, email: 0, createdAt: 0, lastName: 0 });
    const invited = await eventually('the invitation', async () => {
      const { body } = await get(`/api/employees/${known.id}`, token);
      return body.invitedAt && body;
    });
    assert.equal(invited.userId, null);
    assert.equal(invited.status, 'INVITED');
    assertProblem(await post('/api/employees', token, person({ email })), 409, 'email_taken', 'email');
    assert.equal((await remove(`/api/employees/${known.id}`, token)).status, 204);
  }
});

test('an address of the own organization is taken: a patient\'s, a practitioner\'s, an administrator\'s', async () => {
  for (const name of ['nadia', 'amina', 'helene']) {
    const email = demo.users.find((u) => u.email.startsWith(name)).email.toUpperCase();
    assertProblem(await post('/api/employees', token, person({ email })), 409, 'email_taken', 'email');
  }
});

test('what is wrong is refused by its member', async () => {
  const wrong = {
    email: [undefined, '', 'x', 'a b@c.example'], firstName: [undefined, '', ' ', 'x'.repeat(101), 'a\u0007'], lastName: [undefined, ''], department: ['x'.repeat(101)],
    phoneNumber: ['call me', '12', '<script>'], language: ['de', 'FR'],
  };
  for (const [member, values] of Object.entries(wrong)) {
    for (const value of values) {
      const answer = await post('/api/employees', token, person({ [member]: value }));
      assert.equal(answer.status, 422, `${member}: ${value}`);
      assert.ok(answer.body.errors[member], JSON.stringify(answer.body));
    }
  }
  for (const extra of ['id', 'userId', 'tenantId', 'status', 'role', 'approvedAt']) assert.equal((await post('/api/employees', token, person({ [extra]: null }))).status, 422, extra);
  for (const [query, field] of [['sort=lastname', 'sort'], ['status=active', 'status'], ['limit=0', 'limit'], ['cursor=AAAA', 'cursor'], [`search=${'x'.repeat(101)}`, 'search']]) {
    assert.ok((await get(`/api/employees?${query}`, token)).body.errors[field], query);
  }
});

test('people are found by words without accents, in every order, page by page', async () => {
  const word = unique();
  const names = [['Émile', 'Zola'], ['Chloé', 'Ángel'], ['Øyvind', 'Müller'], ['Zoë', 'Abel']];
  for (const [firstName, lastName] of names) await add({ firstName, lastName: `${lastName} ${word}`, department: 'Comptabilité', invite: false });
  const first = (items) => items.map((e) => e.firstName);
  assert.deepEqual(first((await list({ search: word })).items), ['Zoë', 'Chloé', 'Øyvind', 'Émile']);
  assert.deepEqual(first((await list({ search: word, sort: '-name' })).items), ['Émile', 'Øyvind', 'Chloé', 'Zoë']);
  assert.deepEqual(first((await list({ search: word, sort: 'createdAt' })).items), ['Émile', 'Chloé', 'Øyvind', 'Zoë']);
  assert.deepEqual(first((await list({ search: word, sort: '-createdAt' })).items), ['Zoë', 'Øyvind', 'Chloé', 'Émile']);
  assert.deepEqual(first((await list({ search: `ANGEL ${word}` })).items), ['Chloé']);
  assert.deepEqual(first((await list({ search: `${word} oyvind muller` })).items), ['Øyvind']);
  assert.deepEqual(first((await list({ search: word, department: 'comptabilite' })).items), ['Zoë', 'Chloé', 'Øyvind', 'Émile']);
  assert.deepEqual((await list({ search: word, department: 'compta' })).items, []);
  assert.deepEqual((await list({ search: word, status: 'ACTIVE' })).items, []);
  for (const sort of ['name', '-name', 'createdAt', '-createdAt', 'email']) {
    const all = first((await list({ search: word, sort })).items);
    const paged = [];
    for (let cursor; cursor !== null; ) {
      const page = await list({ search: word, sort, limit: 1, ...(cursor ? { cursor } : {}) });
      paged.push(...first(page.items));
      cursor = page.pageInfo.nextCursor;
    }
    assert.deepEqual(paged, all, sort);
  }
  const { pageInfo } = await list({ search: word, limit: 1 });
  assertProblem(await get(`/api/employees?sort=-name&cursor=${pageInfo.nextCursor}`, token), 422, 'invalid', 'cursor');
});

test('an entry is changed member by member', async () => {
  const made = await add({ department: 'A', position: 'B', phoneNumber: '0102030405', invite: false });
  const changed = await put(`/api/employees/${made.id}`, token, { lastName: 'Durand', department: '' });
  assert.equal(changed.status, 200, JSON.stringify(changed.body));
  assert.deepEqual({ ...changed.body }, { ...made, lastName: 'Durand', department: null });
  assertProblem(await put(`/api/employees/${made.id}`, token, { lastName: '' }), 422, 'required', 'lastName');
  assert.equal((await put(`/api/employees/${made.id}`, token, { email: 'x@y.example' })).status, 422);
});

test('foreign and absent people answer alike, and to everyone but an organization\'s administrators nothing answers', async () => {
  const lucia = demo.users.find((u) => u.email.startsWith('lucia')).id;
  const routes = [['GET', ''], ['PUT', ''], ['DELETE', ''], ['PUT', '/activate'], ['PUT', '/deactivate'], ['PUT', '/approve'], ['POST', '/invite']];
  for (const id of [absent, lucia]) {
    for (const [method, tail] of routes) {
      assertProblem(await http(method, `/api/employees/${id}${tail}`, { token, body: method === 'GET' ? undefined : {} }), 404, 'not_found');
    }
  }
  for (const name of ['nadia', 'amina', 'platform', 'operator']) {
    const other = await signIn(name);
    for (const [method, path] of [['GET', ''], ['POST', ''], ['GET', '/export'], ['POST', '/import'], ['GET', '/imports'], ...routes.map(([m, tail]) => [m, `/${absent}${tail}`])]) {
      assertProblem(await http(method, `/api/employees${path}`, { token: other, body: method === 'GET' ? undefined : {} }), 403, 'forbidden');
    }
  }
  for (const name of ['helene', 'amina', 'operator']) assertProblem(await get('/api/employees/me', await signIn(name)), 403, 'forbidden');
});

test('a person sees their own entry and says of themselves what their organization does not see', async () => {
  const lucia = await signIn('lucia');
  const own = (await get('/api/employees/me', lucia)).body;
  assert.equal(own.firstName, 'Lucía');
  assert.equal(own.bio, null);
  const answer = await put('/api/employees/me', lucia, { phoneNumber: '+34 600 000 000', bio: 'Uno.\nDos.', language: 'fr', onboardingCompleted: true, consent: true });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  assert.equal(answer.body.bio, 'Uno.\nDos.');
  assert.equal(answer.body.language, 'fr');
  assert.ok(answer.body.onboardingCompletedAt && answer.body.consentGivenAt);
  const again = (await put('/api/employees/me', lucia, { onboardingCompleted: true, consent: true, bio: '' })).body;
  assert.equal(again.onboardingCompletedAt, answer.body.onboardingCompletedAt);
  assert.equal(again.consentGivenAt, answer.body.consentGivenAt);
  assert.equal(again.bio, null);
  assert.equal((await put('/api/employees/me', lucia, { consent: false, language: 'es' })).body.consentGivenAt, null);
  assert.equal((await get('/api/auth/me', lucia)).body.language, 'es');
  for (const extra of ['department', 'position', 'status', 'email']) assert.equal((await put('/api/employees/me', lucia, { [extra]: 'x' })).status, 422, extra);
  assertProblem(await put('/api/employees/me', lucia, { bio: 'x'.repeat(2001) }), 422, 'too_long', 'bio');
});

test('a name that is changed is the name that is shown', async () => {
  const lucia = await signIn('lucia');
  await put('/api/employees/me', lucia, { lastName: 'Ortega Ruiz' });
  assert.equal((await get('/api/auth/me', lucia)).body.name, 'Lucía Ortega Ruiz');
  await put('/api/employees/me', lucia, { lastName: 'Ortega' });
});

test('a person who is deactivated is out within five seconds: requests, refresh, sockets and sign-in; activated, they sign in again', async () => {
  const marc = demo.users.find((u) => u.email.startsWith('marc'));
  const login = () => post('/api/auth/login', undefined, { email: marc.email, password: marc.password });
  const session = (await login()).body;
  const socket = await connect(session.accessToken);
  const closed = new Promise((gone) => socket.once('disconnect', gone));
  const entry = (await list({ search: 'rochefoucauld' })).items[0];

  const began = Date.now();
  const answer = await put(`/api/employees/${entry.id}/deactivate`, token, {});
  assert.equal(answer.body.status, 'INACTIVE');
  await closed;
  await eventually('the end of the access token', async () => (await get('/api/auth/me', session.accessToken)).status === 401);
  assert.ok(Date.now() - began < 5_500, `${Date.now() - began} ms`);
  assert.equal((await post('/api/auth/refresh', undefined, { refreshToken: session.refreshToken })).status, 401);
  assertProblem(await login(), 401, 'invalid_credentials');
  assert.equal((await list({ search: 'rochefoucauld', status: 'INACTIVE' })).items.length, 1);

  assert.equal((await put(`/api/employees/${entry.id}/activate`, token, {})).body.status, 'ACTIVE');
  const back = await login();
  assert.equal(back.status, 200);
  assert.equal((await get('/api/auth/me', back.body.accessToken)).status, 200);
  assert.equal((await post('/api/auth/refresh', undefined, { refreshToken: session.refreshToken })).status, 401);
});

test('who is taken off the staff list leaves it, their visits stay, and added again they have their account back', async () => {
  const marc = demo.users.find((u) => u.email.startsWith('marc'));
  const amina = await signIn('amina');
  const visits = async () => (await get('/api/consultations/mine', amina)).body.items.filter((c) => c.patient.id === marc.id).length;
  const before = await visits();
  assert.ok(before > 0);
  const entry = (await list({ search: 'rochefoucauld' })).items[0];
  assert.equal((await remove(`/api/employees/${entry.id}`, token)).status, 204);
  assertProblem(await remove(`/api/employees/${entry.id}`, token), 404, 'not_found');
  assertProblem(await get(`/api/employees/${entry.id}`, token), 404, 'not_found');
  assert.deepEqual((await list({ search: 'rochefoucauld' })).items, []);
  const login = () => post('/api/auth/login', undefined, { email: marc.email, password: marc.password });
  assert.equal((await login()).status, 401);
  assert.equal(await visits(), before);

  const again = await add({ email: marc.email, firstName: 'Marc-Antoine', lastName: 'de La Rochefoucauld' });
  assert.equal(again.id, entry.id);
  assert.equal(again.status, 'ACTIVE');
  assert.equal((await login()).status, 200);
  assertProblem(await post(`/api/employees/${entry.id}/invite`, token, {}), 409, 'employee_already_active');
  assertProblem(await put(`/api/employees/${entry.id}/approve`, token, {}), 409, 'employee_not_pending');
});
