import type { Page } from '@playwright/test';
import { expect, type Person, signIn, test, user } from './people';
import { fits, isSound } from './sound';

interface Screen {
  name: string;
  path: string;
  /** What is there once the screen is. */
  heading: string;
  act?(page: Page): Promise<unknown>;
}

const outside: Screen[] = [
  { name: 'registration', path: '/register', heading: 'Create an account' },
  {
    name: 'registration with errors',
    path: '/register',
    heading: 'Create an account',
    act: (page) => page.getByRole('button', { name: 'Create the account' }).click(),
  },
  { name: 'forgotten password', path: '/forgot-password', heading: 'Forgot your password?' },
  { name: 'new password', path: '/reset-password#gone', heading: 'Choose a new password' },
  { name: 'invitation', path: '/invitation#gone', heading: 'You are invited' },
  { name: 'spent link', path: '/verify-email#gone', heading: 'This link is not good any more' },
];

const inside: Screen[] = [
  { name: 'profile', path: '/account', heading: 'Amina Rahal' },
  { name: 'practice', path: '/account/practice', heading: 'Your practice' },
  { name: 'security', path: '/account/security', heading: 'Security' },
  {
    name: 'change of password',
    path: '/account/security',
    heading: 'Security',
    act: (page) => page.getByRole('button', { name: 'Change the password' }).click(),
  },
  {
    name: 'set-up of the app',
    path: '/account/security/authenticator',
    heading: 'An authenticator app',
    act: (page) => page.getByRole('button', { name: 'Turn on' }).click(),
  },
  { name: 'my data', path: '/account/access', heading: 'Who looked at my data' },
];

async function show({ page }: Person, { path, heading, act }: Screen) {
  // The part behind # alone would not load the page anew.
  await page.goto('about:blank');
  await page.goto(path);
  await expect(page.getByRole('heading', { name: heading })).toBeVisible();
  await expect(page.getByText('Opening your account…')).toHaveCount(0);
  await act?.(page);
}

/** A sign-in that asks for the second step, without anybody's having one. */
async function reachSecondStep({ page }: Person) {
  await page.route('**/api/auth/login', (route) =>
    route.fulfill({ json: { twoFactorRequired: true, challenge: 'c', methods: ['totp', 'recovery', 'passkey'] } }),
  );
  await page.goto('/');
  await page.getByLabel('E-mail address').fill(user('Nadia').email);
  await page.getByLabel('Password', { exact: true }).fill('x');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByLabel('Code of the app')).toBeVisible();
}

test('what stands outside the door is sound', async ({ person }) => {
  const one = await person();
  for (const screen of outside) {
    await show(one, screen);
    await isSound(one.page, screen.name);
  }
  await reachSecondStep(one);
  await isSound(one.page, 'second step');
});

test('the pages of an account are sound', async ({ person }) => {
  const one = await person();
  await signIn(one, 'Amina', '/account');
  for (const screen of inside) {
    await show(one, screen);
    await isSound(one.page, screen.name);
  }
});

test('all of it fits a phone and a thumb', async ({ person }) => {
  const one = await person({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  for (const screen of outside) {
    await show(one, screen);
    await fits(one.page, screen.name);
  }
  await signIn(one, 'Amina', '/account');
  for (const screen of inside) {
    await show(one, screen);
    await fits(one.page, screen.name);
  }
});

test('keyboard alone leads from the door to a new account', async ({ person }) => {
  const { page } = await person();
  await page.goto('/register');
  await expect(page.getByRole('heading', { name: 'Create an account' })).toBeVisible();
  const reach = async (label: string) => {
    const field = page.getByLabel(label, { exact: true });
    for (let presses = 0; presses < 12 && !(await field.evaluate((one) => one === document.activeElement)); presses++) {
      await page.keyboard.press('Tab');
    }
    await expect(field).toBeFocused();
  };
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: /I am a practitioner/ })).toBeChecked();
  await reach('First name');
  await page.keyboard.type('Noor');
  await page.keyboard.press('Enter');
  // The first field that is not right has the focus.
  await expect(page.getByLabel('Last name')).toBeFocused();
  await page.keyboard.type('Haddad');
  await reach('E-mail address');
  await page.keyboard.type('noor.by.keyboard@cabinet.example');
  await reach('Password');
  await page.keyboard.type('un chat dort au soleil');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Look in your mailbox' })).toBeVisible();
});
