import { expect, test } from 'vitest';
import { excerpt, heard, linesOf, noSearch } from './search';

async function* inPieces(...pieces: string[]) {
  yield* pieces;
}

test('lines are whole, however the stream was cut', async () => {
  const lines: string[] = [];
  for await (const line of linesOf(inPieces('{"a"', ':1}\n{"b":2}\n{"c', '":3}'))) lines.push(line);
  expect(lines).toEqual(['{"a":1}', '{"b":2}', '{"c":3}']);
});

test('a short text is shown whole, with what was found marked', () => {
  expect(excerpt('Deux fois par jour', [{ start: 5, length: 4 }])).toEqual([
    { text: 'Deux ', hit: false },
    { text: 'fois', hit: true },
    { text: ' par jour', hit: false },
  ]);
});

test('of a long text the part around the first hit is shown', () => {
  const text = `${'avant '.repeat(60)}dose ${'après '.repeat(60)}`;
  const pieces = excerpt(text, [{ start: text.indexOf('dose'), length: 4 }]);
  expect(pieces[0]?.text).toBe('…');
  expect(pieces.at(-1)?.text).toBe('…');
  expect(pieces.find(({ hit }) => hit)?.text).toBe('dose');
  expect(pieces.map(({ text: piece }) => piece).join('').length).toBeLessThan(210);
});

test('a search ends with where another goes on', () => {
  const under = { ...noSearch, status: 'running' as const };
  expect(heard(under, { scanned: 10 }, 5)).toMatchObject({ scanned: 15, status: 'running' });
  expect(heard(under, { scanned: 20, end: true, nextCursor: 'x' })).toMatchObject({ status: 'done', next: 'x' });
  expect(heard(under, { scanned: 20, end: true })).toMatchObject({ status: 'done', next: null });
});
