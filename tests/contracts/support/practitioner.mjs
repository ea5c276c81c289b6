import assert from 'node:assert/strict';
import { mailTo } from './mail.mjs';
import { unique } from './people.mjs';
import { post, signIn } from './server.mjs';

/** A practitioner of the platform, whom every organization's patients find: registered, verified and validated, for one test alone. */
export async function newPractitioner() {
  const [email, password, lastName] = [`${unique()}@practice.example`, `correct ${unique()} battery`, `Abara-${unique()}`];
  const asked = await post('/api/auth/register', undefined, { email, password, firstName: 'Ijeoma', lastName, language: 'en', role: 'PRACTITIONER', title: 'Dr', specialty: 'PSYCHIATRE' });
  assert.equal(asked.status, 202, JSON.stringify(asked.body));
  const mail = await mailTo(email, 'VerifyEmail');
  assert.equal((await post('/api/auth/verify-email', undefined, { token: mail.link.split('#')[1] })).status, 204);
  const login = await post('/api/auth/login', undefined, { email, password });
  assert.equal(login.status, 200, JSON.stringify(login.body));
  const person = { id: login.body.user.id, token: login.body.accessToken, lastName };
  assert.equal((await post(`/api/practitioners/${person.id}/validate`, await signIn('platform'))).status, 200);
  return person;
}
