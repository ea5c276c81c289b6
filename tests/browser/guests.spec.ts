import { consultation, enterRoom, expect, line, test, unique, write } from './people';
import { fits, isSound } from './sound';

test('somebody who is invited comes in on a phone without an account, sees what is said from then on, and leaves', async ({ person }) => {
  const { id } = consultation('in_progress');
  const [doctor, guest] = [await person(), await person({ viewport: { width: 360, height: 740 } })];
  await enterRoom(doctor, 'Amina', id);
  const before = unique('Before anybody else');
  await write(doctor.page, before);
  await doctor.page.getByRole('button', { name: 'Invite somebody' }).click();
  await isSound(doctor.page, 'invitation');
  await doctor.page.getByLabel('As').selectOption('INTERPRETER');
  await doctor.page.getByRole('button', { name: 'Make the link' }).click();
  const ready = doctor.page.getByRole('dialog', { name: 'The link is ready' });
  const link = (await ready.getByText('/join/').textContent()) ?? '';
  await isSound(doctor.page, 'made invitation');
  await ready.getByRole('button', { name: 'Close' }).click();

  await guest.page.goto(new URL(link).pathname);
  await expect(guest.page.getByRole('heading', { name: 'A visit with Amina Rahal' })).toBeVisible();
  await isSound(guest.page, 'at the door');
  await fits(guest.page, 'at the door');
  await guest.page.getByRole('button', { name: 'Come in' }).click();
  await expect(guest.page.getByText('Fill this in.')).toBeVisible();
  await guest.page.getByLabel('Your name').fill('Samir Haddad');
  await guest.page.getByRole('button', { name: 'Come in' }).click();
  await expect(guest.page.getByText('You see what is said from now on.')).toBeVisible();
  await expect(doctor.page.getByText('Also here: Samir Haddad (interpreter, guest)')).toBeVisible();

  const answer = unique('Now for all of us');
  await write(doctor.page, answer);
  await expect(line(guest.page, answer)).toBeVisible();
  await expect(line(guest.page, before)).toHaveCount(0);
  const translated = unique('I translate');
  await write(guest.page, translated);
  await expect(line(doctor.page, translated).getByText('Samir Haddad (interpreter, guest)')).toBeVisible();
  await isSound(guest.page, 'the room of a guest');
  await fits(guest.page, 'the room of a guest');

  await guest.page.getByRole('button', { name: 'Leave' }).click();
  await expect(guest.page.getByRole('heading', { name: 'You have left the visit' })).toBeVisible();
  await expect(doctor.page.getByText('Also here:')).toHaveCount(0);
});

test('a link that leads nowhere says so', async ({ person }) => {
  const { page } = await person();
  await page.goto(`/join/${'x'.repeat(64)}`);
  await expect(page.getByRole('heading', { name: 'This link is not good any more' })).toBeVisible();
});
