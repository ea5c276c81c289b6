import { consultation, expect, signIn, test } from './people';
import { fits, isSound } from './sound';

/** The demo's visits lie some days from now: where one is, its own page says. */
const dayFromNow = (days: number) => new Date(Date.now() + days * 24 * 60 * 60_000).toISOString().slice(0, 10);

test('every place of a practice is sound and fits a phone', async ({ person }) => {
  const one = await person({ viewport: { width: 360, height: 740 } });
  await signIn(one, 'Amina');
  const visit = `professional/consultations/${consultation('confirmed').id}`;
  for (const path of ['agenda', 'queue', 'availability', 'stats', visit]) {
    await one.page.goto(`/${path}`);
    await expect(one.page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(one.page.getByText('Loading…')).toHaveCount(0);
    await fits(one.page, path);
    await isSound(one.page, path);
  }
});

test('a visit is moved by keys alone, and stands at its new time for good', async ({ person }) => {
  const one = await person();
  const { page } = one;
  await signIn(one, 'Amina');
  await page.goto(`/agenda?view=week&day=${dayFromNow(7)}`);
  const visit = page.locator(`[data-visit="${consultation('confirmed').id}"]`);
  const before = await visit.innerText();
  await isSound(page, 'the week');
  await visit.focus();
  await page.keyboard.press('m');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  const question = page.getByRole('dialog');
  await expect(question).toContainText('is told at once');
  await isSound(page, 'the question before a visit moves');
  await question.getByRole('button', { name: 'Move the visit' }).click();
  await expect(question).toHaveCount(0);
  await expect(visit).toBeFocused();
  await expect.poll(() => visit.innerText()).not.toBe(before);
  await page.goto(`/professional/consultations/${consultation('confirmed').id}`);
  await expect(page.getByText('Moved to another time')).toBeVisible();
});

test('the home page tells times by the clock of the practice, wherever its device is', async ({ person }) => {
  const one = await person({ timezoneId: 'Asia/Tokyo' });
  const { page } = one;
  await signIn(one, 'Amina');
  await expect(page.getByText(/^Times are those of /)).toBeVisible();
  const visit = page.locator(`a[href="/professional/consultations/${consultation('scheduled').id}"]`);
  const [told] = /\d\d:\d\d/.exec(await visit.innerText()) ?? [];
  await isSound(page, 'my day, elsewhere');
  await visit.click();
  // The visit's own page does so too.
  await expect(page.getByText(new RegExp(`at ${told}$`)).first()).toBeVisible();
});

test('hours that are added can be booked at once; who enters the waiting room rings on every page', async ({ person }) => {
  const [one, patient] = [await person(), await person()];
  const { page } = one;
  await signIn(one, 'Amina');
  await page.goto('/availability');
  const preview = page.getByRole('complementary', { name: 'What patients see' });
  const count = preview.getByText(/free times? in 14 days/);
  const before = await count.innerText();
  await page.getByRole('button', { name: 'Add hours on Saturday' }).click();
  await page.getByRole('button', { name: 'Save' }).last().click();
  await expect(page.getByRole('button', { name: 'What to do with Saturday, 09:00 – 12:00' })).toBeVisible();
  await expect(count).not.toHaveText(before);

  await signIn(patient, 'Marc', `/consultations/${consultation('scheduled').id}`);
  await patient.page.getByRole('button', { name: 'Enter the waiting room' }).click();
  await expect(page.getByRole('navigation', { name: 'Practice' })).toContainText('1 person waits');
  await expect(page).toHaveTitle('(1) Hours · Colloque');
  await page.getByRole('link', { name: /Waiting/ }).click();
  await expect(page.getByRole('button', { name: 'Let Marc' })).toBeVisible();
  await isSound(page, 'somebody waits');
});
