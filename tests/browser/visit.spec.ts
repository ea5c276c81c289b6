import { composer, consultation, expect, line, signIn, test, unique, user, write } from './people';

test('a whole visit: waiting, beginning, talking, ending, reading again', async ({ person }) => {
  const { id } = consultation('confirmed', 'Tomás Herrera');
  const [doctor, patient] = [await person(), await person()];
  await signIn(patient, 'Lucía', `/consultations/${id}`);
  const enter = patient.page.getByRole('button', { name: 'Enter the waiting room' });
  const waiting = patient.page.getByRole('heading', { name: 'You are next' });
  await expect(enter.or(waiting)).toBeVisible();
  if (await enter.isVisible()) await enter.click();
  await expect(waiting).toBeVisible();
  await expect(patient.page.getByText('call 15, or 112')).toBeVisible();
  const note = unique('A note while I wait');
  await write(patient.page, note);

  await signIn(doctor, 'Tomás');
  await expect(doctor.page.getByRole('heading', { name: 'Lucía Ortega is waiting for you' })).toBeVisible();
  await doctor.page.getByRole('link', { name: 'See Lucía Ortega' }).click();
  await expect(line(doctor.page, note)).toBeVisible();
  await expect(composer(doctor.page)).toHaveCount(0);
  await expect(waiting).toBeVisible();
  await doctor.page.getByRole('button', { name: 'Start the visit' }).click();
  await expect(composer(doctor.page)).toBeFocused();
  await expect(waiting).toHaveCount(0);

  const answer = unique('Here I am');
  await write(doctor.page, answer);
  await expect(line(patient.page, answer)).toBeVisible();
  await doctor.page.getByRole('button', { name: 'End the visit' }).click();
  const question = doctor.page.getByRole('alertdialog', { name: 'End the visit with Lucía Ortega?' });
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(composer(doctor.page)).toBeVisible();
  await doctor.page.getByRole('button', { name: 'End the visit' }).click();
  await question.getByRole('button', { name: 'End the visit' }).click();
  for (const { page } of [doctor, patient]) {
    await expect(page.getByText('This visit has ended. You can read it, not write in it.').last()).toBeVisible();
    await expect(composer(page)).toHaveCount(0);
    await expect(line(page, note)).toBeVisible();
  }
});

test('looking at a visit does not begin it', async ({ person }) => {
  const one = await person();
  await signIn(one, 'Amina', `/consultations/${consultation('scheduled').id}`);
  await expect(one.page.getByRole('button', { name: 'Start the visit' })).toBeVisible();
  await one.page.goto('/');
  await one.page.goto(`/consultations/${consultation('scheduled').id}`);
  await expect(one.page.getByRole('button', { name: 'Start the visit' })).toBeVisible();
});

test('keyboard alone leads from the door to a sent message', async ({ person }) => {
  const { page } = await person();
  const { email, password } = user('Nadia');
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.type(email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  const join = page.getByRole('link', { name: 'Join the visit' });
  await expect(join).toBeVisible();
  for (let presses = 0; presses < 6 && !(await join.evaluate((link) => link === document.activeElement)); presses++) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await expect(composer(page)).toBeVisible();
  const isWriting = () => composer(page).evaluate((field) => field === document.activeElement);
  for (let presses = 0; presses < 10 && !(await isWriting()); presses++) await page.keyboard.press('Tab');
  const text = unique('By keyboard');
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
  await expect(line(page, text).getByText(/^(Sent|Delivered|Read)/)).toBeVisible();
});
