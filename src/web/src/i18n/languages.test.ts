import { expect, test } from 'vitest';
import { en, type Messages } from './en';
import { es } from './es';
import { fr } from './fr';

const slots = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort();

test.each([
  ['French', fr],
  ['Spanish', es],
] as const)('%s names the same things in every sentence as English', (_, words: Messages) => {
  for (const key of Object.keys(en) as (keyof Messages)[]) expect(slots(words[key]), key).toEqual(slots(en[key]));
});

test.each([
  ['French', fr],
  ['Spanish', es],
] as const)('%s leaves no sentence empty', (_, words: Messages) => {
  expect(Object.values(words).filter((text) => !text.trim())).toEqual([]);
});
