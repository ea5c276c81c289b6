// Verifies an access token with npm's jose. In: {keys, token, issuer, audience} on stdin. Out: {header, claims} or {refused}.
import { text } from 'node:stream/consumers';
import { createLocalJWKSet, jwtVerify } from 'jose';

const { keys, token, issuer, audience } = JSON.parse(await text(process.stdin));
try {
  const { protectedHeader, payload } = await jwtVerify(token, createLocalJWKSet(keys), { issuer, audience, typ: 'at+jwt', algorithms: ['ES256'] });
  console.log(JSON.stringify({ header: protectedHeader, claims: payload }));
} catch (error) {
  console.log(JSON.stringify({ refused: error.code }));
}
