// An authenticator in software: makes and uses passkeys (ES256, attestation "none") and, unlike a real one, lies when asked to.
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const sha256 = (bytes) => createHash('sha256').update(bytes).digest();
const text = (bytes) => Buffer.from(bytes).toString('base64url');
const uint32 = (n) => { const b = Buffer.alloc(4); b.writeUInt32BE(n); return b; };
const uint16 = (n) => { const b = Buffer.alloc(2); b.writeUInt16BE(n); return b; };

/** CBOR (RFC 8949) of integers, byte strings, text and maps: all that an attestation needs. */
export function cbor(value) {
  const head = (major, n) => (n < 24 ? Buffer.from([(major << 5) | n]) : n < 256 ? Buffer.from([(major << 5) | 24, n]) : Buffer.concat([Buffer.from([(major << 5) | 25]), uint16(n)]));
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([k, v]) => [cbor(k), cbor(v)])]);
}

/** Present, verified, may be copied, was copied. */
export const flags = { UP: 1, UV: 4, BE: 8, BS: 16, AT: 64 };

export class Authenticator {
  constructor(origin) {
    this.origin = origin;
    this.rpId = new URL(origin).hostname;
    this.id = randomBytes(32);
    this.count = 0;
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.key = privateKey;
    this.jwk = publicKey.export({ format: 'jwk' });
  }

  /** Answers creation options; `lie` replaces whatever it names. */
  create(options, lie = {}) {
    this.userHandle = options.user.id;
    const cose = this.cose ?? cbor(new Map([[1, 2], [3, -7], [-1, 1], [-2, Buffer.from(this.jwk.x, 'base64url')], [-3, Buffer.from(this.jwk.y, 'base64url')]]));
    const authData = Buffer.concat([this.#head(flags.AT, lie), Buffer.alloc(16), uint16(this.id.length), this.id, cose]);
    return {
      id: text(this.id),
      rawId: text(this.id),
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: text(this.#clientData('webauthn.create', options.challenge, lie)),
        attestationObject: text(cbor(new Map([['fmt', 'none'], ['attStmt', new Map()], ['authData', authData]]))),
        transports: ['internal'],
      },
    };
  }

  /** Answers request options. */
  get(options, lie = {}) {
    this.count += 1;
    const authData = this.#head(0, lie);
    const clientData = this.#clientData('webauthn.get', options.challenge, lie);
    return {
      id: text(this.id),
      rawId: text(this.id),
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: text(clientData),
        authenticatorData: text(authData),
        signature: text(sign('sha256', Buffer.concat([authData, sha256(clientData)]), lie.key ?? this.key)),
        ...('userHandle' in lie ? (lie.userHandle === null ? {} : { userHandle: lie.userHandle }) : { userHandle: this.userHandle }),
      },
    };
  }

  #head(more, lie) {
    return Buffer.concat([sha256(lie.rpId ?? this.rpId), Buffer.from([(lie.flags ?? flags.UP | flags.UV) | more]), uint32(lie.count ?? this.count)]);
  }

  #clientData(type, challenge, lie) {
    return Buffer.from(JSON.stringify({ type: lie.type ?? type, challenge: lie.challenge ?? challenge, origin: lie.origin ?? this.origin, crossOrigin: lie.crossOrigin ?? false }));
  }
}
