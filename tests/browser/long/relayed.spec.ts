import { call, composer, consultation, expect, line, signIn, test, tokenOf, unique, write } from '../people';
import { watchConnections, ways, withDevices } from '../devices';
import { answer, arrive, begin, control, firstFrame, flows, frames, hangUp, width } from './meeting';

const devices = { ...withDevices, args: withDevices.args.map((arg) => (arg === '--use-fake-device-for-media-stream' ? `${arg}=device-count=3` : arg)) };
test.use({ launchOptions: devices, ground: { settings: { Rooms__IceTransportPolicy: 'relay' } } });

test('two meet through the relay alone, and the picture is there soon after a click, and soon again after a reload', async ({ person }) => {
  const { id } = consultation('in_progress');
  const [doctor, patient] = [await person(), await person()];
  await Promise.all([arrive(doctor, 'Amina', id), arrive(patient, 'Nadia', id)]);
  await patient.page.evaluate(() => addEventListener('click', () => Object.assign(window, { clickedAt: Date.now() }), { capture: true }));
  const taken: number[] = [];
  for (let round = 0; round < 5; round++) {
    await begin(doctor.page);
    await expect(answer(patient.page)).toBeVisible();
    const seen = Promise.all([doctor, patient].map(({ page }) => firstFrame(page)));
    await answer(patient.page).click();
    const at = await seen;
    const clicked = await patient.page.evaluate(() => (window as unknown as { clickedAt: number }).clickedAt);
    const [byDoctor = 0, byPatient = 0] = at.map((time) => time - clicked);
    console.log(`click to picture: ${byDoctor} ms with the one who called, ${byPatient} ms with the one who answered`);
    taken.push(Math.max(byDoctor, byPatient));
    for (const { page } of [doctor, patient]) {
      if (round === 0) await flows(page);
      expect(await ways(page)).toEqual([{ near: 'relay', far: 'relay', by: 'udp' }]);
    }
    if (round === 0) {
      const [left, back] = [Date.now(), firstFrame(doctor.page)];
      await patient.page.reload({ waitUntil: 'commit' });
      const seen = [await back, await firstFrame(patient.page, true)].map((time) => time - left);
      console.log(`reload to picture: ${seen[0]} ms with the one who waited, ${seen[1]} ms with the one who reloaded`);
      expect(Math.max(...seen)).toBeLessThan(5_000);
      for (const { page } of [doctor, patient]) await flows(page);
      await patient.page.evaluate(() => addEventListener('click', () => Object.assign(window, { clickedAt: Date.now() }), { capture: true }));
    }
    await hangUp(doctor.page, patient.page);
  }
  taken.sort((a, b) => a - b);
  console.log(`click to picture on both sides: ${taken[2]} ms in the middle, ${taken.join(', ')} in all`);
  expect(taken[2]).toBeLessThan(1_500);
});

test('where the relay refuses a credential the page says so in words, and the two meet by text', async ({ person }) => {
  const { id } = consultation('in_progress');
  const [doctor, patient] = [await person(), await person({ viewport: { width: 360, height: 740 } })];
  // As after the relay's secret was changed on one side.
  await patient.context.route('**/room', async (route) => {
    const answered = await route.fetch();
    const entry = await answered.json();
    await route.fulfill({ json: { ...entry, iceServers: entry.iceServers.map((server: object) => ({ ...server, credential: 'wrong' })) } });
  });
  await Promise.all([arrive(doctor, 'Amina', id), arrive(patient, 'Nadia', id)]);
  await begin(doctor.page);
  await answer(patient.page).click();
  await expect(patient.page.getByRole('alert').filter({ hasText: 'The call server does not let us in.' })).toBeVisible();
  await patient.page.getByRole('button', { name: 'Write a message' }).click();
  const asked = unique('I cannot see you');
  await write(patient.page, asked);
  await expect(line(doctor.page, asked)).toBeVisible();
  const answered = unique('Then we write');
  await write(doctor.page, answered);
  await expect(line(patient.page, answered)).toBeVisible();
  // It ends by itself, and says as what.
  for (const { page } of [doctor, patient]) {
    await expect(page.getByText('No way to each other was found.', { exact: false })).toBeVisible({ timeout: 50_000 });
    await expect(composer(page)).toBeVisible();
  }
  const { items } = await call('GET', `/api/consultations/${id}/events`, await tokenOf('Amina'));
  const said = items.map(({ type, detail }: { type: string; detail: string | null }) => `${type} ${detail}`);
  expect(said.join('\n')).toMatch(/ended failed|failed/i);
});

test('an interpreter comes by a link into the call, and each of the three sees and hears the two others', async ({ person }) => {
  const { id } = consultation('in_progress');
  const [doctor, patient, guest] = [await person(), await person(), await person()];
  await watchConnections(guest);
  const { url } = await call('POST', `/api/consultations/${id}/join-links`, await tokenOf('Amina'), { role: 'INTERPRETER' });
  await Promise.all([arrive(doctor, 'Amina', id), arrive(patient, 'Nadia', id)]);
  await begin(doctor.page);
  await answer(patient.page).click();
  await flows(patient.page);
  await guest.page.goto(new URL(url).pathname);
  await guest.page.getByLabel('Your name').fill('Samir Haddad');
  await guest.page.getByRole('button', { name: 'Come in' }).click();
  await guest.page.getByRole('button', { name: 'Join with picture' }).click();
  for (const { page } of [doctor, patient, guest]) {
    await flows(page, { others: 2 });
    for (const way of await ways(page)) expect(way).toMatchObject({ near: 'relay', far: 'relay' });
  }
  await expect(doctor.page.getByLabel('Picture of Samir Haddad')).toBeVisible();
  // Who interprets goes; the two go on.
  await control(guest.page, 'Hang up').click();
  await expect(doctor.page.getByLabel('Picture of Samir Haddad')).toHaveCount(0);
  for (const { page } of [doctor, patient]) await flows(page);
  await hangUp(doctor.page, patient.page);
});

test('screens are shared both ways, and the camera is back when that ends, by the page or by the browser', async ({ person }) => {
  const { id } = consultation('in_progress');
  const [doctor, patient] = [await person(), await person()];
  for (const { context } of [doctor, patient])
    await context.addInitScript(() => {
      const native = navigator.mediaDevices.getDisplayMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getDisplayMedia = async (wanted) => {
        const stream = await native(wanted);
        Object.assign(window, { shared: stream.getVideoTracks()[0] });
        return stream;
      };
    });
  await Promise.all([arrive(doctor, 'Amina', id), arrive(patient, 'Nadia', id)]);
  await begin(doctor.page);
  await answer(patient.page).click();
  for (const { page } of [doctor, patient]) await flows(page);

  await control(doctor.page, 'Share').click();
  await expect(patient.page.getByLabel('Screen of Amina Rahal')).toBeVisible();
  await flows(patient.page);
  await expect(doctor.page.getByText('Everybody here sees your screen.')).toBeVisible();
  await control(patient.page, 'Share').click();
  await expect(doctor.page.getByLabel('Screen of Nadia Benali')).toBeVisible();
  for (const { page } of [doctor, patient]) await flows(page);

  await doctor.page.getByRole('button', { name: 'Stop sharing' }).click();
  await expect(patient.page.getByLabel('Picture of Amina Rahal')).toBeVisible();
  // The browser's own bar ends it, and tells the track.
  await patient.page.evaluate(() => {
    const { shared } = window as unknown as { shared: MediaStreamTrack };
    shared.stop();
    shared.dispatchEvent(new Event('ended'));
  });
  await expect(doctor.page.getByLabel('Picture of Nadia Benali')).toBeVisible();
  await expect(patient.page.getByText('Everybody here sees your screen.')).toHaveCount(0);
  for (const { page } of [doctor, patient]) await flows(page);
  await hangUp(doctor.page, patient.page);
});

test('another camera and microphone take over in the call, and so does the one that is left when one disappears', async ({ person }) => {
  const { id } = consultation('in_progress');
  const [doctor, patient] = [await person(), await person()];
  // Devices cannot be unplugged here: the page is told what a browser tells then.
  await patient.context.addInitScript(() => {
    const media = navigator.mediaDevices;
    const native = media.getUserMedia.bind(media);
    const tracks: MediaStreamTrack[] = [];
    const away = new Set<string>();
    const unplug = (kind: string) => {
      away.add(kind);
      for (const track of tracks.filter((track) => track.kind === kind && track.readyState === 'live')) {
        track.stop();
        track.dispatchEvent(new Event('ended'));
      }
      media.dispatchEvent(new Event('devicechange'));
    };
    const plug = (kind: string) => {
      away.delete(kind);
      media.dispatchEvent(new Event('devicechange'));
    };
    media.getUserMedia = async (wanted) => {
      for (const kind of ['audio', 'video'] as const) if (wanted?.[kind] && away.has(kind)) throw new DOMException('none', 'NotFoundError');
      const stream = await native(wanted);
      tracks.push(...stream.getTracks());
      return stream;
    };
    Object.assign(window, { tracks, unplug, plug });
  });
  type Unplugged = typeof window & { tracks: MediaStreamTrack[]; unplug(kind: string): void; plug(kind: string): void };
  const used = (kind: string) =>
    patient.page.evaluate((of) => (window as unknown as Unplugged).tracks.filter((track) => track.kind === of && track.readyState === 'live').map((track) => track.getSettings().deviceId), kind);
  await Promise.all([arrive(doctor, 'Amina', id), arrive(patient, 'Nadia', id)]);
  await begin(doctor.page);
  await answer(patient.page).click();
  await flows(doctor.page);

  for (const [label, kind] of [
    ['Camera', 'video'],
    ['Microphone', 'audio'],
  ] as const) {
    const [before] = await used(kind);
    await control(patient.page, 'More').click();
    const dialog = patient.page.getByRole('dialog');
    const choice = dialog.getByLabel(label, { exact: true });
    const other = await choice.locator('option').evaluateAll((options, now) => options.map((option) => (option as HTMLOptionElement).value).filter((value) => value !== now && value !== 'default').at(-1), before);
    await choice.selectOption(other ?? '');
    await dialog.getByRole('button', { name: 'Done' }).click();
    await expect.poll(() => used(kind)).toEqual([other]);
    await flows(doctor.page);
  }

  // The camera is gone, and there is none: said in words, heard all the same, and back when it is plugged in.
  await patient.page.evaluate(() => (window as unknown as Unplugged).unplug('video'));
  await expect(patient.page.getByRole('alert')).toContainText('You cannot be seen: there is no camera.');
  await expect(doctor.page.getByText('Camera off', { exact: true })).toBeVisible();
  await flows(doctor.page, { picture: false });
  await patient.page.evaluate(() => (window as unknown as Unplugged).plug('video'));
  await expect(doctor.page.getByLabel('Picture of Nadia Benali')).toBeVisible();
  await flows(doctor.page);

  await patient.page.evaluate(() => (window as unknown as Unplugged).unplug('audio'));
  await expect(patient.page.getByRole('alert')).toContainText('You cannot be heard: there is no microphone.');
  await expect(doctor.page.getByText('Nadia Benali, muted')).toBeVisible();
  await patient.page.evaluate(() => (window as unknown as Unplugged).plug('audio'));
  await expect(doctor.page.getByText('Nadia Benali, muted')).toHaveCount(0);
  await flows(doctor.page);
  const { items } = await call('GET', `/api/consultations/${id}/events`, await tokenOf('Amina'));
  const incidents = items.filter(({ type }: { type: string }) => type === 'CALL_INCIDENT').map(({ detail }: { detail: string }) => detail);
  expect(incidents).toEqual(expect.arrayContaining(['device_lost', 'device_changed']));
  await hangUp(doctor.page, patient.page);
});

test('of two devices that answer at once one is in the call, and the other stops ringing and says why', async ({ person }) => {
  const { id } = consultation('in_progress');
  const [doctor, phone, desk] = [await person(), await person({ viewport: { width: 360, height: 740 } }), await person()];
  await arrive(doctor, 'Amina', id);
  for (const one of [phone, desk]) {
    await watchConnections(one);
    await signIn(one, 'Nadia');
  }
  await begin(doctor.page);
  for (const { page } of [phone, desk]) await expect(answer(page)).toBeVisible();
  await Promise.all([phone, desk].map(({ page }) => answer(page).click()));
  for (const { page } of [phone, desk]) await expect(page.getByRole('alertdialog')).toHaveCount(0);
  await flows(doctor.page);
  const inside = async () => (await Promise.all([phone, desk].map(({ page }) => page.getByRole('region', { name: 'Call' }).count()))).filter((count) => count > 0).length;
  await expect.poll(inside).toBe(1);
  const winner = (await phone.page.getByRole('region', { name: 'Call' }).count()) > 0 ? phone : desk;
  const other = winner === phone ? desk : phone;
  await flows(winner.page);
  await expect(other.page.getByText(/Another of your devices has answered|You are in the call on another device/)).toBeVisible();
  expect(await frames(other.page)).toBe(0);
  expect(await width(winner.page)).toBeGreaterThan(0);
  await hangUp(doctor.page, winner.page);
});
