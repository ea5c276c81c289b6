import { readFile } from 'node:fs/promises';
import { call, composer, consultation, enterRoom, expect, line, said, test, tokenOf, unique, write } from './people';

const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const report = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

test('two people talk: each sees that the other is there, writes, and has read', async ({ person }) => {
  const { id } = consultation('in_progress');
  const [doctor, patient] = [await person(), await person()];
  await enterRoom(doctor, 'Amina', id);
  await expect(doctor.page.getByText('is not here at the moment')).toBeVisible();
  await enterRoom(patient, 'Nadia', id);
  await expect(doctor.page.getByText('is here', { exact: true })).toBeVisible();

  await composer(patient.page).pressSequentially('Good');
  await expect(doctor.page.getByText('is writing…')).toBeVisible();
  const question = unique('Good morning');
  await write(patient.page, question);
  await expect(line(doctor.page, question)).toBeVisible();

  const answer = unique('How are you');
  await doctor.page.bringToFront();
  await write(doctor.page, answer);
  await expect(line(patient.page, answer)).toBeVisible();
  await patient.page.bringToFront();
  await expect(line(doctor.page, answer).getByText(/^Read/)).toBeVisible();
});

test('a message reaches an open page that nobody looks at as delivered, not as read', async ({ person }) => {
  const { id } = consultation('in_progress');
  const [doctor, patient] = [await person(), await person()];
  await enterRoom(patient, 'Nadia', id);
  await patient.page.evaluate(() => {
    Object.defineProperty(document, 'hasFocus', { value: () => false, configurable: true });
    window.dispatchEvent(new Event('blur'));
  });
  await enterRoom(doctor, 'Amina', id);
  const text = unique('Are you there');
  await write(doctor.page, text);
  await expect(line(doctor.page, text).getByText('Delivered', { exact: true })).toBeVisible();
  await patient.page.evaluate(() => {
    Object.defineProperty(document, 'hasFocus', { value: () => true, configurable: true });
    window.dispatchEvent(new Event('focus'));
  });
  await expect(line(doctor.page, text).getByText(/^Read/)).toBeVisible();
});

test('a change, a sign and a deletion reach the other side', async ({ person }) => {
  const { id } = consultation('in_progress');
  const [doctor, patient] = [await person(), await person()];
  await enterRoom(doctor, 'Amina', id);
  await enterRoom(patient, 'Nadia', id);
  const text = unique('Twice a day');
  await write(doctor.page, text);
  const theirs = line(patient.page, text);
  await expect(theirs).toBeVisible();

  await theirs.hover();
  await theirs.getByRole('button', { name: 'Actions for this message' }).click();
  await patient.page.getByRole('menuitem', { name: 'Answer with 👍' }).click();
  await expect(line(doctor.page, text).getByRole('button', { name: '👍, 1 person' })).toBeVisible();

  const mine = line(doctor.page, text);
  await mine.hover();
  await mine.getByRole('button', { name: 'Actions for this message' }).click();
  await doctor.page.getByRole('menuitem', { name: 'Edit' }).click();
  await composer(doctor.page).fill(`${text}, with water`);
  await composer(doctor.page).press('Enter');
  await expect(line(patient.page, `${text}, with water (edited)`)).toBeVisible();

  await mine.hover();
  await mine.getByRole('button', { name: 'Actions for this message' }).click();
  await doctor.page.getByRole('menuitem', { name: 'Delete' }).click();
  const question = doctor.page.getByRole('alertdialog');
  await expect(question).toContainText(text);
  await question.getByRole('button', { name: 'Delete' }).click();
  await expect(line(patient.page, text)).toHaveCount(0);
  await expect(line(patient.page, 'Message deleted').last()).toBeVisible();
});

test('a file goes both ways and arrives as it left', async ({ person }) => {
  const { id } = consultation('in_progress');
  const [doctor, patient] = [await person(), await person()];
  await enterRoom(doctor, 'Amina', id);
  await enterRoom(patient, 'Nadia', id);
  const attach = async (page: typeof doctor.page, name: string, mimeType: string, buffer: Buffer) => {
    await page.locator('input[type=file]').setInputFiles({ name, mimeType, buffer });
    await page.getByRole('button', { name: 'Send', exact: true }).click();
  };

  await attach(patient.page, 'wound.png', 'image/png', picture);
  await expect(doctor.page.getByRole('button', { name: 'Enlarge the picture wound.png' }).last()).toBeVisible();

  await attach(doctor.page, 'report.pdf', 'application/pdf', report);
  const button = patient.page.getByRole('button', { name: /Download report.pdf/ }).last();
  const downloading = patient.page.waitForEvent('download');
  await button.click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('report.pdf');
  expect(await readFile(await download.path())).toEqual(report);
});

test('a file that is not what its name says is refused in words', async ({ person }) => {
  const one = await person();
  await enterRoom(one, 'Nadia', consultation('in_progress').id);
  const input = one.page.locator('input[type=file]');
  await input.setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: Buffer.from('not a picture at all, though it says so') });
  await one.page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(one.page.getByText('The content of a file is not what its name says.')).toBeVisible();
  await input.setInputFiles({ name: 'run.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') });
  await expect(one.page.getByText('This kind of file cannot be sent.')).toBeVisible();
});

test('a long history is read page by page and keeps its place', async ({ person }) => {
  const { id } = consultation('in_progress');
  const one = await person();
  await enterRoom(one, 'Nadia', id);
  const mark = unique('history');
  const token = await tokenOf('Nadia');
  for (let i = 1; i <= 52; i++) await call('POST', `/api/conversations/${id}/messages`, token, { content: `${mark} ${String(i).padStart(2, '0')}` });
  await expect(line(one.page, `${mark} 52`).getByText(/^(Sent|Delivered|Read)/)).toBeVisible();
  await one.page.reload();
  await expect(line(one.page, `${mark} 52`)).toBeVisible();
  await line(one.page, `${mark} 52`).focus();
  // Line by line, past the edge of what came first; what stands before is nobody's here.
  await expect(async () => {
    for (let i = 0; i < 5; i++) await one.page.keyboard.press('ArrowUp');
    await expect(line(one.page, `${mark} 01`)).toBeVisible({ timeout: 100 });
  }).toPass({ intervals: [50] });
  const shown = await said(one.page, mark);
  expect(shown).toEqual([...shown].sort());
  await one.page.getByRole('button', { name: 'Newest messages' }).click();
  await expect(line(one.page, `${mark} 52`)).toBeInViewport();
});
