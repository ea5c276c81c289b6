import type { Session } from '../api/session';

/** Says whose pushes this device gets: an account's id, and nothing of what they say. */
const hint = 'colloque.pushes';
const path = '/api/notifications/push';
/** Milliseconds that a sign-out waits for the server to hear of it. */
const patience = 1_500;

type Ask = Pick<Session, 'request'>;

/** Whether this browser can be told: `install` where it could once it is on the home screen. */
export type PushSupport = 'yes' | 'install' | 'no';

export function pushSupport(): PushSupport {
  if ('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window) return 'yes';
  return /iP(hone|ad|od)/.test(navigator.userAgent) ? 'install' : 'no';
}

/** Whose pushes come here; null for nobody's. */
export const pushedTo = () => localStorage.getItem(hint);

const worker = (language: string) => `/sw.js?language=${language}`;
const existing = async () =>
  'serviceWorker' in navigator ? await navigator.serviceWorker.getRegistration('/') : undefined;

async function subscribe(session: Ask, language: string): Promise<PushSubscription> {
  const registration = await navigator.serviceWorker.register(worker(language), { scope: '/', updateViaCache: 'none' });
  await navigator.serviceWorker.ready;
  const known = await registration.pushManager.getSubscription();
  if (known) return known;
  const { publicKey } = await session.request<{ publicKey: string }>(path);
  return await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
}

/** Asks the person through the browser, then the push service, then tells the server. False: they said no. */
export async function startPushes(session: Ask, userId: string, language: string): Promise<boolean> {
  if ((await Notification.requestPermission()) !== 'granted') return false;
  const subscription = await subscribe(session, language);
  await session.request(path, { method: 'POST', body: subscription.toJSON() });
  localStorage.setItem(hint, userId);
  return true;
}

/** At each start of a page: the worker speaks the reader's language, and what the push service let run out is asked for anew. */
export async function keepPushes(session: Ask, userId: string, language: string): Promise<void> {
  if (pushSupport() !== 'yes' || Notification.permission !== 'granted' || pushedTo() !== userId) return;
  const before = await (await existing())?.pushManager.getSubscription();
  const subscription = await subscribe(session, language);
  if (subscription.endpoint !== before?.endpoint)
    await session.request(path, { method: 'POST', body: subscription.toJSON() });
}

/** This device is told no more: at once here, and at the server as far as it can be reached. */
export async function stopPushes(session: Ask): Promise<void> {
  const subscription = await (await existing())?.pushManager.getSubscription();
  if (subscription) {
    const { endpoint } = subscription;
    const told = session.request(`${path}/unsubscribe`, { method: 'POST', body: { endpoint } }).catch(() => undefined);
    await Promise.race([told, new Promise((resolve) => setTimeout(resolve, patience))]);
  }
  await dropPushes();
}

/** Without the server: the push service refuses what is sent from then on, and the server takes that as the end. */
export async function dropPushes(): Promise<void> {
  localStorage.removeItem(hint);
  const registration = await existing();
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
  await registration?.unregister();
}
