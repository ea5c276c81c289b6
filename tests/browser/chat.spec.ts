import { composer, consultation, expect, line, signIn, test, unique, url, user, write } from './people';
import { fits, isSound } from './sound';

const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const report = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

type Page = import('@playwright/test').Page;

const list = (page: Page) => page.getByRole('list', { name: 'Conversations' });

/** The list's own row of the direct conversation: those of visits say that they are one's. */
const direct = (page: Page, name: string) =>
  list(page).getByRole('link').filter({ hasText: name }).filter({ hasNotText: 'Visit' }).first();

async function act(page: Page, text: string, name: string) {
  await line(page, text).hover();
  await line(page, text).getByRole('button', { name: 'Actions for this message' }).click();
  await page.getByRole('menuitem', { name, exact: true }).click();
}

/** Signs in over HTTP, for what a test has to find there already. */
async function byHttp(name: string) {
  const { email, password } = user(name);
  const post = async (path: string, body: object, token?: string) => {
    const answer = await fetch(url() + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const { accessToken } = await post('/api/auth/login', { email, password });
  return (path: string, body: object) => post(path, body, accessToken);
}

test('two people talk outside a visit: each list is live, and what is done to a message reaches the other', async ({ person }) => {
  const [doctor, patient] = [await person(), await person()];
  await signIn(doctor, 'Amina', '/professional/chat');
  await expect(doctor.page.getByRole('heading', { name: 'Messages', level: 1 })).toBeVisible();
  await signIn(patient, 'Nadia', `/patient/visits/${consultation('closed').id}`);
  await patient.page.getByRole('button', { name: 'Chat with Dr Amina Rahal' }).click();
  await expect(patient.page).toHaveURL(/\/patient\/chat\/[0-9a-f-]{36}$/);
  await expect(patient.page.getByText('Connected', { exact: true })).toBeVisible();

  const question = unique('May I swim with it');
  await patient.page.getByRole('button', { name: 'How it matters' }).click();
  await patient.page.getByRole('menuitem', { name: 'Mark as urgent' }).click();
  await write(patient.page, question);
  await expect(line(patient.page, question).getByText('Not seen to yet')).toBeVisible();

  const row = direct(doctor.page, 'Nadia Benali');
  await expect(row).toContainText(question);
  await expect(row).toContainText('Urgent');
  await expect(doctor.page.getByRole('navigation').getByText(/with something new/)).toHaveCount(1);
  await row.click();
  await expect(line(doctor.page, question)).toBeVisible();
  await line(doctor.page, question).getByRole('button', { name: 'I have seen to it' }).click();
  await expect(line(patient.page, question).getByText(/^Seen to at/)).toBeVisible();
  await expect(line(patient.page, question).getByText(/^Read/)).toBeVisible();

  await composer(doctor.page).pressSequentially('Not');
  await expect(patient.page.getByText('is writing…')).toBeVisible();
  await composer(doctor.page).fill('');
  await act(doctor.page, question, 'Reply');
  const answer = unique('Not this week');
  await write(doctor.page, answer);
  await expect(line(patient.page, answer).getByRole('button', { name: /^Answers You/ })).toBeVisible();
  await act(patient.page, answer, 'Pin');
  await expect(doctor.page.getByRole('region', { name: 'Pinned messages' })).toContainText(answer);
  await act(patient.page, answer, 'Another sign');
  await patient.page.getByRole('dialog').getByRole('button', { name: '🏃' }).click();
  await expect(line(doctor.page, answer).getByRole('button', { name: '🏃, 1 person' })).toBeVisible();
  await line(patient.page, answer).getByRole('button', { name: /^Answers You/ }).click();
  await expect(line(patient.page, question).first()).toBeFocused();

  await doctor.page.getByRole('button', { name: 'What to do with this conversation' }).click();
  await doctor.page.getByRole('menuitem', { name: 'Archive' }).click();
  await expect(patient.page.getByText('This conversation is archived.')).toBeVisible();
  await patient.page.getByRole('button', { name: 'What to do with this conversation' }).click();
  await patient.page.getByRole('menuitem', { name: 'Reopen' }).click();
  await expect(composer(doctor.page)).toBeVisible();
  await isSound(doctor.page, 'a conversation beside the list');
});

test('files are looked at before they are sent with their words; what is written offline waits, and is sent once', async ({ person }) => {
  const [doctor, patient] = [await person(), await person({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true })];
  const post = await byHttp('Nadia');
  const { id } = await post('/api/conversations', { userId: user('Amina').id });
  await signIn(doctor, 'Amina', `/professional/chat/${id}`);
  await signIn(patient, 'Nadia', `/patient/chat/${id}`);
  await expect(composer(patient.page)).toBeVisible();
  const tray = patient.page.getByRole('list', { name: 'Files of this message' });
  await patient.page.locator('input[type=file]').setInputFiles([
    { name: 'wound.png', mimeType: 'image/png', buffer: picture },
    { name: 'wrong.pdf', mimeType: 'application/pdf', buffer: report },
    { name: 'report.pdf', mimeType: 'application/pdf', buffer: report },
  ]);
  await expect(tray.getByText(/ready$/)).toHaveCount(3);
  await tray.getByRole('button', { name: 'Take out wrong.pdf' }).click();
  await fits(patient.page, 'files of a message');
  const words = unique('Both of them');
  await composer(patient.page).fill(words);
  await patient.page.getByRole('button', { name: 'Send', exact: true }).click();
  const theirs = line(doctor.page, words);
  await expect(theirs.getByRole('button', { name: /^Download report.pdf/ })).toBeVisible();
  await expect(theirs.getByText('wrong.pdf')).toHaveCount(0);
  await theirs.getByRole('button', { name: 'Enlarge the picture wound.png' }).click();
  await expect(doctor.page.getByRole('dialog', { name: 'Picture: wound.png' })).toBeVisible();
  await doctor.page.keyboard.press('Escape');
  await expect(doctor.page.getByRole('dialog')).toHaveCount(0);

  await patient.context.setOffline(true);
  await expect(patient.page.getByText('Offline: your messages wait here').first()).toBeVisible();
  const late = unique('From the lift');
  await composer(patient.page).fill(late);
  await patient.page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(line(patient.page, late).getByText('Waits for the network')).toBeVisible();
  await patient.context.setOffline(false);
  await expect(line(patient.page, late).getByText(/^(Sent|Delivered|Read)/)).toBeVisible();
  await expect(line(doctor.page, late)).toHaveCount(1);
  await isSound(patient.page, 'a conversation on a phone');
  await patient.page.getByRole('link', { name: 'All conversations' }).click();
  await expect(list(patient.page)).toBeVisible();
  await isSound(patient.page, 'the list of conversations');
});

test('what was said long ago is found by its words, and shown in its place', async ({ person }) => {
  const post = await byHttp('Nadia');
  const { id } = await post('/api/conversations', { userId: user('Amina').id });
  const word = unique('quetzal').replace(' ', '');
  await post(`/api/conversations/${id}/messages`, { content: `Le ${word} était là, avant tout le reste` });
  for (let i = 1; i <= 140; i++) await post(`/api/conversations/${id}/messages`, { content: `later ${i}.` });
  const one = await person();
  await signIn(one, 'Amina', '/professional/chat');
  await one.page.getByRole('button', { name: 'Search in all conversations' }).click();
  await one.page.getByLabel('Words').fill(word.toUpperCase());
  await one.page.keyboard.press('Enter');
  const hit = one.page.getByRole('list', { name: 'What was found' }).getByRole('link');
  await expect(hit.locator('mark')).toHaveText(word);
  await isSound(one.page, 'the search');
  await hit.click();
  await expect(line(one.page, word)).toBeFocused();
  await expect(line(one.page, word)).toBeInViewport();
  await expect(line(one.page, 'later 140.')).toHaveCount(0);
  await one.page.getByRole('button', { name: 'Newest messages' }).click();
  await expect(line(one.page, 'later 140.')).toBeInViewport();
});
