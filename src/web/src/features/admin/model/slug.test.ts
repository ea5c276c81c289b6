import { expect, test } from 'vitest';
import { slugOf } from './slug';

test.each([
  ['Clinique des Tilleuls', 'clinique-des-tilleuls'],
  ['Santé & Égalité', 'sante-egalite'],
  ['  — ', ''],
  [`${'a'.repeat(59)} b`, 'a'.repeat(59)],
])('"%s" is short for "%s"', (name, slug) => expect(slugOf(name)).toBe(slug));
