// A sign-on provider as an institution runs one, which can be told to misbehave. It gives codes to whoever asks; the test is the person's browser.
import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export const clientId = 'colloque-test';
export const clientSecret = 'a secret & its /+ signs';

async function newKey(algorithm) {
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const kid = randomUUID();
  return { algorithm, privateKey, kid, jwk: { ...(await exportJWK(publicKey)), kid, use: 'sig', alg: algorithm } };
}

export async function startProvider({ algorithm = 'RS256' } = {}) {
  const grants = new Map();
  const provider = { key: await newKey(algorithm), published: [], discoveries: 0, down: false };
  provider.published.push(provider.key.jwk);
  provider.rotate = async () => {
    provider.key = await newKey(algorithm);
    provider.published = [provider.key.jwk];
  };

  /** What an ID token says unless the test says otherwise. */
  provider.claims = (nonce, more) => ({
    iss: provider.url, aud: clientId, sub: 'subject-1', nonce, iat: Math.floor(Date.now() / 1000), exp: Math.floor(Date.now() / 1000) + 300, email: 'amina.rahal@tilleuls.example', email_verified: true, ...more,
  });
  provider.sign = (claims, { key = provider.key, header = {} } = {}) => new SignJWT(claims).setProtectedHeader({ alg: key.algorithm, kid: key.kid, typ: 'JWT', ...header }).sign(key.privateKey);

  /** The person agrees: a code for this authorization request, and the token it will be exchanged for. */
  provider.agree = (location, makeToken) => {
    const request = new URL(location).searchParams;
    const code = randomUUID();
    grants.set(code, { challenge: request.get('code_challenge'), redirectUri: request.get('redirect_uri'), token: makeToken(request.get('nonce')) });
    return { code, state: request.get('state') };
  };

  const server = createServer(async (request, response) => {
    const answer = (status, body) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (provider.down) return answer(503, {});
    switch (request.url) {
      case '/.well-known/openid-configuration':
        provider.discoveries++;
        return answer(200, {
          issuer: provider.issuer ?? provider.url, authorization_endpoint: `${provider.url}/authorize`, token_endpoint: `${provider.url}/token`, jwks_uri: `${provider.url}/keys`,
          response_types_supported: ['code'], token_endpoint_auth_methods_supported: ['client_secret_basic'],
        });
      case '/keys':
        return answer(200, { keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'AAAA' }, ...provider.published] });
      case '/token': {
        const chunks = [];
        for await (const chunk of request) chunks.push(chunk);
        const form = new URLSearchParams(Buffer.concat(chunks).toString());
        const grant = grants.get(form.get('code'));
        grants.delete(form.get('code'));
        const form_ = (text) => encodeURIComponent(text).replaceAll('%20', '+');
        const client = Buffer.from((request.headers.authorization ?? '').replace('Basic ', ''), 'base64').toString();
        const proven = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url');
        if (client !== `${form_(clientId)}:${form_(clientSecret)}`) return answer(401, { error: 'invalid_client' });
        if (!grant || grant.challenge !== proven || grant.redirectUri !== form.get('redirect_uri')) return answer(400, { error: 'invalid_grant' });
        return answer(200, { access_token: 'none', token_type: 'Bearer', id_token: await grant.token });
      }
      default:
        return answer(404, {});
    }
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  provider.url = `http://127.0.0.1:${server.address().port}`;
  provider.stop = () => new Promise((stopped) => {
    server.close(stopped);
    server.closeAllConnections();
  });
  return provider;
}
