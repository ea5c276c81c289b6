import { consultation, expect, signIn, test, user } from './people';
import { fits, isSound } from './sound';

test('a copy of a conversation asks who takes it, a hold keeps it, and an organization reads how long its conversations are kept', async ({ person }) => {
  const visit = consultation('closed', 'Tomás Herrera');
  const [patient, doctor, operator, admin] = [await person(), await person(), await person(), await person()];
  await signIn(patient, 'Lucía', `/patient/visits/${visit.id}`);

  // Taken: not by whoever stands at the screen, and the way to verify it comes along.
  await patient.page.getByRole('button', { name: 'Take a copy' }).click();
  const copy = patient.page.getByRole('dialog');
  await expect(copy.getByText(/Tomás Herrera is told that you took a copy/)).toBeVisible();
  await copy.getByLabel('Your password', { exact: true }).fill('not this one');
  await copy.getByRole('button', { name: 'Take the copy' }).click();
  await expect(copy.getByLabel('Your password', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await isSound(patient.page, 'a copy');
  await copy.getByLabel('Your password', { exact: true }).fill(user('Lucía').password);
  const saved = patient.page.waitForEvent('download');
  await copy.getByRole('button', { name: 'Take the copy' }).click();
  expect((await saved).suggestedFilename()).toBe(`conversation-${visit.id}.zip`);
  await expect(copy.getByText(/verify-export/)).toBeVisible();

  // Held by its practitioner, under a file number and no word about anybody.
  await signIn(doctor, 'Tomás', `/professional/consultations/${visit.id}`);
  await doctor.page.getByRole('button', { name: 'Keep it from being erased' }).click();
  const hold = doctor.page.getByRole('dialog');
  await hold.getByLabel('File number').fill('because of Lucía');
  await hold.getByRole('button', { name: 'Place a hold' }).click();
  await expect(hold.getByLabel('File number')).toHaveAccessibleDescription(/Letters, digits/);
  await hold.getByLabel('File number').fill('CIV-2026/81');
  await hold.getByRole('button', { name: 'Place a hold' }).click();
  await expect(hold.getByText(/Held since .*CIV-2026\/81/)).toBeVisible();

  // The operator sees the hold and changes the rule, never below the floor; the organization reads it.
  await signIn(operator, 'Paloma', '/retention');
  const { page } = operator;
  await expect(page.getByText('CIV-2026/81')).toBeVisible();
  await page.getByLabel('Organization').selectOption({ label: 'Programa Salud Ribera' });
  await page.getByRole('button', { name: 'Change how long: Direct messages' }).click();
  await page.getByLabel('Years for direct messages').fill('3');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('A whole number from 7 to 150.')).toBeVisible();
  await page.getByLabel('Years for direct messages').fill('10');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('10 years')).toBeVisible();
  await page.setViewportSize({ width: 360, height: 740 });
  await fits(page, 'retention');
  await isSound(page, 'retention');
  await page.getByRole('button', { name: 'Lift the hold CIV-2026/81' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Lift' }).click();
  await expect(page.getByRole('list', { name: 'Lifted' })).toContainText('CIV-2026/81');

  await signIn(admin, 'Hélène', '/retention');
  await expect(admin.page.getByRole('listitem').filter({ hasText: 'Direct messages' })).toContainText('The law’s floor here: 7 years');
  await expect(admin.page.getByRole('button', { name: /Change how long/ })).toHaveCount(0);
});
