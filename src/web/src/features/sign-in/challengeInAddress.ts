import type { Challenge } from '../../api/session';

const known = ['totp', 'recovery', 'passkey'] as const;

/** An institution's sign-on leads back with what is still asked for behind #, so that no log has it; null when nothing is. */
export function challengeInAddress(): Challenge | null {
  const said = new URLSearchParams(window.location.hash.slice(1));
  const challenge = said.get('challenge');
  const methods = known.filter((method) => said.get('methods')?.split(',').includes(method));
  return challenge && methods.length > 0 ? { challenge, methods } : null;
}
