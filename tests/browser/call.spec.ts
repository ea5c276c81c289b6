import { composer, consultation, enterRoom, expect, line, signIn, test, unique, write } from './people';
import { receives, watchConnections, ways, withDevices } from './devices';
import { fits, isSound } from './sound';

test.use({ launchOptions: withDevices });

const control = (page: import('@playwright/test').Page, name: string | RegExp) => page.getByRole('toolbar').getByRole('button', { name });

/** What the page shows as safety code, once it has one. */
async function code(page: import('@playwright/test').Page) {
  await control(page, 'More').click();
  const signs = page.getByRole('dialog').getByRole('list', { name: 'Safety code' }).getByRole('listitem');
  await expect(signs).toHaveCount(8);
  const read = await signs.allInnerTexts();
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
  return read;
}

test('two people see and hear each other, through a reload and a lost line, beside their conversation', async ({ person }) => {
  const { id } = consultation('in_progress');
  const [doctor, patient, second] = [await person(), await person({ viewport: { width: 360, height: 740 } }), await person()];
  for (const one of [doctor, patient]) await watchConnections(one);
  await doctor.context.addInitScript(() => {
    // As a browser is that has not been asked yet.
    navigator.permissions.query = async () => ({ state: 'prompt' }) as PermissionStatus;
  });
  await Promise.all([enterRoom(doctor, 'Amina', id), signIn(patient, 'Nadia'), signIn(second, 'Nadia')]);

  await doctor.page.getByRole('button', { name: 'Start the video call' }).click();
  const explained = doctor.page.getByRole('dialog', { name: 'Your browser asks in a moment' });
  await expect(explained).toContainText('Nobody records');
  await explained.getByRole('button', { name: 'Continue' }).click();
  const ringing = (page: typeof patient.page) => page.getByRole('alertdialog', { name: 'Amina Rahal is calling' });
  await expect(ringing(second.page)).toBeVisible();
  await expect(ringing(patient.page)).toBeVisible();
  await expect(patient.page).toHaveTitle('Amina Rahal is calling');
  await isSound(patient.page, 'ringing');
  await fits(patient.page, 'ringing');
  await ringing(patient.page).getByRole('button', { name: 'Answer with picture' }).click();
  await expect(ringing(second.page)).toHaveCount(0);
  for (const { page } of [doctor, patient]) await receives(page);
  await expect(patient.page.getByLabel('Picture of Amina Rahal')).toBeVisible();
  await isSound(patient.page, 'in a call, on a phone');
  await fits(patient.page, 'in a call, on a phone');
  expect(await code(patient.page)).toEqual(await code(doctor.page));

  // By keys, and told to the other one.
  await doctor.page.getByRole('region', { name: 'Call' }).focus();
  await doctor.page.keyboard.press('m');
  await expect(control(doctor.page, 'Microphone')).toHaveAttribute('aria-pressed', 'false');
  await expect(patient.page.getByText('Amina Rahal, muted')).toBeVisible();
  await doctor.page.keyboard.press('v');
  await expect(patient.page.getByText('Camera off', { exact: true })).toBeVisible();
  await doctor.page.keyboard.press('m');
  await doctor.page.keyboard.press('v');
  await expect(patient.page.getByLabel('Picture of Amina Rahal')).toBeVisible();

  // What is written meanwhile is counted, and read beside the picture.
  const text = unique('Look at this');
  await write(doctor.page, text);
  await expect(control(patient.page, 'Messages (1 unread)')).toBeVisible();
  await isSound(doctor.page, 'in a call, at a desk');
  await control(patient.page, /^Messages/).click();
  await expect(line(patient.page, text)).toBeVisible();
  await patient.page.setViewportSize({ width: 740, height: 360 });
  await fits(patient.page, 'in a call, on a phone that lies');
  await expect(control(patient.page, 'Hang up')).toBeInViewport();

  await patient.page.reload();
  await receives(patient.page);
  await receives(doctor.page);
  await patient.context.setOffline(true);
  await expect(patient.page.getByText('The line to the server is interrupted', { exact: false }).first()).toBeVisible();
  await patient.context.setOffline(false);
  await expect(patient.page.getByText('The line to the server is interrupted', { exact: false }).first()).toHaveCount(0);
  await receives(patient.page);

  // Another network: another way for the same encryption.
  const way = () => patient.page.evaluate(() => (window as unknown as { connections: RTCPeerConnection[] }).connections.at(-1)?.localDescription?.sdp.match(/ice-ufrag:(\S+)/)?.[1]);
  const before = await way();
  await patient.page.evaluate(() => (navigator as unknown as { connection: EventTarget }).connection.dispatchEvent(new Event('change')));
  await expect.poll(way).not.toBe(before);
  await receives(patient.page);

  await control(patient.page, 'Hang up').click();
  for (const { page } of [doctor, patient]) await expect(page.getByText(/The call has ended. It lasted \d+:\d\d/)).toBeVisible();
  await expect(composer(doctor.page)).toBeVisible();
});

test('who declines is not seen, and who has no camera is heard, through the relay alone', async ({ person }) => {
  const { id } = consultation('in_progress');
  const [doctor, patient] = [await person(), await person()];
  for (const one of [doctor, patient]) {
    await watchConnections(one);
    // As it is in production.
    await one.context.route('**/room', async (route) => {
      const answered = await route.fetch();
      await route.fulfill({ json: { ...(await answered.json()), iceTransportPolicy: 'relay' } });
    });
  }
  await patient.context.addInitScript(() => {
    const media = navigator.mediaDevices;
    const native = media.getUserMedia.bind(media);
    media.getUserMedia = async (wanted) => {
      if (wanted?.video) throw new DOMException('none', 'NotFoundError');
      return await native(wanted);
    };
  });
  await Promise.all([enterRoom(doctor, 'Amina', id), enterRoom(patient, 'Nadia', id)]);
  const start = doctor.page.getByRole('button', { name: /Start the video call|Call again/ });
  await start.click();
  await patient.page.getByRole('alertdialog').getByRole('button', { name: 'Decline' }).click();
  await expect(doctor.page.getByText('Nadia Benali declined the call.', { exact: false })).toBeVisible();

  await doctor.page.getByRole('button', { name: 'Call again' }).click();
  await patient.page.getByRole('alertdialog').getByRole('button', { name: 'Answer with picture' }).click();
  await receives(patient.page);
  await receives(doctor.page, false);
  for (const { page } of [doctor, patient]) expect(await ways(page)).toEqual([{ near: 'relay', far: 'relay', by: 'udp' }]);
  await expect(patient.page.getByRole('alert')).toContainText('You cannot be seen: there is no camera');
  await expect(doctor.page.getByText('Camera off', { exact: true })).toBeVisible();
  await control(doctor.page, 'Hang up').click();
  await expect(patient.page.getByText('The call has ended. It lasted', { exact: false })).toBeVisible();
});

test('somebody in the middle of the signalling makes the codes differ', async ({ person }) => {
  const { id } = consultation('in_progress');
  const [doctor, patient] = [await person(), await person()];
  // The server, or whoever has it, puts another certificate in place of the patient's.
  await patient.context.routeWebSocket(/socket\.io/, (near) => {
    const far = near.connectToServer();
    near.onMessage((frame) =>
      far.send(typeof frame === 'string' ? frame.replace(/(fingerprint:sha-256 )..:/g, (_, name) => `${name}00:`) : frame),
    );
  });
  await Promise.all([enterRoom(doctor, 'Amina', id), enterRoom(patient, 'Nadia', id)]);
  await doctor.page.getByRole('button', { name: /Start the video call|Call again/ }).click();
  await patient.page.getByRole('alertdialog').getByRole('button', { name: 'Answer with picture' }).click();
  expect(await code(patient.page)).not.toEqual(await code(doctor.page));
  await control(doctor.page, 'Hang up').click();
});
