import type { Page } from '@playwright/test';
import { linkTo } from './mailbox';
import { demo, expect, type Person, signIn, test, unique, url, user } from './people';
import { totp } from './totp';

const newAddress = (domain = 'cabinet.example') => `${unique('noor').replace(' ', '.')}@${domain}`;
const sentence = 'un chat dort au soleil';

const enter = async (page: Page, email: string, password: string) => {
  await page.goto('/');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
};

async function register({ page }: Person, email: string, password: string, role: 'patient' | 'practitioner', code = '') {
  await page.goto('/');
  await page.getByRole('link', { name: 'Create one' }).click();
  await expect(page.getByText(`I am a ${role}`)).toBeVisible();
  await page.getByText(`I am a ${role}`).click();
  await page.getByLabel('First name').fill('Noor');
  await page.getByLabel('Last name').fill('Haddad');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  if (code) await page.getByLabel(/Code of your organization/).fill(code);
  await page.getByRole('button', { name: 'Create the account' }).click();
}

/** Someone nobody else knows: registered, confirmed, signed in. */
async function newcomer(one: Person): Promise<string> {
  const email = newAddress();
  await register(one, email, sentence, 'practitioner');
  await one.page.goto(await linkTo(email, '/verify-email'));
  await expect(one.page.getByRole('heading', { name: 'Your address is confirmed' })).toBeVisible();
  await enter(one.page, email, sentence);
  await expect(one.page.getByRole('link', { name: 'My account' })).toBeVisible();
  return email;
}

/** Sets the app up on the security page and keeps the codes. */
async function setUpApp(page: Page): Promise<{ secret: string; codes: string[] }> {
  await page.getByRole('link', { name: 'Security' }).click();
  await page.getByRole('link', { name: 'Set up the app' }).click();
  const secret = (await page.locator('code').innerText()).replace(/\s/g, '');
  await page.getByLabel('Code of the app').fill(totp(secret));
  await page.getByRole('button', { name: 'Turn on' }).click();
  await expect(page.getByRole('heading', { name: 'Keep these recovery codes' })).toBeVisible();
  const codes = await page.locator('.printed li').allInnerTexts();
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await expect(page.getByText('10 recovery codes left')).toBeVisible();
  return { secret, codes };
}

test('who registers confirms the address from the mail, and is in; the link is good once', async ({ person }) => {
  const one = await person();
  const email = newAddress();
  await register(one, email, sentence, 'practitioner');
  await expect(one.page.getByRole('heading', { name: 'Look in your mailbox' })).toBeVisible();
  await enter(one.page, email, sentence);
  await expect(one.page.getByRole('alert')).toContainText('Confirm your e-mail address first');
  await one.page.goto(await linkTo(email, '/verify-email'));
  await expect(one.page.getByRole('heading', { name: 'Your address is confirmed' })).toBeVisible();
  await one.page.reload();
  await expect(one.page.getByRole('heading', { name: 'This link is not good any more' })).toBeVisible();
  await enter(one.page, email, sentence);
  await expect(one.page.getByRole('banner')).toContainText('Noor Haddad');
});

test("a patient with the clinic's code waits until the clinic admits them, and is told so", async ({ person }) => {
  const one = await person();
  const email = newAddress('somewhere.example');
  await register(one, email, sentence, 'patient', 'tilleuls');
  await one.page.goto(await linkTo(email, '/verify-email'));
  await expect(one.page.getByRole('heading', { name: 'Your address is confirmed' })).toBeVisible();
  await enter(one.page, email, sentence);
  await expect(one.page.getByRole('alert')).toContainText('still has to admit you');
});

test('an address that has an account gets the same page as one that has none', async ({ person }) => {
  const one = await person();
  const seen: string[] = [];
  for (const email of [user('Nadia').email, newAddress('nowhere.example')]) {
    await register(one, email, sentence, 'patient');
    await expect(one.page.getByRole('heading', { name: 'Look in your mailbox' })).toBeVisible();
    seen.push((await one.page.getByRole('main').innerText()).replace(email, ''));
  }
  expect(seen[0]).toBe(seen[1]);
});

test('a password that everybody uses is refused beside the field', async ({ person }) => {
  const one = await person();
  await register(one, newAddress(), 'password1', 'patient');
  const field = one.page.getByLabel('Password', { exact: true });
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(field).toHaveAccessibleDescription(/\w/);
});

test('a forgotten password is set anew by the link of the mail, once, and the old one opens nothing', async ({ person }) => {
  const [one, other] = [await person(), await person()];
  const { email, password } = user('Lucía');
  await signIn(other, 'Lucía');
  await one.page.goto('/');
  await one.page.getByRole('link', { name: 'Forgot your password?' }).click();
  await expect(one.page.getByRole('heading', { name: 'Forgot your password?' })).toBeVisible();
  await one.page.getByLabel('E-mail address').fill(email);
  await one.page.getByRole('button', { name: 'Send me a link' }).click();
  await expect(one.page.getByRole('heading', { name: 'Look in your mailbox' })).toBeVisible();
  const link = await linkTo(email, '/reset-password');
  const next = 'le vent tourne à midi';
  await one.page.goto(link);
  await one.page.getByLabel('New password').fill(next);
  await one.page.getByRole('button', { name: 'Set the password' }).click();
  await expect(one.page.getByRole('heading', { name: 'Your new password is set' })).toBeVisible();
  // Whoever was signed in with the old one is out.
  await expect(async () => {
    await other.page.reload();
    await expect(other.page.getByText('Your session has ended.')).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 15_000 });
  await enter(one.page, email, password);
  await expect(one.page.getByRole('alert')).toContainText('do not match');
  await one.page.goto('about:blank');
  await one.page.goto(link);
  await one.page.getByLabel('New password').fill('encore un autre essai');
  await one.page.getByRole('button', { name: 'Set the password' }).click();
  await expect(one.page.getByRole('alert')).toContainText('has been used');
  // Back to what the other tests know.
  await enter(one.page, email, next);
  await changePassword(one.page, next, password);
});

async function changePassword(page: Page, from: string, to: string) {
  await page.getByRole('link', { name: 'My account' }).click();
  await page.getByRole('link', { name: 'Security' }).click();
  await page.getByRole('button', { name: 'Change the password' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Present password').fill(from);
  await dialog.getByLabel('New password').fill(to);
  await dialog.getByRole('button', { name: 'Change the password' }).click();
  await expect(page.getByText('Your password is changed.')).toBeVisible();
}

test('the authenticator app guards the door: code, recovery code, and off again', async ({ person }) => {
  const [one, other] = [await person(), await person()];
  const email = await newcomer(one);
  const password = sentence;
  await one.page.getByRole('link', { name: 'My account' }).click();
  const { secret, codes } = await setUpApp(one.page);
  expect(new Set(codes).size).toBe(10);

  await enter(other.page, email, password);
  const field = other.page.getByLabel('Code of the app');
  await expect(field).toBeFocused();
  await field.fill('000000');
  await expect(other.page.getByRole('alert')).toContainText('not right');
  // The code of the set-up is spent; the next one is good already.
  await field.fill(totp(secret, 1));
  await expect(other.page.getByRole('link', { name: 'My account' })).toBeVisible();
  await other.page.getByRole('button', { name: 'Sign out' }).click();

  await enter(other.page, email, password);
  await other.page.getByRole('button', { name: 'Use a recovery code' }).click();
  await other.page.getByLabel('Recovery code').fill(codes[0] ?? '');
  await other.page.keyboard.press('Enter');
  await expect(other.page.getByRole('link', { name: 'My account' })).toBeVisible();

  await one.page.reload();
  await expect(one.page.getByText('9 recovery codes left')).toBeVisible();
  await one.page.getByRole('button', { name: 'Turn off' }).click();
  const dialog = one.page.getByRole('dialog');
  await dialog.getByLabel('Your password').fill('not this one');
  await dialog.getByLabel('Code of the app, or a recovery code').fill(codes[1] ?? '');
  await dialog.getByRole('button', { name: 'Turn off' }).click();
  await expect(dialog.getByLabel('Your password')).toHaveAttribute('aria-invalid', 'true');
  await dialog.getByLabel('Your password').fill(password);
  await dialog.getByRole('button', { name: 'Turn off' }).click();
  await expect(one.page.getByRole('link', { name: 'Set up the app' })).toBeVisible();
});

test('whose role must have a second step sets it up before anything else, and is then inside', async ({ person }) => {
  const one = await person();
  const email = await newcomer(one);
  await one.page.getByRole('button', { name: 'Sign out' }).click();
  await expect(one.page.getByText('Nothing is kept on this device.')).toBeVisible();
  // As a server that demands it answers; the demo demands nothing.
  await one.page.route('**/api/auth/login', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), secondFactorSetupRequired: true } });
  });
  await enter(one.page, email, sentence);
  await expect(one.page.getByRole('heading', { name: 'Protect your account' })).toBeVisible();
  await one.page.getByRole('link', { name: 'My account' }).click();
  await expect(one.page.getByRole('heading', { name: 'Protect your account' })).toBeVisible();
  await one.page.getByRole('button', { name: 'Set up the app' }).click();
  const secret = (await one.page.locator('code').innerText()).replace(/\s/g, '');
  await one.page.getByLabel('Code of the app').fill(totp(secret));
  await one.page.getByRole('button', { name: 'Turn on' }).click();
  await one.page.getByRole('button', { name: 'I have kept them' }).click();
  await expect(one.page.getByRole('navigation', { name: 'My account' })).toBeVisible();
});

test('a passkey is added, opens the door by itself, and is removed', async ({ person }) => {
  // Passkeys belong to a name.
  const one = await person({ baseURL: url().replace('127.0.0.1', 'localhost') });
  const device = await one.context.newCDPSession(one.page);
  await device.send('WebAuthn.enable');
  await device.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await newcomer(one);
  await one.page.getByRole('link', { name: 'My account' }).click();
  await one.page.getByRole('link', { name: 'Security' }).click();
  await one.page.getByRole('button', { name: 'Add a passkey' }).click();
  await one.page.getByRole('dialog').getByLabel('Name').fill('My laptop');
  await one.page.getByRole('button', { name: 'Continue' }).click();
  await expect(one.page.getByRole('listitem').filter({ hasText: 'My laptop' })).toContainText('not used yet');

  await one.page.getByRole('button', { name: 'Add a passkey' }).click();
  await one.page.getByRole('button', { name: 'Continue' }).click();
  await expect(one.page.getByRole('alert')).toContainText('has a passkey for your account already');
  await one.page.getByRole('button', { name: 'Cancel' }).click();

  await one.page.getByRole('button', { name: 'Rename My laptop' }).click();
  await one.page.getByRole('dialog').getByLabel('Name').fill('Laptop at work');
  await one.page.getByRole('button', { name: 'Save' }).click();
  await expect(one.page.getByRole('listitem').filter({ hasText: 'Laptop at work' })).toBeVisible();

  await one.page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await one.page.getByRole('button', { name: 'With a passkey' }).click();
  await expect(one.page.getByRole('heading', { name: 'Security' })).toBeVisible();
  await expect(one.page.getByRole('listitem').filter({ hasText: 'Laptop at work' })).toContainText('last used');

  await one.page.getByRole('button', { name: 'Remove Laptop at work' }).click();
  await one.page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await expect(one.page.getByText('None yet.')).toBeVisible();
  await one.page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await one.page.getByRole('button', { name: 'With a passkey' }).click();
  await expect(one.page.getByRole('alert')).toContainText('does not open an account here');
});

test('a reload in the middle of the second step starts again at the door', async ({ person }) => {
  const one = await person();
  await one.page.route('**/api/auth/login', (route) =>
    route.fulfill({ json: { twoFactorRequired: true, challenge: 'c', methods: ['totp', 'recovery'] } }),
  );
  await enter(one.page, user('Nadia').email, 'x');
  await expect(one.page.getByLabel('Code of the app')).toBeVisible();
  await one.page.reload();
  await expect(one.page.getByLabel('Password', { exact: true })).toBeVisible();
});

test("a person sees their devices and signs one out, which closes what it had open", async ({ person }) => {
  const [here, there] = [await person(), await person()];
  await signIn(there, 'Marc');
  await signIn(here, 'Marc', '/account/security');
  const rows = here.page.getByRole('region', { name: 'Where you are signed in' }).getByRole('listitem');
  await expect(rows.filter({ hasText: 'this device' })).toHaveCount(1);
  await here.page.getByRole('button', { name: 'Sign out everywhere else' }).click();
  await here.page.getByRole('alertdialog').getByRole('button', { name: 'Sign out everywhere else' }).click();
  await expect(rows).toHaveCount(1);
  await expect(async () => {
    await there.page.reload();
    await expect(there.page.getByText('Your session has ended.')).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 15_000 });
});

test('a name that is changed is the name everywhere, at once', async ({ person }) => {
  const one = await person();
  await signIn(one, 'Nadia', '/account');
  const before = await one.page.getByLabel('First name').inputValue();
  await one.page.getByLabel('First name').fill('Nadège');
  await one.page.getByRole('button', { name: 'Save' }).click();
  await expect(one.page.getByText('Saved.')).toBeVisible();
  await expect(one.page.getByRole('banner')).toContainText('Nadège');
  await one.page.getByLabel('First name').fill(before);
  await one.page.getByRole('button', { name: 'Save' }).click();
  await expect(one.page.getByRole('banner')).toContainText(before);
});

test('a picture is looked at before it is sent, and removed again', async ({ person }) => {
  const one = await person();
  await signIn(one, 'Nadia', '/account');
  const drawn = await one.page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 1400;
    const pen = canvas.getContext('2d');
    if (pen) pen.fillStyle = 'teal';
    pen?.fillRect(0, 0, 1400, 1400);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    return [...new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0))];
  });
  await one.page.locator('input[type=file]').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: Buffer.from(drawn) });
  await expect(one.page.getByText('This is what others will see.')).toBeVisible();
  const sent = one.page.waitForRequest('**/upload-avatar');
  await one.page.getByRole('button', { name: 'Use this picture' }).click();
  expect((await sent).headers()['content-type']).toBe('image/jpeg');
  const face = one.page.getByRole('banner').locator('img[src^="/pictures/"]');
  await expect(face).toBeVisible();
  await one.page.getByRole('button', { name: 'Remove' }).click();
  await expect(face).toHaveCount(0);
});

test('a file that is no picture is refused before it is sent', async ({ person }) => {
  const one = await person();
  await signIn(one, 'Nadia', '/account');
  await one.page.locator('input[type=file]').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: Buffer.from('not a picture') });
  await expect(one.page.getByText('This file is not a picture that can be shown.')).toBeVisible();
});

test('my data: what I opened and who opened mine is written down in words', async ({ person }) => {
  const one = await person();
  await signIn(one, 'Nadia', '/account/access');
  await expect(one.page.getByRole('heading', { name: 'Who looked at my data' })).toBeVisible();
  await expect(one.page.getByText('You signed in').first()).toBeVisible();
});

test('every role has an account page', async ({ person }) => {
  const one = await person();
  const roles = new Map(demo().users.map((known) => [known.role, known.name]));
  for (const name of roles.values()) {
    await signIn(one, name, '/account/security');
    await expect(one.page.getByRole('heading', { name: 'Security' })).toBeVisible();
    await one.page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await expect(one.page.getByText('Nothing is kept on this device.')).toBeVisible();
  }
});
