import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';

const folder = () => join(process.env.COLLOQUE_DATA ?? '', 'mail');

/** Quoted-printable and base64 parts, as plain text enough to find a link in. */
function readable(mail: string): string {
  const unfolded = mail.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  const encoded = mail.match(/(?:^[A-Za-z0-9+/]{40,}={0,2}\r?\n?)+/gm) ?? [];
  return unfolded + encoded.map((part) => Buffer.from(part, 'base64').toString('utf8')).join('\n');
}

const mailsTo = (address: string) =>
  readdirSync(folder())
    .filter((name) => name.endsWith('.eml'))
    .sort()
    .map((name) => ({ name, text: readable(readFileSync(join(folder(), name), 'utf8')) }))
    .filter(({ text }) => text.includes(address));

/** The path, with its token, that the newest mail of a kind leads to; waits until there is one. */
export async function linkTo(address: string, path: string): Promise<string> {
  const found = () => mailsTo(address).reverse().map(({ text }) => text.match(new RegExp(`${path}#[\\w-]+`))?.[0]).find(Boolean);
  await expect.poll(found, { timeout: 20_000 }).toBeTruthy();
  return found() ?? '';
}

/** How many mails have reached an address. */
export const mailCount = (address: string) => mailsTo(address).length;
