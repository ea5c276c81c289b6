import { call, expect, signIn, test, tokenOf, url, user } from './people';
import { fits, isSound } from './sound';

/** The browser's push service is another origin's server: here a device that has its own keys, and no service behind it. */
function pushService() {
  const base64url = (bytes: ArrayBuffer | Uint8Array) =>
    btoa(String.fromCharCode(...new Uint8Array(bytes as ArrayBuffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  let known: object | null = null;
  PushManager.prototype.getSubscription = async () => known as PushSubscription | null;
  PushManager.prototype.subscribe = async () => {
    const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
    const keys = {
      p256dh: base64url(await crypto.subtle.exportKey('raw', pair.publicKey)),
      auth: base64url(crypto.getRandomValues(new Uint8Array(16))),
    };
    const endpoint = `https://push.example.com/${crypto.randomUUID()}`;
    known = {
      endpoint,
      toJSON: () => ({ endpoint, expirationTime: null, keys }),
      unsubscribe: async () => {
        known = null;
        return true;
      },
    };
    return known as PushSubscription;
  };
}

test('a device is told of messages in its own words, leads to the conversation, and is told no more after the sign-out', async ({ person }) => {
  const one = await person({ permissions: ['notifications'] });
  const { page, context } = one;
  await context.addInitScript(pushService);
  await signIn(one, 'Amina', '/account/notices');
  await expect(page.getByText(/Your browser will ask/)).toBeVisible();
  const subscribed = page.waitForResponse((answer) => answer.url() === `${url()}/api/notifications/push` && answer.request().method() === 'POST');
  await page.getByRole('button', { name: 'Turn on for this device' }).click();
  expect((await subscribed).status()).toBe(204);
  await expect(page.getByText('This device tells you of messages.')).toBeVisible();

  await page.locator('label').filter({ hasText: 'Quiet at certain hours' }).click();
  await expect(page.getByLabel('From')).toHaveValue('22:00');
  await page.getByLabel('To', { exact: true }).fill('06:30');
  const token = await tokenOf('Amina');
  await expect.poll(async () => (await call('GET', '/api/notifications/settings', token)).quietHours.to).toBe('06:30');
  await page.getByRole('button', { name: 'Name a deputy' }).click();
  await page.getByLabel('Look for a practitioner').fill('nobody of this name');
  await expect(page.getByText('Nobody by this name.')).toBeVisible();
  await isSound(page, 'the choices of notices');
  await page.setViewportSize({ width: 360, height: 740 });
  await fits(page, 'the choices of notices');
  await page.setViewportSize({ width: 1280, height: 800 });

  const patient = await tokenOf('Nadia');
  const { id } = await call('POST', '/api/conversations', patient, { userId: user('Amina').id });
  await call('POST', `/api/conversations/${id}/messages`, patient, { content: 'Are you there?' });
  const line = await context.newCDPSession(page);
  const registration = new Promise<string>((resolve) => {
    line.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => registrations[0] && resolve(registrations[0].registrationId));
  });
  await line.send('ServiceWorker.enable');
  await line.send('ServiceWorker.deliverPushMessage', { origin: url(), registrationId: await registration, data: '{"type":"urgent"}' });
  const worker = context.serviceWorkers()[0];
  if (!worker) throw new Error('No service worker.');
  type Scope = { registration: ServiceWorkerRegistration };
  const told = () => worker.evaluate(async () => (await (self as unknown as Scope).registration.getNotifications()).map(({ title, body }) => `${title} ${body}`));
  await expect.poll(told).toEqual(['An urgent message waits Open Colloque to read it.']);
  await worker.evaluate(async () => {
    const [notification] = await (self as unknown as Scope).registration.getNotifications();
    // The type is the worker's own, which no page has.
    const Click = Reflect.get(self, 'NotificationEvent');
    self.dispatchEvent(new Click('notificationclick', { notification }));
  });
  await expect(page).toHaveURL(new RegExp(`/professional/chat/${id}$`));
  await expect(page.getByText('Are you there?').last()).toBeVisible();
  await expect.poll(told).toEqual([]);
  expect(await page.evaluate(async () => (await caches.keys()).length)).toBe(0);

  const ended = page.waitForResponse((answer) => answer.url().endsWith('/push/unsubscribe'));
  await page.getByRole('button', { name: 'Sign out' }).click();
  expect((await ended).status()).toBe(204);
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
  await expect.poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
});
