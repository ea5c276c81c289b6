// The product and a coturn with the rules of deploy/coturn.conf: who is let in, and that nobody gets from there into the network around it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startCoturn } from '../support/coturn.mjs';
import { startServer, temporaryFolder, until } from '../support/own-server.mjs';
import { credentialOf, wayTo } from '../support/stun.mjs';

const secret = 'a secret of the relay alone, of 32 characters and more';
const now = () => Math.floor(Date.now() / 1000);
const good = () => credentialOf(secret, 'somebody', now() + 600);
let coturn;

before(async () => { coturn = await startCoturn(secret); });
after(() => coturn.end());

test('a credential of the product lets its person in, by UDP, TCP and TLS, and the product says that this coturn is too old', async (t) => {
  const server = await startServer(temporaryFolder(t), {
    Rooms__Provider: 'peer', Turn__Urls__0: `turn:127.0.0.1:${coturn.port}`, Turn__Urls__1: `turn:127.0.0.1:${coturn.port}?transport=tcp`,
    Turn__Urls__2: `turns:127.0.0.1:${coturn.tlsPort}`, Turn__Secret: secret,
  });
  try {
    const get = async (path, token) => (await fetch(server.url + path, { headers: { authorization: `Bearer ${token}` } })).json();
    const tokenOf = async (passes) => {
      const { email, password } = server.demo.users.find(passes);
      return (await server.post('/api/auth/login', { email, password })).body.accessToken;
    };
    const visit = server.demo.consultations.find((c) => c.status === 'in_progress');
    const room = await get(`/api/consultations/${visit.id}/room`, await tokenOf((u) => u.name === visit.patient));
    assert.deepEqual([room.provider, room.iceTransportPolicy, room.iceServers.length], ['peer', 'relay', 1]);
    for (const [by, port] of [['udp', coturn.port], ['tcp', coturn.port], ['tls', coturn.tlsPort]]) {
      const way = await wayTo(port, by);
      const { challenge, answer, refresh } = await way.allocate(room.iceServers[0]);
      assert.equal(challenge.code, 401, `${by} without a credential`);
      assert.ok(answer.ok && answer.relayedPort >= 49152 && answer.lifetime === 600, by);
      // Let go again: whoever hangs up gives the place back.
      assert.ok((await refresh(0)).ok, by);
      way.end();
    }

    const operator = await tokenOf((u) => u.role === 'super_admin');
    const { turn } = await until(async () => {
      const health = await get('/api/super-admin/health', operator);
      return health.turn && health;
    }, 'the relay is known to health');
    // The certificate here is the tests' own: nobody trusts it.
    assert.match(turn.software, /^Coturn-4\./);
    assert.deepEqual([turn.state, turn.faulty], ['old', [`turns:127.0.0.1:${coturn.tlsPort}`]]);
    assert.match(server.log, /CVE-2026-27624/);
    assert.ok(!server.log.includes(secret));
  } finally {
    await server.end();
  }
});

test('nobody gets in with a credential that is wrong, expired or for somebody else', async () => {
  const { username, credential } = good();
  for (const [what, wrong] of [
    ['another secret', credentialOf(`${secret}?`, 'somebody', now() + 600)],
    ['expired', credentialOf(secret, 'somebody', now() - 1)],
    ['longer than it was given', { username: username.replace(/^\d+/, String(now() + 86_400)), credential }],
    ['somebody else', { username: username.replace('somebody', 'another'), credential }],
    ['no password', { username, credential: '' }],
  ]) {
    const way = await wayTo(coturn.port);
    const { answer } = await way.allocate(wrong);
    assert.deepEqual([answer.ok, answer.code], [false, 401], what);
    way.end();
  }
});

const inside = {
  4: ['0.0.0.0', '0.1.2.3', '10.0.0.1', '100.64.0.1', '127.0.0.1', '127.255.255.254', '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.0.1', '192.0.2.2', '192.168.0.1', '198.18.0.1', '198.51.100.1', '203.0.113.1', '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255'],
  6: ['::', '::1', '::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:169.254.169.254', '::ffff:0.0.0.0', '::ffff:8.8.8.8', '::127.0.0.1', '64:ff9b::7f00:1', '64:ff9b:1::a00:1', '100::1', '2001::1', '2001:db8::1', '2002:7f00:1::1', '3fff::1', '5f00::1', 'fc00::1', 'fd00::2', 'fe80::1', 'fec0::1', 'ff02::1'],
};

for (const [family, outside] of [[4, '9.9.9.9'], [6, '2620:fe::9']]) {
  test(`a relay of IPv${family} leads to the internet, and to no address that is private, its own, or another in disguise`, async () => {
    const way = await wayTo(coturn.port);
    const { answer, permit, bind } = await way.allocate(good(), family);
    assert.ok(answer.ok);
    assert.ok((await permit(outside)).ok, `${outside} is somebody on the internet`);
    for (const address of inside[family]) {
      assert.deepEqual([(await permit(address)).code, (await bind(address)).code], [403, 403], address);
    }
    // One family does not stand in for the other.
    assert.equal((await permit(family === 4 ? '::ffff:127.0.0.1' : '127.0.0.1')).code, 443);
    way.end();
  });
}
