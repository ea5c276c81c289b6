// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest';
import { createPasskey, getPasskey, hasPasskeys } from './webauthn';

const bytes = (...values: number[]) => new Uint8Array(values).buffer;

/** A browser whose device answers as told. */
function device(answer: unknown) {
  const asked = vi.fn(async (_: CredentialCreationOptions & CredentialRequestOptions) => {
    if (answer instanceof DOMException) throw answer;
    return answer;
  });
  vi.stubGlobal('navigator', { credentials: { create: asked, get: asked } });
  return asked;
}

afterEach(() => vi.unstubAllGlobals());

const outer = {
  id: 'AQI',
  rawId: bytes(1, 2),
  type: 'public-key',
  authenticatorAttachment: null,
  getClientExtensionResults: () => ({}),
};
const creation = {
  challenge: '-_8',
  rp: { id: 'care.example', name: 'Colloque' },
  user: { id: 'AQ', name: 'nadia', displayName: 'Nadia' },
  pubKeyCredParams: [{ type: 'public-key' as const, alg: -7 }],
  excludeCredentials: [{ type: 'public-key' as const, id: 'Aw' }],
};

test('what the server writes as text reaches the device as bytes, and what the device answers goes back as text', async () => {
  const response = { clientDataJSON: bytes(251, 255), attestationObject: bytes(0), getTransports: () => ['internal'] };
  const asked = device({ ...outer, response });
  const made = await createPasskey(creation);
  const given = asked.mock.calls[0]?.[0].publicKey as PublicKeyCredentialCreationOptions;
  expect([...(given.challenge as Uint8Array)]).toEqual([251, 255]);
  expect([...(given.user.id as Uint8Array)]).toEqual([1]);
  expect(given.excludeCredentials?.map(({ id }) => [...(id as Uint8Array)])).toEqual([[3]]);
  expect(made).toMatchObject({
    rawId: 'AQI',
    response: { clientDataJSON: '-_8', attestationObject: 'AA', transports: ['internal'] },
  });
});

test('a passkey that says whose it is says so to the server too', async () => {
  const response = { clientDataJSON: bytes(1), authenticatorData: bytes(2), signature: bytes(3), userHandle: bytes(4) };
  device({ ...outer, response });
  expect(await getPasskey({ challenge: 'AQ' })).toMatchObject({ response: { signature: 'Aw', userHandle: 'BA' } });
});

test('a question that was turned away is an answer, not a failure', async () => {
  device(new DOMException('', 'NotAllowedError'));
  expect(await getPasskey({ challenge: 'AQ' })).toBeNull();
  expect(await createPasskey(creation)).toBeNull();
});

test('a device that holds a passkey already says so', async () => {
  device(new DOMException('', 'InvalidStateError'));
  await expect(createPasskey(creation)).rejects.toThrow(DOMException);
});

test('an address of numbers can have no passkeys', () => {
  vi.stubGlobal('PublicKeyCredential', class {});
  expect(hasPasskeys()).toBe(true);
  vi.stubGlobal('location', { hostname: '192.0.2.7' });
  expect(hasPasskeys()).toBe(false);
  vi.stubGlobal('location', { hostname: '[2001:db8::1]' });
  expect(hasPasskeys()).toBe(false);
});
