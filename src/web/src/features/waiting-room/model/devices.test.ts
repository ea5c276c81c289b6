import { expect, test } from 'vitest';
import { faultOf } from './devices';

test('a camera that is shut, gone or taken is said apart', () => {
  const faults = ['NotAllowedError', 'NotFoundError', 'NotReadableError'].map((name) =>
    faultOf(new DOMException('', name)),
  );
  expect(faults).toEqual(['refused', 'missing', 'busy']);
  expect(faultOf(new Error('anything'))).toBe('unsupported');
});
