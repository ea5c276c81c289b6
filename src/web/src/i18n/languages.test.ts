import { expect, test } from 'vitest';
import { en as accountEn } from './account/en';
import { es as accountEs } from './account/es';
import { fr as accountFr } from './account/fr';
import { en as adminEn } from './admin/en';
import { es as adminEs } from './admin/es';
import { fr as adminFr } from './admin/fr';
import { en as coreEn } from './en';
import { es as coreEs } from './es';
import { fr as coreFr } from './fr';
import { en as patientEn } from './patient/en';
import { es as patientEs } from './patient/es';
import { fr as patientFr } from './patient/fr';
import { en as practiceEn } from './practice/en';
import { es as practiceEs } from './practice/es';
import { fr as practiceFr } from './practice/fr';

const en = { ...coreEn, ...accountEn, ...adminEn, ...patientEn, ...practiceEn };
const fr = { ...coreFr, ...accountFr, ...adminFr, ...patientFr, ...practiceFr };
const es = { ...coreEs, ...accountEs, ...adminEs, ...patientEs, ...practiceEs };
type Words = Record<keyof typeof en, string>;

const slots = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort();

test.each([
  ['French', fr],
  ['Spanish', es],
] as const)('%s names the same things in every sentence as English', (_, words: Words) => {
  for (const key of Object.keys(en) as (keyof Words)[]) expect(slots(words[key]), key).toEqual(slots(en[key]));
});

test.each([
  ['French', fr],
  ['Spanish', es],
] as const)('%s leaves no sentence empty', (_, words: Words) => {
  expect(Object.values(words).filter((text) => !text.trim())).toEqual([]);
});

test('no screen takes a key that another group of words has', () => {
  expect(Object.keys(accountEn).filter((key) => key in coreEn)).toEqual([]);
  expect(Object.keys(adminEn).filter((key) => key in coreEn || key in accountEn)).toEqual([]);
  expect(Object.keys(patientEn).filter((key) => key in coreEn || key in accountEn || key in adminEn)).toEqual([]);
  expect(
    Object.keys(practiceEn).filter((key) => key in coreEn || key in accountEn || key in adminEn || key in patientEn),
  ).toEqual([]);
});
