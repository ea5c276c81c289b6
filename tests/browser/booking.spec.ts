import { composer, consultation, expect, signIn, test, unique } from './people';
import { fits, isSound } from './sound';

test('a patient books, moves and cancels a visit, and the practitioner sees it', async ({ person }) => {
  const [patient, doctor] = [await person(), await person()];
  const { page } = patient;
  await signIn(patient, 'Nadia', '/patient/practitioners');
  await page.getByRole('searchbox', { name: /Name, specialty/ }).fill('Rahal');
  await expect(page.getByRole('article')).toHaveCount(1);
  await isSound(page, 'who can be seen');
  await page.getByRole('article').getByRole('link', { name: /Other times/ }).click();

  // A week further: what the demo has planned is nearer.
  await page.getByRole('button', { name: 'Later days' }).click();
  await page.getByRole('tabpanel').getByRole('button').first().waitFor();
  await isSound(page, 'a week of free times');
  await page.getByRole('tabpanel').getByRole('button').first().click();

  const reason = unique('I sleep badly');
  await page.getByRole('textbox', { name: /What it is about/ }).fill(reason);
  await expect(page.getByText(/^[45]:\d\d$/)).toBeVisible();
  await isSound(page, 'how');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText(reason)).toBeVisible();
  await isSound(page, 'the last question');
  await page.getByRole('button', { name: 'Book this visit' }).click();

  await expect(page.getByText('Your visit is booked')).toBeVisible();
  const booked = await page.getByRole('heading', { level: 1 }).innerText();
  await isSound(page, 'what happens next');
  await page.getByRole('link', { name: 'See this visit' }).click();
  await expect(page.getByText(reason)).toBeVisible();
  await isSound(page, 'a visit ahead');
  const id = new URL(page.url()).pathname.split('/').pop();

  await signIn(doctor, 'Amina', `/consultations/${id}`);
  await expect(doctor.page.getByRole('heading', { name: 'Visit with Nadia Benali' })).toBeVisible();

  await page.getByRole('link', { name: 'Move it' }).click();
  await page.getByRole('button', { name: 'Later days' }).click();
  await page.getByRole('tabpanel').getByRole('button').last().click();
  await page.getByRole('button', { name: 'Move the visit' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(booked);
  await expect(page.getByText('Moved', { exact: true })).toBeVisible();

  await page.getByRole('button', { name: 'Cancel this visit' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('I am well again');
  await isSound(page, 'the question before a visit is given up');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel this visit' }).click();
  await expect(page.getByText('You have cancelled this visit.')).toBeVisible();
  await doctor.page.reload();
  await expect(doctor.page.getByText('This visit was cancelled.')).toBeVisible();
});

test('a patient on a phone finds, waits for and looks back, in dark and in light', async ({ person }) => {
  const one = await person({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  const { page } = one;
  await signIn(one, 'Nadia', '/patient/practitioners');
  await expect(page.getByRole('article').first()).toBeVisible();
  await fits(page, 'who can be seen');
  await page.getByRole('article').getByRole('link', { name: /Other times/ }).first().click();
  await page.getByRole('tabpanel').waitFor();
  await fits(page, 'a week of free times');
  await page.getByRole('button', { name: 'Tell me when one becomes free' }).click();
  await isSound(page, 'the waiting list');
  await page.getByRole('button', { name: 'Put me on the list' }).click();
  await expect(page.getByText(/You are on the waiting list of/)).toBeVisible();

  await page.getByRole('link', { name: 'My visits' }).click();
  await expect(page.getByRole('heading', { name: 'On a waiting list' })).toBeVisible();
  await fits(page, 'my visits');
  await isSound(page, 'my visits');
  await page.getByRole('link', { name: 'Past', exact: true }).click();
  await page.getByLabel('State').selectOption({ label: 'Missed' });
  await expect(page.getByRole('list', { name: 'Past' }).getByRole('link')).toHaveCount(1);
  await isSound(page, 'past visits');
  await page.getByRole('list', { name: 'Past' }).getByRole('link').click();
  await expect(page.getByText('This visit did not take place.')).toBeVisible();
  await fits(page, 'a past visit');
});

test('a patient waits, keeps the place over a lost network, and goes in when called', async ({ person }) => {
  const { id } = consultation('scheduled', 'Tomás Herrera');
  const [patient, doctor] = [await person(), await person()];
  const { page, context } = patient;
  await signIn(patient, 'Lucía', `/patient/visits/${id}`);
  await page.getByRole('link', { name: 'Get ready' }).click();
  await expect(page.getByRole('heading', { name: 'You are next' })).toBeVisible();
  await expect(page.getByText('Connected', { exact: true })).toBeVisible();
  await expect(page.getByText(/is not here yet/)).toBeVisible();
  await isSound(page, 'the waiting room');
  await page.setViewportSize({ width: 360, height: 740 });
  await fits(page, 'the waiting room');

  await context.setOffline(true);
  await expect(page.getByText('Your place is kept')).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText('Connected', { exact: true })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'You are next' })).toBeVisible();

  await signIn(doctor, 'Tomás', `/consultations/${id}`);
  await doctor.page.getByRole('button', { name: 'Start the visit' }).click();
  await expect(page.getByRole('alert').getByRole('heading', { name: 'Dr. Tomás Herrera is waiting for you' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Go in' })).toBeFocused();
  await isSound(page, 'the open door');
  await page.keyboard.press('Enter');
  await expect(composer(page)).toBeVisible();
  await doctor.page.getByRole('button', { name: 'End the visit' }).click();
  await doctor.page.getByRole('alertdialog').getByRole('button', { name: 'End the visit' }).click();
  await expect(composer(page)).toHaveCount(0);
});
