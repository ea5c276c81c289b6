import { type Browser, type BrowserContext, type BrowserContextOptions, test as base, expect, type Page } from '@playwright/test';
import { type Ground, start } from './server';

interface DemoUser {
  id: string;
  email: string;
  password: string;
  role: string;
  name: string;
}

interface DemoConsultation {
  id: string;
  status: string;
  patient: string;
  practitioner: string;
}

export const demo = () => JSON.parse(process.env.COLLOQUE_DEMO ?? '{}') as { users: DemoUser[]; consultations: DemoConsultation[] };
export const url = () => process.env.COLLOQUE_URL ?? '';

export function user(name: string): DemoUser {
  const found = demo().users.find((known) => known.name.startsWith(name));
  if (!found) throw new Error(`The demo has no ${name}.`);
  return found;
}

export function consultation(status: string, practitioner = 'Amina Rahal'): DemoConsultation {
  const found = demo().consultations.find((known) => known.status === status && known.practitioner === practitioner);
  if (!found) throw new Error(`The demo has no ${status} consultation of ${practitioner}.`);
  return found;
}

/** One call of the server's own, for what a story needs to have happened before; its answer. */
export async function call(method: string, path: string, token: string | null, body?: object) {
  const answer = await fetch(url() + path, {
    method,
    headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : null;
}

/** Somebody's access token, got beside any browser. */
export async function tokenOf(name: string): Promise<string> {
  const { email, password } = user(name);
  return (await call('POST', '/api/auth/login', null, { email, password })).accessToken;
}

/** Someone in front of a browser of their own. */
export interface Person {
  page: Page;
  context: BrowserContext;
  /** What must never happen, as it happened: foreign requests, policy violations, errors of the script. */
  faults: string[];
}

type Visit = (options?: BrowserContextOptions & { language?: string }) => Promise<Person>;

/** Somebody new, in this browser. */
export async function visitor(browser: Browser, { language = 'en', ...options }: BrowserContextOptions & { language?: string } = {}): Promise<Person> {
  const origin = options.baseURL ?? url();
  const context = await browser.newContext({ baseURL: origin, ...options });
  const faults: string[] = [];
  context.on('request', (request) => {
    const asked = request.url();
    if (!asked.startsWith(`${origin}/`) && !asked.startsWith('blob:')) faults.push(`left the origin: ${asked}`);
  });
  context.on('weberror', (error) => faults.push(String(error.error())));
  context.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) faults.push(message.text());
  });
  await context.addInitScript((chosen) => {
    if (location.protocol !== 'http:') return;
    if (!localStorage.getItem('colloque.language')) localStorage.setItem('colloque.language', chosen);
  }, language);
  return { context, page: await context.newPage(), faults };
}

/** Every test may ask for people; afterwards each of them must have seen no fault. */
export const test = base.extend<{ person: Visit }, { ground: Ground; clinic: undefined }>({
  ground: [{}, { option: true, scope: 'worker' }],
  // Every worker has a server of its own: what one's tests change, another's do not see.
  clinic: [
    async ({ ground }, use) => {
      const stop = await start(ground);
      await use(undefined);
      await stop();
    },
    { scope: 'worker', auto: true, timeout: 90_000 },
  ],
  person: async ({ browser }, use) => {
    const people: Person[] = [];
    await use(async (options) => {
      const one = await visitor(browser, options);
      people.push(one);
      return one;
    });
    for (const { context } of people) await context.close();
    expect(people.flatMap(({ faults }) => faults)).toEqual([]);
  },
});

export { expect };

export async function signIn({ page }: Person, name: string, path = '/') {
  const { email, password } = user(name);
  await page.goto(path);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('textbox', { name: 'Password', exact: true })).toHaveCount(0);
}

/** Signs in and waits until the room listens. */
export async function enterRoom(person: Person, name: string, id: string) {
  await signIn(person, name, `/consultations/${id}`);
  await expect(person.page.getByRole('banner').getByText('Connected', { exact: true })).toBeVisible();
  await expect(composer(person.page)).toBeVisible();
}

export const composer = (page: Page) => page.getByRole('textbox', { name: /Your message to/ });

export async function write(page: Page, text: string) {
  await composer(page).fill(text);
  await composer(page).press('Enter');
}

/** The line of the thread that holds this text. */
export const line = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text });

/** The thread as it is read: the texts that begin so, in order. */
export const said = async (page: Page, beginning: string) =>
  (await page.getByRole('article').locator('p', { hasText: beginning }).allTextContents()).filter((text) => text.startsWith(beginning));

/** A text that no other test has written. */
export const unique = (text: string) => `${text} ${Math.random().toString(36).slice(2, 8)}`;

/** How many rows the device keeps of unsent messages and drafts. */
export const keptOnDevice = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('colloque');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const db = opening.result;
          const stores = [...db.objectStoreNames];
          if (stores.length === 0) return resolve(0);
          const reading = db.transaction(stores);
          const counts = stores.map((store) => reading.objectStore(store).count());
          reading.oncomplete = () => {
            db.close();
            resolve(counts.reduce((sum, { result }) => sum + result, 0));
          };
        };
      }),
  );
