// @vitest-environment jsdom
import { beforeAll, expect, test } from 'vitest';
import { chooseLanguage, startLanguage } from '../../../i18n';
import { leadInWords, reminderChoices } from './reminders';

beforeAll(async () => {
  await startLanguage();
  await chooseLanguage('en');
});

test('whoever has chosen an unusual time finds it among the others', () => {
  expect(reminderChoices([45, 60])).toEqual([10_080, 2_880, 1_440, 120, 60, 45, 30, 15]);
});

test('a lead is said in the largest unit that it fills', () => {
  expect([10_080, 1_440, 120, 60, 90, 5].map(leadInWords)).toEqual([
    '7 days',
    '1 day',
    '2 hours',
    '1 hour',
    '90 minutes',
    '5 minutes',
  ]);
});
