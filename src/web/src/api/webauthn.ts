/** The JSON of WebAuthn Level 3, turned to and from what browsers of before 2025 take. */

const toBytes = (text: string) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));

function toText(bytes: ArrayBuffer): string {
  const binary = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

interface DescriptorJson {
  id: string;
  type: 'public-key';
  transports?: AuthenticatorTransport[];
}

type BytesAsText<T, K extends keyof T> = Omit<T, K> & Record<K, string>;

export type CreationJson = Omit<PublicKeyCredentialCreationOptions, 'challenge' | 'user' | 'excludeCredentials'> & {
  challenge: string;
  user: BytesAsText<PublicKeyCredentialUserEntity, 'id'>;
  excludeCredentials?: DescriptorJson[];
};

export type RequestJson = Omit<PublicKeyCredentialRequestOptions, 'challenge' | 'allowCredentials'> & {
  challenge: string;
  allowCredentials?: DescriptorJson[];
};

const descriptors = (list: DescriptorJson[] = []) => list.map((known) => ({ ...known, id: toBytes(known.id) }));

/** Passkeys belong to a name: neither an IP address nor a page without TLS (other than localhost) can have any. */
export const hasPasskeys = () =>
  typeof window.PublicKeyCredential === 'function' && !/^[\d.]+$|:/.test(window.location.hostname);

/** Shows the device's own question; null when the person turned it away or nothing fits. */
export async function createPasskey({ excludeCredentials, ...options }: CreationJson): Promise<object | null> {
  const made = await ask(() =>
    navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: toBytes(options.challenge),
        user: { ...options.user, id: toBytes(options.user.id) },
        excludeCredentials: descriptors(excludeCredentials),
      },
    }),
  );
  if (!made) return null;
  const response = made.response as AuthenticatorAttestationResponse;
  return {
    ...outer(made),
    response: {
      clientDataJSON: toText(response.clientDataJSON),
      attestationObject: toText(response.attestationObject),
      transports: response.getTransports?.() ?? [],
    },
  };
}

/** As {@link createPasskey}, for one that exists. */
export async function getPasskey({ allowCredentials, ...options }: RequestJson): Promise<object | null> {
  const found = await ask(() =>
    navigator.credentials.get({
      publicKey: {
        ...options,
        challenge: toBytes(options.challenge),
        allowCredentials: descriptors(allowCredentials),
      },
    }),
  );
  if (!found) return null;
  const response = found.response as AuthenticatorAssertionResponse;
  return {
    ...outer(found),
    response: {
      clientDataJSON: toText(response.clientDataJSON),
      authenticatorData: toText(response.authenticatorData),
      signature: toText(response.signature),
      ...(response.userHandle && { userHandle: toText(response.userHandle) }),
    },
  };
}

const outer = (credential: PublicKeyCredential) => ({
  id: credential.id,
  rawId: toText(credential.rawId),
  type: credential.type,
  authenticatorAttachment: credential.authenticatorAttachment,
  clientExtensionResults: credential.getClientExtensionResults(),
});

/** A device says "not allowed" for turned away, timed out and nothing there alike: on purpose, so we do too. */
async function ask(question: () => Promise<Credential | null>): Promise<PublicKeyCredential | null> {
  try {
    return (await question()) as PublicKeyCredential | null;
  } catch (reason) {
    if (reason instanceof DOMException && (reason.name === 'NotAllowedError' || reason.name === 'AbortError'))
      return null;
    throw reason;
  }
}
