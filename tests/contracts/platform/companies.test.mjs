import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertProblem, put, remove, unique } from '../support/people.mjs';
import { demo, get, http, post, signIn } from '../support/server.mjs';

async function create(body, path = '/api/companies') {
  const answer = await post(path, await signIn('platform'), body);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer.body;
}

const members = ['address', 'allowInternalNews', 'autoApproveEmployees', 'city', 'contactEmail', 'contactPhone', 'country', 'coverUrl', 'createdAt', 'domain', 'employeeCount', 'id',
  'isActive', 'logoUrl', 'name', 'practitionerCount', 'primaryColor', 'sector', 'size', 'slug', 'timeZone', 'usageReport', 'validatedAt', 'videoProvider', 'websiteUrl'];

test('the platform adds an organization, with all that it says of itself', async () => {
  const word = unique();
  const made = await create({
    name: `Ateliers Ménard ${word}`, domain: `@Menard-${word}.example`, sector: 'Industrie', size: 'LARGE', address: '3 rue du Lac', city: 'Annecy', country: 'France', primaryColor: '#1A7F5A',
    contactEmail: 'Contact@menard.example', contactPhone: '+33 4 50 00 00 00', websiteUrl: 'https://menard.example', autoApproveEmployees: true, allowInternalNews: false,
  });
  assert.deepEqual(Object.keys(made).sort(), members);
  assert.equal(made.slug, `ateliers-menard-${word}`);
  assert.equal(made.domain, `menard-${word}.example`);
  assert.equal(made.primaryColor, '#1a7f5a');
  assert.equal(made.contactEmail, 'contact@menard.example');
  assert.equal(made.size, 'LARGE');
  assert.equal(made.autoApproveEmployees, true);
  assert.equal(made.allowInternalNews, false);
  assert.equal(made.isActive, true);
  assert.equal(made.validatedAt, null);
  assert.equal(made.employeeCount, 0);
  assert.deepEqual((await get(`/api/companies/${made.id}`, await signIn('platform'))).body, made);
});

test('added under the platform\'s own path, it is validated in the same step; elsewhere by a step of its own, once', async () => {
  const token = await signIn('platform');
  assert.notEqual((await create({ name: `A ${unique()}` }, '/api/admin-huntzen/companies')).validatedAt, null);
  const made = await create({ name: `B ${unique()}` });
  const first = await put(`/api/companies/${made.id}/validate`, token);
  assert.equal(first.status, 200);
  assert.notEqual(first.body.validatedAt, null);
  assert.equal((await put(`/api/companies/${made.id}/validate`, token)).body.validatedAt, first.body.validatedAt);
});

test('two organizations of one name get two short names; one that is asked for is given once', async () => {
  const name = `Même Nom ${unique()}`;
  const [one, two] = [await create({ name }), await create({ name })];
  assert.notEqual(one.slug, two.slug);
  assertProblem(await post('/api/companies', await signIn('platform'), { name: 'C', slug: one.slug }), 409, 'slug_taken', 'slug');
});

test('a domain belongs to one organization, and never a public one to any', async () => {
  const token = await signIn('platform');
  const domain = `${unique()}.example`;
  await create({ name: 'D', slug: unique(), domain });
  assertProblem(await post('/api/companies', token, { name: 'E', slug: unique(), domain: domain.toUpperCase() }), 409, 'domain_taken', 'domain');
  assertProblem(await post('/api/companies', token, { name: 'E', slug: unique(), domain: 'gmail.com' }), 422, 'public_mail_domain', 'domain');
});

test('what is wrong is refused by its member', async () => {
  const token = await signIn('platform');
  const wrong = {
    name: [undefined, '', '   ', 'x'.repeat(201), 'a\u0000b'], slug: ['Big', 'a b', '', 'x'.repeat(61)], domain: ['nodot', 'a..b', '-a.example', 'a b.example', '@@'], size: ['HUGE', 'large'],
    primaryColor: ['red', '#12345', '#1234567'], contactEmail: ['nobody', 'a@b@c'], contactPhone: ['call me', '1'.repeat(31)],
    websiteUrl: ['javascript:alert(1)', 'ftp://a.example', 'a.example', 'https://user@a.example'], sector: ['x'.repeat(81)],
  };
  for (const [member, values] of Object.entries(wrong)) {
    for (const value of values) {
      const answer = await post('/api/companies', token, { name: 'F', slug: unique(), [member]: value });
      assert.equal(answer.status, 422, `${member}: ${value}`);
      assert.ok(answer.body.errors[member], JSON.stringify(answer.body));
    }
  }
  for (const extra of ['isActive', 'validatedAt', 'id', 'tenantId']) assert.equal((await post('/api/companies', token, { name: 'F', [extra]: null })).status, 422);
  assert.equal((await http('POST', '/api/companies', { token, raw: '{"name":"F","name":"G"}' })).status, 422);
});

test('the list is searched without accents, filtered by standing, and paged', async () => {
  const token = await signIn('platform');
  const word = unique();
  for (let i = 0; i < 3; i++) await create({ name: `Éts Noël ${word} ${i}` });
  const first = await get(`/api/companies?search=ETS noel ${word}&limit=2`, token);
  assert.deepEqual(first.body.items.map((c) => c.name), [`Éts Noël ${word} 2`, `Éts Noël ${word} 1`]);
  const second = await get(`/api/companies?search=ets NOËL ${word}&limit=2&cursor=${first.body.pageInfo.nextCursor}`, token);
  assert.deepEqual(second.body.items.map((c) => c.name), [`Éts Noël ${word} 0`]);
  assert.equal(second.body.pageInfo.nextCursor, null);
  assert.equal((await get(`/api/companies?search=${word}&status=PENDING`, token)).body.items.length, 3);
  assert.equal((await get(`/api/companies?search=${word}&status=ACTIVE`, token)).body.items.length, 0);
  assert.deepEqual((await get('/api/companies?search=%25', token)).body.items, []);
  assertProblem(await get('/api/companies?status=active', token), 422, 'invalid', 'status');
  assertProblem(await get('/api/companies?limit=101', token), 422, 'invalid', 'limit');
  assertProblem(await get('/api/companies?cursor=zzz', token), 422, 'invalid', 'cursor');
});

test('the operator sees all organizations with their counts, under a path of theirs', async () => {
  const { status, body } = await get('/api/super-admin/companies?search=tilleuls', await signIn('operator'));
  assert.equal(status, 200);
  assert.equal(body.items[0].name, 'Clinique des Tilleuls');
  assert.ok(body.items[0].employeeCount >= 2);
  assert.ok(body.items[0].practitionerCount >= 1);
  assert.notEqual(body.items[0].validatedAt, null);
});

test('an organization\'s administrator sees and changes their own alone', async () => {
  const token = await signIn('helene');
  const own = (await get('/api/companies/me', token)).body;
  assert.equal(own.name, 'Clinique des Tilleuls');
  assert.equal((await get(`/api/companies/${own.id}`, token)).body.id, own.id);
  const changed = await put('/api/companies/me', token, { sector: 'Santé', city: 'Lyon', primaryColor: '#336699' });
  assert.equal(changed.status, 200, JSON.stringify(changed.body));
  assert.equal(changed.body.sector, 'Santé');
  assert.equal(changed.body.name, own.name);
  assert.equal((await put(`/api/companies/${own.id}`, token, { city: '' })).body.city, null);
  assert.equal((await get('/api/companies/me', token)).body.sector, 'Santé');

  const foreign = await create({ name: `Foreign ${unique()}` });
  for (const id of [foreign.id, '01900000-0000-7000-8000-000000000000']) {
    assertProblem(await get(`/api/companies/${id}`, token), 404, 'not_found');
    assertProblem(await put(`/api/companies/${id}`, token, { city: 'x' }), 404, 'not_found');
  }
  assertProblem(await put('/api/companies/me', token, { domain: 'tilleuls.example' }), 403, 'domain_set_by_platform', 'domain');
  assert.equal((await put('/api/companies/me', token, { isActive: false })).status, 422);
});

test('who is neither the platform\'s nor the organization\'s administrator is refused before anything is looked up', async () => {
  const id = demo.consultations[0].id;
  for (const name of ['nadia', 'amina']) {
    const token = await signIn(name);
    for (const [method, path] of [['GET', '/api/companies'], ['POST', '/api/companies'], ['GET', '/api/companies/me'], ['PUT', '/api/companies/me'], ['GET', `/api/companies/${id}`], ['PUT', `/api/companies/${id}/validate`], ['DELETE', `/api/companies/${id}`], ['POST', `/api/companies/${id}/admins`], ['GET', '/api/super-admin/companies'], ['POST', '/api/admin-huntzen/companies']]) {
      assertProblem(await http(method, path, { token, body: method === 'GET' ? undefined : {} }), 403, 'forbidden');
    }
  }
  const admin = await signIn('helene');
  for (const [method, path] of [['GET', '/api/companies'], ['POST', '/api/companies'], ['PUT', `/api/companies/${id}/validate`], ['PUT', `/api/companies/${id}/deactivate`], ['DELETE', `/api/companies/${id}`], ['GET', '/api/super-admin/companies']]) {
    assertProblem(await http(method, path, { token: admin, body: method === 'GET' ? undefined : {} }), 403, 'forbidden');
  }
  assertProblem(await get('/api/super-admin/companies', await signIn('platform')), 403, 'forbidden');
  assertProblem(await http('GET', '/api/companies'), 401, 'unauthenticated');
});

test('an organization is closed and opened again; deleting it closes it and erases nothing', async () => {
  const token = await signIn('platform');
  const { id } = await create({ name: `G ${unique()}` }, '/api/admin-huntzen/companies');
  assert.equal((await put(`/api/companies/${id}/deactivate`, token)).body.isActive, false);
  assert.equal((await put(`/api/admin-huntzen/companies/${id}/activate`, token)).body.isActive, true);
  assert.equal((await remove(`/api/companies/${id}`, token)).status, 204);
  const after = (await get(`/api/companies/${id}`, token)).body;
  assert.equal(after.isActive, false);
  assert.notEqual(after.validatedAt, null);
  assert.equal((await put(`/api/companies/${id}/activate`, token)).body.isActive, true);
  for (const verb of ['validate', 'activate', 'deactivate']) assertProblem(await put(`/api/companies/01900000-0000-7000-8000-000000000000/${verb}`, token), 404, 'not_found');
});

test('a person is invited to administer an organization, once', async () => {
  const token = await signIn('platform');
  const { id } = await create({ name: `H ${unique()}` }, '/api/admin-huntzen/companies');
  const body = { email: `rh-${unique()}@h.example`, firstName: 'Inès', lastName: 'Martel', language: 'fr' };
  const invited = await post(`/api/companies/${id}/admins`, token, body);
  assert.equal(invited.status, 201, JSON.stringify(invited.body));
  assert.equal(invited.body.status, 'INVITED');
  assertProblem(await post(`/api/companies/${id}/admins`, token, body), 409, 'email_taken', 'email');
  assertProblem(await post(`/api/companies/${id}/admins`, token, { ...body, email: 'x' }), 422, 'invalid', 'email');
  assertProblem(await post(`/api/companies/${id}/admins`, token, { ...body, firstName: ' ' }), 422, 'required', 'firstName');
  assertProblem(await post('/api/companies/01900000-0000-7000-8000-000000000000/admins', token, { ...body, email: `x${body.email}` }), 404, 'not_found');
});
