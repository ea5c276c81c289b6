import type { Page } from '@playwright/test';
import { expect, signIn, test } from './people';
import { fits, isSound } from './sound';

const places = {
  'Hélène': ['people', 'people/import', 'usage', 'organization', 'audit'],
  Paloma: ['organizations', 'practitioners', 'figures'],
  Olivia: ['health', 'backups', 'audit', 'organizations'],
};

for (const [name, paths] of Object.entries(places)) {
  test(`every place of ${name}, who administers, is sound and fits a phone`, async ({ person }) => {
    const one = await person({ viewport: { width: 360, height: 740 } });
    await signIn(one, name);
    for (const path of paths) {
      await one.page.goto(`/${path}`);
      await expect(one.page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(one.page.getByText('Loading…')).toHaveCount(0);
      await fits(one.page, path);
      await isSound(one.page, path);
    }
  });
}

const row = (page: Page, name: string) => page.getByRole('list', { name: 'People' }).getByRole('listitem').filter({ hasText: name });

test('a person is added, found by a part of the name, and removed', async ({ person }) => {
  const one = await person();
  const { page } = one;
  await signIn(one, 'Hélène');
  await page.goto('/people');
  await page.getByRole('button', { name: 'Add a person' }).click();
  await page.getByRole('button', { name: 'Add and invite' }).click();
  await expect(page.getByText('Fill this in.').first()).toBeVisible();
  await page.getByLabel('E-mail address').fill('zoe.lefevre@tilleuls.example');
  await page.getByLabel('First name').fill('Zoé');
  await page.getByLabel('Last name').fill('Lefèvre');
  await page.getByRole('button', { name: 'Add and invite' }).click();
  await page.getByLabel('Search by name').fill('zoe lef');
  await expect(row(page, 'Zoé Lefèvre')).toContainText('Invited');
  await page.getByRole('button', { name: 'What to do with Zoé Lefèvre' }).click();
  await page.getByRole('menuitem', { name: 'Remove from the list' }).click();
  await page.getByRole('button', { name: 'Remove from the list' }).click();
  await expect(page.getByText('Nobody found.')).toBeVisible();
});

test('a list says what it would do before it does it', async ({ person }) => {
  const one = await person();
  const { page } = one;
  await signIn(one, 'Hélène');
  await page.goto('/people/import');
  const list = 'email;prénom;nom;service\nyves.petit@tilleuls.example;Yves;Petit;Paie\nnobody;No;Body;\n';
  await page.locator('input[type=file]').setInputFiles({ name: 'staff.csv', mimeType: 'text/csv', buffer: Buffer.from(list) });
  await expect(page.getByRole('heading', { name: 'What these 2 rows would do' })).toBeVisible();
  await expect(page.getByRole('table', { name: 'What is wrong' }).getByRole('row')).toHaveCount(2);
  await isSound(page, 'the outcome of a list');
  await page.getByRole('button', { name: 'Import 1 person' }).click();
  await expect(page.getByRole('heading', { name: 'What these 2 rows did' })).toBeVisible();
  await page.getByRole('link', { name: 'Back to the people' }).click();
  await expect(row(page, 'Yves Petit')).toBeVisible();
});

test('an organization is made, closed and opened again', async ({ person }) => {
  const one = await person();
  const { page } = one;
  await signIn(one, 'Paloma');
  await page.goto('/organizations');
  await page.getByRole('button', { name: 'New organization' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Cabinet des Érables');
  await expect(page.getByLabel('Short name in addresses')).toHaveValue('cabinet-des-erables');
  await page.getByRole('button', { name: 'Create' }).click();
  const made = page.getByRole('listitem').filter({ hasText: 'Cabinet des Érables' });
  await expect(made).toContainText('Active');
  await made.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Close' }).click();
  await expect(made).toContainText('Closed');
  await made.getByRole('button', { name: 'Open again' }).click();
  await expect(made).toContainText('Active');
});
