import { ways } from '../devices';
import { test as base, consultation, expect, visitor } from '../people';
import { type Link, launch, openLink } from './link';
import { answer, arrive, begin, flows, frames, hangUp, packets } from './meeting';

const test = base.extend<object, { link: Link | string }>({
  link: [
    async ({}, use) => {
      const link = openLink();
      await use(link);
      if (typeof link !== 'string') link.end();
    },
    { scope: 'worker' },
  ],
  ground: [
    async ({ link }, use) => use(typeof link === 'string' ? {} : { address: link.clinic, turns: true, settings: { Rooms__IceTransportPolicy: 'relay' } }),
    { scope: 'worker', option: true },
  ],
});

/** Both in the visit, the patient at the end of the line, and what to do with both afterwards. */
async function together(link: Link, before: () => void = () => undefined) {
  const [here, away] = await Promise.all([launch(), link.browser()]);
  const [doctor, patient] = [await visitor(here), await visitor(away)];
  const { id } = consultation('in_progress');
  await Promise.all([arrive(doctor, 'Amina', id), arrive(patient, 'Nadia', id)]);
  before();
  await begin(doctor.page);
  await answer(patient.page).click();
  for (const { page } of [doctor, patient]) await flows(page);
  return { doctor: doctor.page, patient: patient.page, close: () => Promise.all([here.close(), away.close()]) };
}

/** More than so many come in from now on, before so many milliseconds have passed. */
async function brings(page: Parameters<typeof frames>[0], what: typeof frames, many: number, timeout: number) {
  const before = await what(page);
  await expect.poll(async () => (await what(page)) - before, { timeout, intervals: [200] }).toBeGreaterThan(many);
}

/** Milliseconds, from now, of the last frame before so long a standstill. */
async function standstill(page: Parameters<typeof frames>[0], lasting = 2_500, atMost = 15_000) {
  const began = Date.now();
  let last = await frames(page);
  let at = began;
  for (;;) {
    // What is measured is a time.
    await page.waitForTimeout(200);
    const [now, count] = [Date.now(), await frames(page)];
    if (count !== last) [last, at] = [count, now];
    if (now - at > lasting) return at - began;
    if (now - began > atMost) return Number.POSITIVE_INFINITY;
  }
}

test('at 80 kbit/s the sound goes on, the pictures stop within five seconds, and they return', async ({ link }) => {
  test.skip(typeof link === 'string', String(link));
  if (typeof link === 'string') return;
  const { doctor, patient, close } = await together(link);
  // The browsers have come to trust the line.
  for (const page of [doctor, patient]) await brings(page, frames, 150, 20_000);
  link.shape(80);
  const began = Date.now();
  const stopped = await Promise.all([doctor, patient].map((page) => standstill(page)));
  console.log(`80 kbit/s: the last frame came after ${stopped[0]} ms at the clinic, ${stopped[1]} ms at the patient's`);
  await expect(doctor.getByText('the picture of Nadia Benali is paused', { exact: false }).first()).toBeVisible();
  console.log(`told in words after ${Date.now() - began} ms at most`);
  expect(Math.max(...stopped)).toBeLessThan(5_000);
  for (let window = 0; window < 2; window++) for (const page of [doctor, patient]) await brings(page, packets, 30, 3_000);
  link.shape(null);
  const freed = Date.now();
  for (const page of [doctor, patient]) {
    let was = await frames(page);
    const more = async () => {
      const [before, now] = [was, await frames(page)];
      was = now;
      return now - before;
    };
    await expect.poll(more, { timeout: 60_000, intervals: [500] }).toBeGreaterThan(1);
  }
  console.log(`the pictures are back ${Date.now() - freed} ms after the line was`);
  await hangUp(doctor, patient);
  await close();
});

/** Milliseconds from now until frames come in again; `standing`: the last ones of before, which may still be on their way, do not count. */
async function again(page: Parameters<typeof frames>[0], standing = false) {
  const began = Date.now();
  let before = await frames(page);
  let [since, stood] = [began, !standing];
  const more = async () => {
    const now = await frames(page);
    if (Date.now() - since > 800) stood = true;
    if (!stood && now !== before) [before, since] = [now, Date.now()];
    // A connection that was replaced begins to count anew.
    before = Math.min(before, now);
    return stood ? now - before : 0;
  };
  await expect.poll(more, { intervals: [100] }).toBeGreaterThan(3);
  return Date.now() - began;
}

test('after a line was cut, and in another network, the call comes back without a click', async ({ link }) => {
  test.skip(typeof link === 'string', String(link));
  if (typeof link === 'string') return;
  const { doctor, patient, close } = await together(link);
  link.cut(true);
  await expect(patient.getByText('Interrupted.', { exact: false }).or(patient.getByText('The line to the server is interrupted', { exact: false })).first()).toBeVisible();
  link.cut(false);
  const cut = await Promise.all([doctor, patient].map((page) => again(page)));
  console.log(`after the line was cut: pictures again after ${cut.join(' and ')} ms`);
  for (const page of [doctor, patient]) await flows(page);
  link.move();
  const moved = await Promise.all([doctor, patient].map((page) => again(page, true)));
  console.log(`in another network: pictures again after ${moved.join(' and ')} ms`);
  for (const page of [doctor, patient]) await flows(page);
  expect(Math.max(...cut)).toBeLessThan(5_000);
  // Here no browser says that the network is another, as a phone's does: it is noticed by what does not come in.
  expect(Math.max(...moved)).toBeLessThan(5_000);
  await hangUp(doctor, patient);
  await close();
});

test('where a network lets neither UDP nor plain TCP through, the call goes by TLS', async ({ link }) => {
  test.skip(typeof link === 'string', String(link));
  if (typeof link === 'string') return;
  const { doctor, patient, close } = await together(link, () => {
    link.block('udp');
    link.block('tcp', Number(process.env.COLLOQUE_RELAY));
  });
  expect(await ways(patient)).toEqual([{ near: 'relay', far: 'relay', by: 'tls' }]);
  expect(await ways(doctor)).toMatchObject([{ near: 'relay', far: 'relay' }]);
  await hangUp(doctor, patient);
  await close();
});
