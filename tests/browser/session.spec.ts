import { composer, consultation, enterRoom, expect, keptOnDevice, signIn, test, url, user } from './people';

test('a wrong password is said in words', async ({ person }) => {
  const { page } = await person();
  await page.goto('/');
  await page.getByLabel('E-mail address').fill(user('Nadia').email);
  await page.getByLabel('Password', { exact: true }).fill('wrong-password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toContainText('do not match');
});

test('a reload keeps the sign-in, and no script can read what keeps it', async ({ person }) => {
  const { page, context } = await person();
  await signIn({ page, context, faults: [] }, 'Nadia');
  await page.reload();
  await expect(page.getByRole('link', { name: 'Join the visit' })).toBeVisible();
  const [cookie] = await context.cookies(url());
  expect(cookie).toMatchObject({ name: '__Host-colloque-refresh', httpOnly: true, secure: true, sameSite: 'Strict', path: '/' });
  const readable = await page.evaluate(() => document.cookie + JSON.stringify({ ...localStorage, ...sessionStorage }));
  expect(readable).not.toContain(cookie?.value);
  expect(readable).not.toMatch(/eyJ/);
});

test('two tabs that load at the same moment both stay signed in', async ({ person }) => {
  const one = await person();
  await signIn(one, 'Nadia');
  const other = await one.context.newPage();
  for (let round = 0; round < 3; round++) {
    await Promise.all([one.page.goto('/'), other.goto('/')]);
    await expect(one.page.getByRole('link', { name: 'Join the visit' })).toBeVisible();
    await expect(other.getByRole('link', { name: 'Join the visit' })).toBeVisible();
  }
});

test('signing out in one tab signs out the other and leaves nothing on the device', async ({ person }) => {
  const one = await person();
  await enterRoom(one, 'Nadia', consultation('in_progress').id);
  await composer(one.page).fill('Not yet sent');
  await expect.poll(() => keptOnDevice(one.page)).toBe(1);
  const other = await one.context.newPage();
  await other.goto('/');
  await other.getByRole('button', { name: 'Sign out' }).click();
  await expect(other.getByText('Nothing is kept on this device.')).toBeVisible();
  await expect(one.page.getByLabel('Password', { exact: true })).toBeVisible();
  await expect.poll(() => keptOnDevice(other)).toBe(0);
  await expect.poll(async () => (await one.context.cookies(url())).length).toBe(0);
  await other.reload();
  await expect(other.getByLabel('Password', { exact: true })).toBeVisible();
});

test('a session that was revoked asks to sign in again, in place, and keeps the draft', async ({ person }) => {
  const one = await person();
  const { id } = consultation('in_progress');
  await enterRoom(one, 'Nadia', id);
  await composer(one.page).fill('Half a sentence');
  await expect.poll(() => keptOnDevice(one.page)).toBe(1);
  await one.context.clearCookies();
  await one.page.reload();
  await expect(one.page.getByText('Your session has ended.')).toBeVisible();
  await signIn(one, 'Nadia', `/consultations/${id}`);
  await expect(composer(one.page)).toHaveValue('Half a sentence');
  await composer(one.page).fill('');
});

test('a sign-in that is ended elsewhere closes the open room', async ({ person }) => {
  const one = await person();
  await enterRoom(one, 'Nadia', consultation('in_progress').id);
  await one.page.evaluate(() =>
    fetch('/api/auth/logout', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Colloque-Client': 'web' },
      body: '{}',
    }),
  );
  await expect(one.page.getByText('Your session has ended.')).toBeVisible({ timeout: 20_000 });
  await expect(composer(one.page)).toHaveCount(0);
});

test('an administrator sees no consultation, and no dead end', async ({ person }) => {
  const one = await person();
  await signIn(one, 'Hélène', `/consultations/${consultation('in_progress').id}`);
  await expect(one.page.getByRole('heading', { name: 'Consultations are not yours to see' })).toBeVisible();
  await one.page.getByRole('button', { name: 'Sign out' }).click();
  await expect(one.page.getByLabel('Password', { exact: true })).toBeVisible();
});

test('a stranger learns nothing of a consultation, not even that it exists', async ({ person }) => {
  const one = await person();
  await signIn(one, 'Lucía', `/consultations/${consultation('in_progress').id}`);
  await expect(one.page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
  await one.page.goto('/consultations/01900000-0000-7000-8000-000000000000');
  await expect(one.page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
});
