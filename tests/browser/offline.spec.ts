import { composer, consultation, enterRoom, expect, keptOnDevice, line, said, test, unique, write } from './people';

test('a message typed offline is sent exactly once after a reload', async ({ person }) => {
  const { id } = consultation('in_progress');
  const [doctor, patient] = [await person(), await person()];
  await enterRoom(doctor, 'Amina', id);
  await enterRoom(patient, 'Nadia', id);
  await patient.context.setOffline(true);
  await expect(patient.page.getByRole('banner').getByText('Offline: your messages wait here')).toBeVisible();
  const text = unique('From the train');
  await write(patient.page, text);
  await expect(line(patient.page, text).getByText('Waits for the network')).toBeVisible();
  await expect.poll(() => keptOnDevice(patient.page)).toBe(1);

  // Back on the network, but in a page that remembers nothing but what the device kept.
  await patient.page.close();
  await patient.context.setOffline(false);
  patient.page = await patient.context.newPage();
  await patient.page.goto(`/consultations/${id}`);
  await expect(line(patient.page, text).getByText(/^(Sent|Delivered|Read)/)).toBeVisible();
  await patient.page.reload();
  await expect(line(patient.page, text)).toHaveCount(1);
  await expect(line(doctor.page, text)).toHaveCount(1);
  // The reload may come between the ack and the note of it on the device: then it is asked once more, and answered with the same message.
  await expect.poll(() => keptOnDevice(patient.page)).toBe(0);
});

test('what was said during an absence is there after it, once and in order', async ({ person }) => {
  const { id } = consultation('in_progress');
  const [doctor, patient] = [await person(), await person()];
  await enterRoom(doctor, 'Amina', id);
  await enterRoom(patient, 'Nadia', id);
  const mark = unique('absence');
  await write(doctor.page, `${mark} 1`);
  await expect(line(patient.page, `${mark} 1`)).toBeVisible();
  await patient.context.setOffline(true);
  await expect(patient.page.getByRole('banner').getByText('Offline: your messages wait here')).toBeVisible();
  await write(patient.page, `${mark} 4`);
  await write(doctor.page, `${mark} 2`);
  await write(doctor.page, `${mark} 3`);
  await expect(line(doctor.page, `${mark} 3`).getByText(/^(Sent|Delivered)/)).toBeVisible();
  await patient.context.setOffline(false);
  const all = [1, 2, 3, 4].map((number) => `${mark} ${number}`);
  await expect.poll(() => said(patient.page, mark)).toEqual(all);
  await expect.poll(() => said(doctor.page, mark)).toEqual(all);
});

test('a draft outlives a reload', async ({ person }) => {
  const one = await person();
  await enterRoom(one, 'Nadia', consultation('in_progress').id);
  await composer(one.page).fill('Half a sentence');
  await expect.poll(() => keptOnDevice(one.page)).toBe(1);
  await one.page.reload();
  await expect(composer(one.page)).toHaveValue('Half a sentence');
  await composer(one.page).fill('');
});

test('a server that is away at the start is waited for', async ({ person }) => {
  const one = await person();
  await enterRoom(one, 'Nadia', consultation('in_progress').id);
  await one.context.route('**/api/**', (route) => route.abort());
  await one.page.reload();
  await expect(one.page.getByRole('heading', { name: 'The server cannot be reached' })).toBeVisible();
  await one.context.unroute('**/api/**');
  await expect(composer(one.page)).toBeVisible({ timeout: 15_000 });
});
