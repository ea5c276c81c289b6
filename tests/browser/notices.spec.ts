import type { Page } from '@playwright/test';
import { consultation, expect, type Person, signIn, test, url, user } from './people';
import { fits, isSound } from './sound';

/** Calls in somebody's name, as another device of theirs would. */
async function callsOf(name: string) {
  const { email, password } = user(name);
  const headers = { 'Content-Type': 'application/json', 'Accept-Language': 'en' };
  const signedIn = await fetch(`${url()}/api/auth/login`, { method: 'POST', headers, body: JSON.stringify({ email, password }) });
  const { accessToken } = await signedIn.json();
  return async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${url()}/api${path}`, {
      method,
      headers: { ...headers, Authorization: `Bearer ${accessToken}` },
      ...(body && { body: JSON.stringify(body) }),
    });
    expect(answer.ok, `${method} ${path}: ${answer.status}`).toBe(true);
    return answer.status === 204 ? undefined : await answer.json();
  };
}

const bell = (page: Page) => page.getByRole('banner').getByRole('link', { name: /^Notices/ });
const notices = (page: Page) => page.getByRole('main').getByRole('link', { name: /^Appointment/ });

/** The bell of whoever has read everything and waits for nothing, so that what it counts next is new. */
async function silence({ page }: Person, name: string) {
  const call = await callsOf(name);
  // Another's visit that is moved would offer them the time that gets free.
  const { items } = await call('GET', '/consultations/waiting-list');
  for (const { id } of items) await call('DELETE', `/consultations/waiting-list/${id}`);
  await call('PUT', '/notifications/read-all');
  await page.reload();
  await expect(bell(page)).toHaveAccessibleName('Notices: nothing new');
}

test('the bell rings on any page for what another does, and again after a lost line; a notice leads to its visit and is read', async ({ person }) => {
  const one = await person();
  const { page } = one;
  const amina = await callsOf('Amina');
  const visit = consultation('confirmed');
  await signIn(one, 'Nadia');
  await silence(one, 'Nadia');
  // So far away that no reminder is due of it: that would be a notice, too.
  const [from, to] = [8, 20].map((days) => new Date(Date.now() + days * 86_400_000).toISOString());
  const { items } = await amina('GET', `/availability/slots?from=${from}&to=${to}`);
  const [first, second] = items.filter((slot: { available: boolean }) => slot.available);

  await amina('PUT', `/consultations/${visit.id}/reschedule`, { scheduledAt: first.startsAt });
  await expect(bell(page)).toHaveAccessibleName('Notices: 1 new');
  await expect(page.getByRole('status').filter({ hasText: 'New notice: Appointment moved' })).toHaveCount(1);
  await one.context.setOffline(true);
  await amina('PUT', `/consultations/${visit.id}/reschedule`, { scheduledAt: second.startsAt });
  await one.context.setOffline(false);
  await expect(bell(page)).toHaveAccessibleName('Notices: 2 new');

  await bell(page).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Notices', level: 1 })).toBeVisible();
  await expect(page.getByText('2 not read yet.')).toBeVisible();
  await isSound(page, 'notices');
  await page.setViewportSize({ width: 360, height: 740 });
  await fits(page, 'notices');
  await expect(notices(page).first()).toContainText('Appointment moved (new)');
  await notices(page).first().click();
  await expect(page).toHaveURL(`/patient/visits/${visit.id}`);
  await expect(bell(page)).toHaveAccessibleName('Notices: 1 new');
  await page.goBack();
  await expect(notices(page).first()).not.toContainText('(new)');
  await page.getByRole('button', { name: 'Mark all as read' }).click();
  await expect(page.getByText('You have read everything.')).toBeVisible();
  await expect(bell(page)).toHaveAccessibleName('Notices: nothing new');
});

test('one chooses what comes by mail and when, and gives a calendar an address that can be taken back', async ({ person }) => {
  const one = await person({ viewport: { width: 360, height: 740 } });
  const { page } = one;
  await signIn(one, 'Marc', '/account/notices');
  const changes = page.getByRole('switch', { name: /^When a visit changes/ });
  await expect(changes).toBeChecked();
  await isSound(page, 'what one is told of');
  await fits(page, 'what one is told of');
  await page.getByText('When a visit changes').click();
  await page.getByText('1 day before').click();
  await page.getByText('30 minutes before').click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await page.reload();
  await expect(changes).not.toBeChecked();
  await expect(page.getByLabel('1 day before')).not.toBeChecked();
  await expect(page.getByLabel('30 minutes before')).toBeChecked();

  await page.getByRole('link', { name: 'Calendar', exact: true }).click();
  await page.getByRole('button', { name: 'Make my address' }).click();
  const address = page.getByRole('status', { name: 'Address' });
  await expect(page.getByRole('heading', { name: 'Your calendar’s address is ready' })).toBeFocused();
  const old = new URL((await address.textContent()) ?? '').pathname;
  await isSound(page, 'a new address');
  await fits(page, 'a new address');
  const fetched = async (path: string) => (await fetch(url() + path)).status;
  expect(await fetched(old)).toBe(200);
  await page.getByRole('button', { name: 'Make a new address' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Make a new address' }).click();
  await expect(address).not.toContainText(old);
  const fresh = new URL((await address.textContent()) ?? '').pathname;
  expect([await fetched(old), await fetched(fresh)]).toEqual([404, 200]);
  await page.reload();
  await expect(page.getByText('It cannot be shown again')).toBeVisible();
  await page.getByRole('button', { name: 'Take it back' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Take it back' }).click();
  await expect(page.getByText('The address is taken back.')).toBeVisible();
  expect(await fetched(fresh)).toBe(404);
});

test('a practitioner sees who came by which link and takes one back; an administrator chooses how people meet', async ({ person }) => {
  const [one, guest, administrator] = [await person(), await person({ viewport: { width: 360, height: 740 } }), await person()];
  const { page } = one;
  const { id } = consultation('in_progress');
  await signIn(one, 'Amina', `/professional/consultations/${id}`);
  const links = page.getByRole('region', { name: 'Others, by a link' });
  await links.getByRole('button', { name: 'Invite somebody' }).click();
  await page.getByLabel('Name (optional)').fill('Yasmine Haddad');
  await page.getByRole('button', { name: 'Make the link' }).click();
  const ready = page.getByRole('dialog', { name: 'The link is ready' });
  const link = (await ready.getByText('/join/').textContent()) ?? '';
  await ready.getByRole('button', { name: 'Close' }).click();
  const row = links.getByRole('listitem').filter({ hasText: 'Yasmine Haddad' });
  await expect(row).toContainText('Nobody has used it yet.');

  await guest.page.goto(new URL(link).pathname);
  await guest.page.getByRole('button', { name: 'Come in' }).click();
  await expect(guest.page.getByText('You see what is said from now on.')).toBeVisible();
  await expect(row).toContainText('In the visit since');
  await isSound(page, 'who was invited');
  await row.getByRole('button', { name: 'Take back the link of Yasmine Haddad' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('they leave it at once');
  await isSound(page, 'the question before a link is taken back');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Take it back' }).click();
  await expect(row).toContainText('Taken back');
  await expect(guest.page.getByRole('heading', { name: 'This link is not good any more' })).toBeVisible();
  await page.setViewportSize({ width: 360, height: 740 });
  await fits(page, 'who was invited');

  await signIn(administrator, 'Hélène', '/organization');
  const video = administrator.page.getByLabel('How your people meet by video');
  await video.selectOption({ label: 'Jitsi' });
  await administrator.page.getByRole('button', { name: 'Save' }).click();
  await expect(administrator.page.getByText('Saved.')).toBeVisible();
  await administrator.page.reload();
  await expect(video).toHaveValue('jitsi');
  await video.selectOption({ label: 'As the installation is set' });
  await administrator.page.getByRole('button', { name: 'Save' }).click();
  await expect(administrator.page.getByText('Saved.')).toBeVisible();
  await administrator.page.reload();
  await expect(video).toHaveValue('');
});
