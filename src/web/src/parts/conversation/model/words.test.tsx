import i18next from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import { chooseLanguage, startLanguage, withWords } from '../../../i18n';
import type { Conversation } from '../../../realtime/events';
import { message } from '../../../testing/messages';
import { subjectName } from '../people';
import { inOneLine } from './words';

const deputy = '0199a0b2-0000-7000-8000-000000000001';
const conversation = {
  participants: [
    { id: 'nadia', name: 'Nadia Benali', title: null },
    { id: deputy, name: 'Salma Idrissi', title: 'Dr' },
  ],
} as unknown as Conversation;

beforeAll(async () => {
  await startLanguage();
  await withWords('room', async () => undefined);
});

const said = (text: string, senderId = 'nadia', within: Conversation | null = conversation) => {
  const one = message(1, { kind: 'system', text, senderId });
  return inOneLine(i18next.t, one, 'Dr Rahal', subjectName(within, one));
};

test('what the product says names whom it speaks of by its participants, in each language', async () => {
  await chooseLanguage('en');
  expect(said(`joined:${deputy}`)).toBe('Dr Rahal: Dr Salma Idrissi was asked in');
  expect(said(`left:${deputy}`)).toBe('Dr Rahal: Dr Salma Idrissi is no longer in the conversation');
  expect(said(`left:${deputy}`, deputy)).toBe('Dr Rahal: left the conversation');
  expect(said(`deputy:${deputy}`)).toBe(
    'An urgent message found no answer: Dr Salma Idrissi now follows the conversation',
  );
  for (const language of ['fr', 'en', 'es'] as const) {
    await chooseLanguage(language);
    for (const word of ['joined', 'left', 'deputy']) expect(said(`${word}:${deputy}`)).toContain('Dr Salma Idrissi');
    expect(said('archived')).not.toMatch(/system|Rahal/);
  }
});

test('whom it does not know it does not name, nor does it show an id or a word it has never heard', async () => {
  await chooseLanguage('en');
  for (const word of [
    `joined:${deputy}`,
    `left:${deputy}`,
    `deputy:${deputy}`,
    'joined',
    'left',
    'unheard',
    `unheard:${deputy}`,
  ])
    expect(said(word, 'nadia', null)).not.toMatch(/0199|system|unheard|\{|undefined|null/);
});
