import { call, expect, line, signIn, test, tokenOf, user } from './people';
import { fits, isSound } from './sound';

/** A microphone that hears a tone; `window.shut` makes the browser refuse it. */
function microphone() {
  const page = window as unknown as { shut?: boolean };
  navigator.mediaDevices.getUserMedia = async () => {
    if (page.shut) throw new DOMException('no', 'NotAllowedError');
    const context = new AudioContext();
    const tone = context.createOscillator();
    const ear = context.createMediaStreamDestination();
    tone.connect(ear);
    tone.start();
    return ear.stream;
  };
}

test('a voice is recorded, heard and sent by keyboard alone, and the other one hears any part of it', async ({ person }) => {
  const [doctor, patient] = [await person(), await person({ viewport: { width: 360, height: 740 } })];
  await patient.context.addInitScript(microphone);
  const { id } = await call('POST', '/api/conversations', await tokenOf('Nadia'), { userId: user('Amina').id });
  await signIn(doctor, 'Amina', `/professional/chat/${id}`);
  await signIn(patient, 'Nadia', `/patient/chat/${id}`);
  const { page } = patient;
  await page.getByRole('button', { name: 'Record a voice message' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/Your browser will ask/)).toBeVisible();
  await isSound(page, 'why the microphone is asked for');
  await expect(page.getByRole('button', { name: 'Continue' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('0:01', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Stop and listen' })).toBeFocused();
  await fits(page, 'a recording');
  await page.keyboard.press('Escape');
  const taken = page.locator('form');
  await expect(taken.getByRole('slider', { name: 'Position in the voice message' })).toHaveAttribute('aria-valuetext', /^0:00 of 0:0[1-9]$/);
  await isSound(page, 'a recording to listen to');
  await expect(taken.getByRole('button', { name: 'Send', exact: true }).last()).toBeFocused();
  await page.keyboard.press('Enter');

  const mine = page.getByRole('article').filter({ has: page.getByRole('slider') });
  await expect(mine.getByText(/^(Delivered|Read)/)).toBeVisible();
  const theirs = doctor.page.getByRole('article').filter({ has: doctor.page.getByRole('slider') });
  const place = theirs.getByRole('slider', { name: 'Position in the voice message' });
  await expect(place).toHaveAttribute('aria-valuetext', /^0:00 of 0:0[1-9]$/);
  await theirs.getByRole('button', { name: 'Listen to the voice message' }).click();
  await expect.poll(() => theirs.locator('audio').evaluate((sound: HTMLAudioElement) => sound.currentTime)).toBeGreaterThan(0.2);
  await place.focus();
  await doctor.page.keyboard.press('ArrowRight');
  await expect.poll(() => place.inputValue().then(Number)).toBeLessThan(0.2);
  await expect(theirs.getByRole('button', { name: 'Listen to the voice message' })).toBeVisible();
  await isSound(doctor.page, 'a voice message');

  await page.evaluate(() => Object.assign(window, { shut: true }));
  await page.getByRole('button', { name: 'Record a voice message' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'does not let Colloque use the microphone' })).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('textbox', { name: /Your message to/ })).toBeFocused();
  await expect(line(page, 'microphone')).toHaveCount(0);
});
