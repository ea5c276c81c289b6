import { expect, type Page } from '@playwright/test';
import { watchConnections } from '../devices';
import { type Person, signIn } from '../people';

type Watched = typeof window & { connections: RTCPeerConnection[] };

export const control = (page: Page, name: string | RegExp) => page.getByRole('toolbar').getByRole('button', { name });

/** Into the visit's page, with an eye on its connections. */
export async function arrive(person: Person, name: string, id: string) {
  await watchConnections(person);
  await signIn(person, name, `/consultations/${id}`);
  await expect(person.page.getByRole('region', { name: 'Call' }).or(person.page.getByRole('button', { name: /^(Start the|Call again|Join with)/ })).first()).toBeVisible();
}

export const begin = (page: Page) => page.getByRole('button', { name: /^(Start the video call|Call again)$/ }).click();
export const answer = (page: Page) => page.getByRole('alertdialog').getByRole('button', { name: 'Answer with picture' });

export async function hangUp(...pages: Page[]) {
  await control(pages[0] as Page, 'Hang up').click();
  for (const page of pages) await expect(page.getByText('The call has ended.', { exact: false })).toBeVisible();
}

/** What each connection that stands has brought so far; `sound`: seconds times loudness, which silence does not add to. */
const brought = (page: Page) =>
  page.evaluate(async () => {
    const found = [];
    for (const connection of (window as Watched).connections) {
      if (connection.connectionState !== 'connected') continue;
      const sum = { packets: 0, sound: 0, frames: 0, width: 0 };
      for (const [, { type, kind, packetsReceived = 0, totalAudioEnergy = 0, framesDecoded = 0, frameWidth = 0 }] of await connection.getStats()) {
        if (type !== 'inbound-rtp') continue;
        if (kind === 'audio') {
          sum.packets += packetsReceived;
          sum.sound += totalAudioEnergy;
        } else {
          sum.frames += framesDecoded;
          sum.width = frameWidth;
        }
      }
      found.push(sum);
    }
    return found;
  });

/** From each of so many others sound that can be heard comes in and rises, and frames are decoded. */
export async function flows(page: Page, { others = 1, picture = true, sound = true } = {}) {
  const before = await brought(page);
  await expect
    .poll(
      async () => {
        const now = await brought(page);
        return (
          now.length === others &&
          now.every(({ packets, sound: heard, frames }, i) => {
            const was = before.length === others ? before[i] : undefined;
            const more = (is: number, before = 0, least = 0) => is > before + least;
            return (!sound || (more(packets, was?.packets, 10) && more(heard, was?.sound))) && (!picture || more(frames, was?.frames, 5));
          })
        );
      },
      { message: `sound${picture ? ' and picture' : ''} of ${others}` },
    )
    .toBe(true);
}

/** Frames decoded so far, of all connections. */
export const frames = async (page: Page) => (await brought(page)).reduce((sum, one) => sum + one.frames, 0);
export const packets = async (page: Page) => (await brought(page)).reduce((sum, one) => sum + one.packets, 0);
export const width = async (page: Page) => (await brought(page)).at(-1)?.width ?? 0;

/** When (milliseconds since 1970, the machine's clock) the page has decoded its first frame, by a connection that is made from now on; or by any, in a page that is new. */
export const firstFrame = (page: Page, isNew = false): Promise<number> =>
  page.evaluate(async (any) => {
    const known = any ? 0 : (window as Watched).connections.length;
    for (;;) {
      for (const connection of (window as Watched).connections.slice(known))
        for (const receiver of connection.getReceivers())
          if (receiver.track.kind === 'video')
            for (const [, { type, framesDecoded = 0 }] of await receiver.getStats()) if (type === 'inbound-rtp' && framesDecoded > 0) return Date.now();
      await new Promise((later) => setTimeout(later, 10));
    }
  }, isNew);
