import { type SignName, signs } from './signs';

/** Signs of a code, of six bits each. */
const length = 8;

/**
 * Rounds of the derivation. Somebody in the middle has to find two keys of their own for which both people see the same code. Against 48 bits that takes some
 * 2^24 keys on each side, which plain SHA-256 makes in a second; with each try this dear, it takes days of computing while the call is being set up.
 */
const rounds = 200_000;
const purpose = new TextEncoder().encode('colloque safety code 1');

/**
 * What both people of a connection see alike if, and only if, nobody sits between them: from the fingerprints of both DTLS certificates,
 * which their browsers hold the encryption to (PBKDF2-HMAC-SHA-256 over the sorted fingerprints).
 */
export async function safetyCode(mine: readonly string[], theirs: readonly string[]): Promise<readonly SignName[]> {
  // Each side's fingerprints stay together: one certificate more on one side is another code.
  const sides = [mine, theirs].map((side) => [...side].sort().join('\n')).sort();
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(sides.join('\n\n')), 'PBKDF2', false, [
    'deriveBits',
  ]);
  const bits = await crypto.subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', salt: purpose, iterations: rounds },
    key,
    length * 6,
  );
  return signsOf(new Uint8Array(bits));
}

function signsOf(bytes: Uint8Array): SignName[] {
  let left = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return Array.from({ length }, () => {
    const sign = signs[Number(left & 63n)];
    left >>= 6n;
    return sign?.[0] ?? 'dog';
  });
}
