import { expect, test } from 'vitest';
import { digitsOf, looksLikeEmail, passwordFault } from './fields';

test('a password is measured as the server measures it', () => {
  expect(passwordFault('')).toBe('missing');
  expect(passwordFault('sept777')).toBe('short');
  expect(passwordFault('huit8888')).toBeNull();
  expect(passwordFault('x'.repeat(256))).toBeNull();
  expect(passwordFault('x'.repeat(257))).toBe('long');
});

test('spaces and words of any script are as good as signs', () => {
  expect(passwordFault('un chat dort')).toBeNull();
  expect(passwordFault('пароль да')).toBeNull();
  expect(passwordFault('🙂🙂🙂🙂🙂🙂🙂')).toBe('short');
});

test('a code may be typed or pasted in any grouping', () => {
  expect(digitsOf('123 456')).toBe('123456');
  expect(digitsOf('12-34-56-78')).toBe('123456');
});

test('a slip in an address is caught, an unusual address is not', () => {
  expect(looksLikeEmail('nadia@example')).toBe(false);
  expect(looksLikeEmail('nadia example.org')).toBe(false);
  expect(looksLikeEmail(" d'arc+visites@hôpital.example.fr ")).toBe(true);
});
