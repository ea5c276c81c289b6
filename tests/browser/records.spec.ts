import { composer, consultation, expect, line, signIn, test, unique } from './people';
import { fits, isSound } from './sound';

/** A field by the place that the server names it by. */
const field = (at: string) => `[name="prescription.medications[0].${at}"]`;

/** All drafts that this device keeps, as one text. */
const draftsOfDevice = () =>
  new Promise<string>((resolve, reject) => {
    const opening = indexedDB.open('colloque');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const kept = opening.result.transaction('drafts').objectStore('drafts').getAll();
      kept.onsuccess = () => resolve(JSON.stringify(kept.result));
    };
  });

test('a prescription is kept as it is written, given, asked about beside it by keys alone, and corrected under the eyes of its patient', async ({ person }) => {
  const medicine = unique('Ibuprofen');
  const visit = consultation('closed', 'Tomás Herrera');
  const [doctor, patient] = [await person(), await person()];
  await Promise.all([signIn(doctor, 'Tomás', `/professional/consultations/${visit.id}`), signIn(patient, 'Lucía', '/patient/records')]);

  // Written: what is missing is said beside it, and what is there outlives a reload.
  const { page } = doctor;
  await page.getByRole('link', { name: 'Write a prescription' }).click();
  await page.getByRole('button', { name: 'Give it to Lucía Ortega' }).click();
  await expect(page.getByRole('alert').getByRole('button')).toHaveCount(3);
  await expect(page.locator(field('medication'))).toBeFocused();
  await expect(page.locator(field('dosage'))).toHaveAccessibleDescription('Fill this in.');
  await page.setViewportSize({ width: 360, height: 740 });
  await fits(page, 'writing');
  await isSound(page, 'writing');
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.locator(field('medication')).fill(medicine);
  await page.locator(field('dosage')).fill('2 tablets');
  await page.locator(field('frequency')).fill('morning and evening');
  await expect.poll(() => page.evaluate(draftsOfDevice)).toContain('morning and evening');
  await page.reload();
  await expect(page.getByText('You began this earlier')).toBeVisible();
  await expect(page.locator(field('frequency'))).toHaveValue('morning and evening');
  await page.getByRole('button', { name: 'Give it to Lucía Ortega' }).click();
  await expect(page.getByText('Given to Lucía Ortega.')).toBeVisible();

  // Its patient is told live; the questions open beside the record, and close to where they were opened.
  await patient.page.getByRole('link', { name: medicine }).click();
  await expect(patient.page.getByText('2 tablets')).toBeVisible();
  const ask = patient.page.getByRole('link', { name: 'Questions about this prescription' });
  await ask.focus();
  await patient.page.keyboard.press('Enter');
  const dialog = patient.page.getByRole('dialog', { name: 'Questions about this prescription' });
  await expect(composer(patient.page)).toBeFocused();
  await expect(patient.page.getByText('2 tablets')).toBeInViewport();
  await dialog.getByRole('radio', { name: 'Side effects' }).check({ force: true });
  await isSound(patient.page, 'the questions');
  await composer(patient.page).fill('May I drive with it?');
  await composer(patient.page).press('Enter');
  await expect(line(patient.page, 'May I drive with it?').getByText('Side effects')).toBeVisible();
  await patient.page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(ask).toBeFocused();

  // Corrected: the new dose stands in place of the old one, and the old one stays to be read.
  await page.getByRole('link', { name: 'Correct' }).click();
  await page.getByRole('button', { name: 'Give it to Lucía Ortega' }).click();
  await expect(page.getByText('It says the same as before')).toBeVisible();
  await page.locator(field('dosage')).fill('1 tablet');
  await page.getByRole('button', { name: 'Give it to Lucía Ortega' }).click();
  await expect(patient.page.getByText(`${medicine}, dose: 2 tablets → 1 tablet`)).toBeVisible();
  await patient.page.getByRole('button', { name: /Read this version/ }).click();
  await expect(patient.page.getByText('2 tablets', { exact: true })).toBeVisible();
  await isSound(patient.page, 'a record');
});
