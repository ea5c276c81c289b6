import { composer, consultation, enterRoom, expect, line, signIn, test, write } from './people';
import { fits, isSound } from './sound';

test('the door is sound, empty and with errors', async ({ person }) => {
  const { page } = await person();
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await isSound(page, 'sign-in');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await isSound(page, 'sign-in with errors');
});

test("a patient's screens are sound", async ({ person }) => {
  const one = await person();
  await signIn(one, 'Nadia');
  await expect(one.page.getByRole('link', { name: 'Join the visit' })).toBeVisible();
  await isSound(one.page, 'my consultations');
  await one.page.goto(`/consultations/${consultation('in_progress').id}`);
  await expect(composer(one.page)).toBeVisible();
  await write(one.page, 'Sound');
  // Axe looks at one element after another: nothing may move meanwhile.
  await expect(line(one.page, 'Sound').last().getByText(/^(Sent|Delivered|Read)/)).toBeVisible();
  await isSound(one.page, 'the room');
  await one.page.getByRole('article').last().hover();
  await one.page.getByRole('article').last().getByRole('button', { name: 'Actions for this message' }).click();
  await expect(one.page.getByRole('menu')).toBeVisible();
  await isSound(one.page, 'the menu of a message');
  await one.page.goto(`/consultations/${consultation('closed').id}`);
  await expect(one.page.getByText('This visit has ended.')).toBeVisible();
  await isSound(one.page, 'a closed visit');
  await one.page.goto('/nowhere');
  await expect(one.page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
  await isSound(one.page, 'nothing here');
});

test("a practitioner's screens are sound", async ({ person }) => {
  const one = await person();
  await signIn(one, 'Amina');
  await expect(one.page.getByRole('link', { name: 'Go on with the visit' })).toBeVisible();
  await isSound(one.page, 'my day');
  await one.page.goto(`/consultations/${consultation('scheduled').id}`);
  await expect(one.page.getByRole('button', { name: 'Start the visit' })).toBeVisible();
  await isSound(one.page, 'before the visit');
  await one.page.goto(`/consultations/${consultation('in_progress').id}`);
  await one.page.getByRole('button', { name: 'End the visit' }).click();
  await expect(one.page.getByRole('alertdialog')).toBeVisible();
  await isSound(one.page, 'the question before the end');
});

test('the quiet page of administrators is sound', async ({ person }) => {
  const one = await person();
  await signIn(one, 'Hélène');
  await expect(one.page.getByRole('heading', { name: 'Consultations are not yours to see' })).toBeVisible();
  await isSound(one.page, 'administrators');
});

test('a phone shows every screen without sideways scrolling, and its targets fit a thumb', async ({ person }) => {
  const one = await person({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  await one.page.goto('/');
  await expect(one.page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await fits(one.page, 'sign-in');
  await enterRoom(one, 'Nadia', consultation('in_progress').id);
  await write(one.page, `${'A-very-long-word-without-any-break'.repeat(6)}`);
  await fits(one.page, 'the room');
  await one.page.goto('/');
  await expect(one.page.getByRole('link', { name: 'Join the visit' })).toBeVisible();
  await fits(one.page, 'my consultations');
});

for (const [language, title, name] of [
  ['fr', 'Se connecter', 'Français'],
  ['en', 'Sign in', 'English'],
  ['es', 'Iniciar sesión', 'Español'],
] as const) {
  test(`everything speaks ${name} from the first word`, async ({ person }) => {
    const { page } = await person({ language, locale: language });
    await page.goto('/');
    await expect(page.getByRole('heading', { name: title })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    // A key without words would be shown as it is: two words with a dot between.
    expect(await page.locator('body').innerText()).not.toMatch(/\b(signIn|app|theme|language)\.\w+/);
  });
}

test('the language changes in place and is remembered', async ({ person }) => {
  const { page } = await person();
  await page.goto('/');
  await page.getByLabel('Language').selectOption({ label: 'Español' });
  await expect(page.getByRole('heading', { name: 'Iniciar sesión' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Iniciar sesión' })).toBeVisible();
});

test('the first screen needs less than 150 KB of script', async ({ person }) => {
  const { page, context } = await person();
  const scripts: Promise<Buffer>[] = [];
  const { gzipSync } = await import('node:zlib');
  context.on('response', (response) => {
    if (response.url().endsWith('.js')) scripts.push(response.body());
  });
  await page.goto('/', { waitUntil: 'networkidle' });
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  const bytes = (await Promise.all(scripts)).reduce((sum, script) => sum + gzipSync(script).length, 0);
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes).toBeLessThan(150_000);
});
