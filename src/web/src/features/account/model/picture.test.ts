import { expect, test } from 'vitest';
import { fitted } from './picture';

test('a large picture is made to fit and keeps its shape', () => {
  expect(fitted(4000, 3000)).toEqual({ width: 1024, height: 768 });
  expect(fitted(3000, 4000)).toEqual({ width: 768, height: 1024 });
});

test('a small picture is never made larger', () => {
  expect(fitted(40, 30)).toEqual({ width: 40, height: 30 });
});

test('a picture as thin as a hair keeps a pixel', () => {
  expect(fitted(9000, 1)).toEqual({ width: 1024, height: 1 });
});
