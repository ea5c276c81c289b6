import type { Page } from '@playwright/test';
import { linkTo } from './mailbox';
import { expect, signIn, test, unique } from './people';
import { isSound } from './sound';

const sentence = 'une lampe reste allumée';
const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

async function enter(page: Page, email: string) {
  await page.goto('/');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(sentence);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

test('who is invited by their clinic opens the account with a password of their own, once', async ({ person }) => {
  const [admin, guest] = [await person(), await person()];
  const email = `${unique('inès').replace(/[^a-z0-9]/gi, '.')}@tilleuls.example`.toLowerCase();
  await signIn(admin, 'Hélène', '/people');
  await admin.page.getByRole('button', { name: 'Add a person' }).click();
  await admin.page.getByLabel('E-mail address').fill(email);
  await admin.page.getByLabel('First name').fill('Inès');
  await admin.page.getByLabel('Last name').fill('Kaya');
  await admin.page.getByRole('button', { name: 'Add and invite' }).click();
  const link = await linkTo(email, '/invitation');
  await guest.page.goto(link);
  await isSound(guest.page, 'an invitation');
  await guest.page.getByLabel('New password').fill(sentence);
  await guest.page.getByRole('button', { name: 'Open my account' }).click();
  await expect(guest.page.getByRole('heading', { name: 'Your account is ready' })).toBeVisible();
  await enter(guest.page, email);
  await expect(guest.page.getByRole('banner')).toContainText('Inès Kaya');
  await guest.page.getByRole('button', { name: 'Sign out' }).click();
  await guest.page.goto('about:blank');
  await guest.page.goto(link);
  await guest.page.getByLabel('New password').fill(sentence);
  await guest.page.getByRole('button', { name: 'Open my account' }).click();
  await expect(guest.page.getByRole('alert')).toBeVisible();
});

test('a candidate hands in a paper; the platform looks at it and validates them', async ({ person }) => {
  const [one, platform] = [await person(), await person()];
  const email = `${unique('candidate').replace(' ', '.')}@cabinet.example`;
  await one.page.goto('/');
  await one.page.getByRole('link', { name: 'Create one' }).click();
  await one.page.getByText('I am a practitioner').click();
  await one.page.getByLabel('First name').fill('Mila');
  await one.page.getByLabel('Last name').fill('Ortega');
  await one.page.getByLabel('E-mail address').fill(email);
  await one.page.getByLabel('Password', { exact: true }).fill(sentence);
  await one.page.getByRole('button', { name: 'Create the account' }).click();
  await one.page.goto(await linkTo(email, '/verify-email'));
  await expect(one.page.getByRole('heading', { name: 'Your address is confirmed' })).toBeVisible();
  await enter(one.page, email);
  await one.page.getByRole('link', { name: 'My account' }).click();
  await one.page.getByRole('link', { name: 'Practice' }).click();
  await one.page.locator('input[type=file][aria-label="Add a document"]').setInputFiles({ name: 'licence.pdf', mimeType: 'application/pdf', buffer: pdf });
  await expect(one.page.getByRole('button', { name: 'Remove licence.pdf' })).toBeVisible();

  await signIn(platform, 'Paloma', '/practitioners');
  const card = platform.page.getByRole('article').filter({ hasText: email });
  await card.getByRole('button', { name: 'Look closer' }).click();
  const saved = platform.page.waitForEvent('download');
  await card.getByRole('button', { name: 'Download licence.pdf' }).click();
  expect((await saved).suggestedFilename()).toBe('licence.pdf');
  await card.getByLabel('I have compared the papers with the profile').click();
  await expect(card.getByLabel('I have compared the papers with the profile')).toBeChecked();
  await card.getByRole('button', { name: 'Validate' }).click();
  await expect(card).toHaveCount(0);

  await one.page.reload();
  await expect(one.page.getByText('You are listed: patients can find you.')).toBeVisible();
  await expect(one.page.getByText('Your documents have been checked.')).toBeVisible();
});
