import { call, composer, consultation, enterRoom, expect, line, signIn, test, tokenOf, unique, user, write } from './people';
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

/** A visit of Lucía with Tomás that begins within minutes, as guests are let in half an hour before: its id, and a link for the patient. */
async function soon() {
  const [doctor, patient] = [await tokenOf('Tomás'), await tokenOf('Lucía')];
  await call('PUT', '/api/availability/settings', doctor, { minimumNoticeMinutes: 0 });
  // Whatever day and hour it is: the usual hours give way to these, and come back.
  const { items: usual } = await call('GET', '/api/availability', doctor);
  for (const rule of usual) await call('DELETE', `/api/availability/${rule.id}`, doctor);
  const added = [];
  for (const days of [-1, 0, 1]) {
    const exceptionDate = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    added.push(await call('POST', '/api/availability', doctor, { isException: true, exceptionDate, isAvailable: true, startTime: '00:00', endTime: '24:00', slotDuration: 5 }));
  }
  const [from, to] = [0, 30].map((minutes) => new Date(Date.now() + minutes * 60_000).toISOString());
  const { items } = await call('GET', `/api/practitioners/${user('Tomás').id}/availability?from=${from}&to=${to}`, patient);
  const visit = await call('POST', '/api/consultations', patient, { practitionerId: user('Tomás').id, scheduledAt: items[0].startsAt, format: 'VIDEO' });
  for (const rule of added) await call('DELETE', `/api/availability/${rule.id}`, doctor);
  for (const { dayOfWeek, startTime, endTime } of usual) await call('POST', '/api/availability', doctor, { dayOfWeek, startTime, endTime });
  const { url: link } = await call('POST', `/api/consultations/${visit.id}/join-links`, doctor, { role: 'PATIENT' });
  return { id: visit.id as string, link: new URL(link).pathname, doctor };
}

test("who comes by the patient's link waits as the patient does, is seen to, and is called in; the two themselves come to their own page", async ({ person }) => {
  // Three people's story, and axe at each turn of it: on a busy machine longer than most.
  test.slow();
  const { id, link, doctor: token } = await soon();
  const [guest, doctor, patient] = [await person({ viewport: { width: 360, height: 740 } }), await person(), await person()];
  const { page } = guest;
  await page.goto(link);
  await page.getByLabel('Your name').fill('Nadia');
  await page.getByRole('button', { name: 'Come in' }).click();
  const next = page.getByRole('heading', { name: 'You are next' });
  await expect(next).toBeVisible();
  await expect(page.getByText('Connected', { exact: true })).toBeVisible();
  await expect(page.getByText(/is not here yet/)).toBeVisible();
  await expect(page.getByText('call 15, or 112')).toBeVisible();
  await expect(page).toHaveTitle(/Waiting room/);
  await isSound(page, "a guest's waiting room");
  await fits(page, "a guest's waiting room");
  await guest.context.setOffline(true);
  await expect(page.getByText('Your place is kept')).toBeVisible();
  await guest.context.setOffline(false);
  await expect(page.getByText('Connected', { exact: true })).toBeVisible();

  await signIn(doctor, 'Tomás', '/queue');
  await expect(doctor.page.getByText("Nadia, by the patient’s link")).toBeVisible();
  await doctor.page.getByRole('switch', { name: 'Share the queue' }).focus();
  await doctor.page.keyboard.press('Space');
  await doctor.page.getByRole('button', { name: 'Hand Lucía' }).click();
  const handing = doctor.page.getByRole('dialog');
  await expect(handing.getByText('No colleague of your specialty shares the queue.')).toBeVisible();
  await handing.getByRole('button', { name: 'Cancel' }).click();
  await isSound(doctor.page, 'a guest waits');
  await doctor.page.getByText('15 min', { exact: true }).click();
  await expect(page.getByText('is running about 15 minutes late')).toBeVisible();

  // A note, by keyboard, and back.
  await page.getByRole('button', { name: 'Leave a note' }).focus();
  await page.keyboard.press('Enter');
  const note = unique('I cannot hear well');
  await write(page, note);
  await expect(line(page, note)).toBeVisible();
  await isSound(page, "a guest's note");
  await fits(page, "a guest's note");
  await page.getByRole('button', { name: 'Back to the waiting room' }).click();
  await expect(next).toBeVisible();

  // Whoever is one of the two is no guest of their own visit.
  await signIn(patient, 'Lucía');
  await patient.page.goto(link);
  await expect(patient.page).toHaveURL(new RegExp(`/patient/visits/${id}$`));
  await expect(patient.page.getByText('not in as a guest')).toBeVisible();
  await isSound(patient.page, "the patient's own page, by a link");

  await doctor.page.getByRole('button', { name: 'Let Lucía' }).click();
  await expect(composer(doctor.page)).toBeVisible();
  await expect(composer(page)).toBeVisible();
  await expect(next).toHaveCount(0);
  await expect(line(doctor.page, note)).toBeVisible();
  await doctor.page.goto(link);
  await expect(doctor.page).toHaveURL(new RegExp(`/professional/consultations/${id}$`));
  await expect(doctor.page.getByText('not in as a guest')).toBeVisible();
  await call('PUT', `/api/consultations/${id}/end`, token);
  await expect(page.getByRole('heading', { name: 'This link is not good any more' })).toBeVisible();
});

test('a link that leads nowhere says so', async ({ person }) => {
  const { page } = await person();
  await page.goto(`/join/${'x'.repeat(64)}`);
  await expect(page.getByRole('heading', { name: 'This link is not good any more' })).toBeVisible();
});
