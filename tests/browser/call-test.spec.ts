import { createHmac } from 'node:crypto';
import type { Browser, Page } from '@playwright/test';
import { withDevices } from './devices';
import { call, consultation, demo, expect, type Person, signIn, test, tokenOf, url } from './people';
import { jitsi } from './server';
import { fits, isSound } from './sound';

test.use({ launchOptions: withDevices });

test('a patient tests devices and the way through the relay before a visit, and is told in words what is wrong', async ({ person }) => {
  const { id } = consultation('scheduled');
  const patient = await person({ viewport: { width: 360, height: 740 } });
  const { page } = patient;
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const heading = (name: string) => page.getByRole('heading', { level: 1, name });
  await signIn(patient, consultation('scheduled').patient, `/patient/visits/${id}`);
  await page.getByRole('link', { name: 'Test camera and connection' }).click();
  await expect(heading('Get ready for the visit')).toBeFocused();
  await isSound(page, 'what the test is');
  await fits(page, 'what the test is');

  await press('Start the test');
  await expect(heading('Can you see yourself?')).toBeFocused();
  await expect(page.getByText('We hear you')).toBeVisible();
  await expect.poll(() => page.locator('video').evaluate((video: HTMLVideoElement) => video.videoWidth)).toBeGreaterThan(0);
  await fits(page, 'oneself');
  await press('It works, go on');
  await press('Play the notes');
  await press('No');
  await expect(page.getByRole('alert')).toContainText('Turn up the volume');
  await press('Yes, I heard them');

  await expect(heading('All is ready for your visit')).toBeFocused({ timeout: 30_000 });
  for (const line of ['The camera works', 'The microphone works', 'You hear us', 'The connection is good'])
    await expect(page.getByRole('heading', { name: line })).toBeVisible();
  await expect(page.getByText('UDP gets through')).toBeVisible();
  await expect(page.getByText('TCP gets through')).toBeVisible();
  await expect(page.getByText(/Mbit\/s · \d+ ms there and back · /)).toBeVisible();
  await expect(page.getByText('The result is kept with the visit')).toBeVisible();
  await isSound(page, 'what came of it');
  await fits(page, 'what came of it');
  // The practitioner sees it, as it was measured.
  const { results } = await call('GET', `/api/consultations/${id}/pre-call-test`, await tokenOf('Amina'));
  expect(results).toMatchObject([{ verdict: 'good', camera: 'ok', microphone: 'ok', speaker: 'ok', network: { udp: true, tcp: true, tls: null } }]);
  expect(results[0].network.kilobitsPerSecond).toBeGreaterThan(300);

  // A relay that does not know the credential: not the network's fault, and said so.
  await page.route('**/pre-call-test', async (route) => {
    if (route.request().method() !== 'GET') return route.continue();
    const entry = await (await route.fetch()).json();
    await route.fulfill({ json: { ...entry, iceServers: entry.iceServers.map((server: object) => ({ ...server, credential: 'wrong' })) } });
  });
  await press('Test again');
  await press('Start the test');
  await expect(page.getByText('We hear you')).toBeVisible();
  await press('It works, go on');
  await press('Skip this');
  await expect(heading('Something still stands in the way')).toBeFocused({ timeout: 30_000 });
  await expect(page.getByRole('heading', { name: 'The call server did not let us in' })).toBeVisible();
  await expect(page.getByText('This is not your network’s fault.')).toBeVisible();
  await page.getByRole('link', { name: 'Back to the visit' }).last().click();
  await expect(page).toHaveURL(`/patient/visits/${id}`);
});

/** Somebody whose pages may also reach a media server. */
async function arrive(browser: Browser): Promise<Person> {
  const context = await browser.newContext({ baseURL: url() });
  await context.addInitScript(() => location.protocol === 'http:' && localStorage.setItem('colloque.language', 'en'));
  return { context, page: await context.newPage(), faults: [] };
}

/** What a token says, if this secret signed it. */
function verified(token: string, secret: string) {
  const [head, claims, signature] = token.split('.');
  expect(createHmac('sha256', secret).update(`${head}.${claims}`).digest('base64url')).toBe(signature);
  return JSON.parse(Buffer.from(claims ?? '', 'base64url').toString());
}

/** A page that speaks as Jitsi's does, and tries what a frame might. */
const meet = `<!doctype html><title>meet</title><p id="tried"></p><button id="end">end</button><script>
  const say = (method, params) => parent.postMessage(JSON.stringify({ postis: true, scope: 'jitsi_meet_external_api_1', method, params }), '*');
  const tell = (name) => say('message', { type: 'event', data: { name } });
  const tried = { opened: String(window.open('https://meet.example/other')), cookie: '', top: '' };
  try { tried.cookie = parent.document.cookie; } catch (e) { tried.cookie = e.name; }
  try { top.location = 'https://meet.example/away'; } catch (e) { tried.top = e.name; }
  document.getElementById('tried').textContent = JSON.stringify(tried);
  document.getElementById('end').onclick = () => tell('video-conference-left');
  addEventListener('message', ({ data }) => {
    const word = JSON.parse(data);
    if (word.method === '__ready__' && word.params !== 'mine') { say('__ready__', word.params); say('__ready__', 'mine'); }
    if (word.method === '__ready__' && word.params === 'mine') tell('video-conference-joined');
  });
</script>`;

const goIn = (page: Page) => page.getByRole('button', { name: 'Go in', exact: true }).click();

test('a visit is held on Jitsi in a frame that can do no more than show it, and one on LiveKit goes there with a token', async ({ browser }) => {
  const admin = await tokenOf('Hélène');
  const choose = (videoProvider: string) => call('PUT', '/api/companies/me', admin, { videoProvider });
  const visit = consultation('confirmed');
  await choose('jitsi');
  const doctor = await arrive(browser);
  const { page, context } = doctor;
  await context.route('https://meet.example/**', (route) => route.fulfill({ contentType: 'text/html', body: meet }));
  await signIn(doctor, visit.practitioner, `/consultations/${visit.id}`);
  await page.getByRole('button', { name: 'Start the visit' }).click();
  await goIn(page);
  const frame = page.locator('iframe');
  const address = new URL((await frame.getAttribute('src')) ?? '');
  const claims = verified(address.searchParams.get('jwt') ?? '', jitsi.Jitsi__AppSecret);
  expect([address.origin, address.pathname, claims.moderator]).toEqual(['https://meet.example', `/${claims.room}`, true]);
  await expect(page.getByText('You are in. Nothing is recorded.')).toBeVisible();
  const inside = page.frameLocator('iframe');
  expect(JSON.parse(await inside.locator('#tried').innerText())).toEqual({ opened: 'null', cookie: 'SecurityError', top: 'SecurityError' });
  expect(page.url()).toBe(`${url()}/consultations/${visit.id}`);
  await inside.locator('#end').click();
  await expect(frame).toHaveCount(0);
  const token = await tokenOf(visit.practitioner);
  const kept = async () => {
    const events = await call('GET', `/api/consultations/${visit.id}/events`, token);
    // What the browser told; that the visit was begun is an event of the server's own.
    return events.items.filter(({ detail }: { detail: string | null }) => detail === 'client').map(({ type }: { type: string }) => type);
  };
  await expect.poll(kept).toEqual(['ROOM_JOINED', 'ROOM_LEFT']);
  await page.getByRole('button', { name: 'End the visit' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'End the visit' }).click();
  await expect(page.getByRole('button', { name: 'Go in', exact: true })).toHaveCount(0);

  // LiveKit's server is away: the token got there, and the page says that the conversation goes on.
  await choose('livekit');
  const next = consultation('scheduled');
  const asked: string[] = [];
  await context.routeWebSocket(/^ws:\/\/localhost:7880\//, (socket) => {
    asked.push(socket.url());
    socket.close();
  });
  await context.route('http://localhost:7880/**', (route) => route.fulfill({ status: 503, body: 'away' }));
  await page.goto(`/consultations/${next.id}`);
  await page.getByRole('button', { name: 'Start the visit' }).click();
  await goIn(page);
  await expect(page.getByText('The room cannot be reached.')).toBeVisible({ timeout: 40_000 });
  const given = new URL(asked[0] ?? '').searchParams.get('access_token') ?? '';
  expect(verified(given, demo().liveKit.apiSecret).video).toMatchObject({ roomJoin: true, canPublish: true });
  await choose('');
  await context.close();
});
