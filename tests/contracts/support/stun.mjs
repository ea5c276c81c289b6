// STUN and TURN as their documents print them (RFC 8489, RFC 8656), as much as a client needs that wants to be let in and to reach somebody.
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { connect as connectTls } from 'node:tls';
import { connect as connectTcp, isIPv6 } from 'node:net';

const cookie = 0x2112a442;
const methods = { binding: 0x001, allocate: 0x003, refresh: 0x004, createPermission: 0x008, channelBind: 0x009 };
const types = { username: 0x0006, integrity: 0x0008, error: 0x0009, channel: 0x000c, lifetime: 0x000d, peer: 0x0012, realm: 0x0014, nonce: 0x0015, relayed: 0x0016, family: 0x0017, transport: 0x0019, mapped: 0x0020, software: 0x8022 };

const attribute = (type, value) => {
  const bytes = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
  bytes.writeUInt16BE(type, 0);
  bytes.writeUInt16BE(value.length, 2);
  value.copy(bytes, 4);
  return bytes;
};

/** An address in sixteen bytes or four, of whatever way it is written. */
export function bytesOf(address) {
  if (!isIPv6(address)) return Buffer.from(address.split('.').map(Number));
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  const text = dotted ? `${dotted[1]}${((dotted[2] << 8) | dotted[3]).toString(16)}:${((dotted[4] << 8) | dotted[5]).toString(16)}` : address;
  const [before, after] = text.split('::').map((half) => half.split(':').filter(Boolean));
  const words = after === undefined ? before : [...before, ...Array(8 - before.length - after.length).fill('0'), ...after];
  const bytes = Buffer.alloc(16);
  words.forEach((word, i) => bytes.writeUInt16BE(Number.parseInt(word, 16), i * 2));
  return bytes;
}

const mask = (bytes, id) => {
  const key = Buffer.concat([Buffer.from('2112a442', 'hex'), id]);
  return Buffer.from(bytes.map((byte, i) => byte ^ key[i]));
};

const xorAddress = (address, port, id) => {
  const bytes = bytesOf(address);
  const head = Buffer.from([0, bytes.length === 4 ? 1 : 2, 0, 0]);
  head.writeUInt16BE(port ^ (cookie >>> 16), 2);
  return Buffer.concat([head, mask(bytes, id)]);
};

function read(bytes) {
  const answer = { type: bytes.readUInt16BE(0), ok: (bytes.readUInt16BE(0) & 0x110) === 0x100, id: bytes.subarray(8, 20).toString('hex') };
  for (let at = 20; at + 4 <= bytes.length; ) {
    const [type, length] = [bytes.readUInt16BE(at), bytes.readUInt16BE(at + 2)];
    const value = bytes.subarray(at + 4, at + 4 + length);
    if (type === types.error) answer.code = value[2] * 100 + value[3];
    if (type === types.realm) answer.realm = value.toString();
    if (type === types.nonce) answer.nonce = value.toString();
    if (type === types.software) answer.software = value.toString();
    if (type === types.lifetime) answer.lifetime = value.readUInt32BE(0);
    if (type === types.relayed || type === types.mapped) answer[type === types.relayed ? 'relayedPort' : 'mappedPort'] = value.readUInt16BE(2) ^ (cookie >>> 16);
    at += 4 + Math.ceil(length / 4) * 4;
  }
  return answer;
}

/** A client's way to a server: by udp, tcp or tls; `ask` sends a request and gives its answer. */
export async function wayTo(port, by = 'udp', host = '127.0.0.1') {
  const waiting = new Map();
  const take = (bytes) => {
    const answer = read(bytes);
    waiting.get(answer.id)?.(answer);
  };
  let write;
  let end;
  if (by === 'udp') {
    const socket = createSocket('udp4').on('message', take);
    write = (bytes) => socket.send(bytes, port, host);
    end = () => socket.close();
  } else {
    const socket = by === 'tls' ? connectTls({ port, host, rejectUnauthorized: false }) : connectTcp({ port, host });
    let rest = Buffer.alloc(0);
    socket.on('data', (bytes) => {
      rest = Buffer.concat([rest, bytes]);
      for (; rest.length >= 20 && rest.length >= 20 + rest.readUInt16BE(2); rest = rest.subarray(20 + rest.readUInt16BE(2))) take(rest.subarray(0, 20 + rest.readUInt16BE(2)));
    });
    await new Promise((ready, failed) => socket.once(by === 'tls' ? 'secureConnect' : 'connect', ready).once('error', failed));
    write = (bytes) => socket.write(bytes);
    end = () => socket.destroy();
  }

  /** Sends one request, again and again by UDP; with a credential once a challenge has told realm and nonce. */
  function ask(method, attributes = [], credential) {
    const id = randomBytes(12);
    const parts = attributes.map(([type, value]) => attribute(types[type], typeof value === 'function' ? value(id) : value));
    if (credential) {
      const { username, password, realm, nonce } = credential;
      parts.push(attribute(types.username, Buffer.from(username)), attribute(types.realm, Buffer.from(realm)), attribute(types.nonce, Buffer.from(nonce)));
    }
    const body = Buffer.concat(parts);
    const head = Buffer.alloc(20);
    head.writeUInt16BE(methods[method], 0);
    head.writeUInt32BE(cookie, 4);
    id.copy(head, 8);
    head.writeUInt16BE(body.length + (credential ? 24 : 0), 2);
    let message = Buffer.concat([head, body]);
    if (credential) {
      const key = createHash('md5').update(`${credential.username}:${credential.realm}:${credential.password}`).digest();
      message = Buffer.concat([message, attribute(types.integrity, createHmac('sha1', key).update(message).digest())]);
    }
    return new Promise((found, failed) => {
      // A server that starts, and loss, are answered by asking again.
      const again = by === 'udp' && setInterval(() => write(message), 100);
      const late = setTimeout(() => done(failed, new Error(`${method} was not answered`)), 10_000);
      const done = (tell, what) => {
        clearInterval(again);
        clearTimeout(late);
        waiting.delete(id.toString('hex'));
        tell(what);
      };
      waiting.set(id.toString('hex'), (answer) => done(found, answer));
      write(message);
    });
  }

  /** Asks to be relayed; `permit` and `refresh` then go by the same credential. */
  async function allocate({ username, credential }, family) {
    const wish = [['transport', Buffer.from([17, 0, 0, 0])]];
    if (family === 6) wish.push(['family', Buffer.from([2, 0, 0, 0])]);
    const challenge = await ask('allocate', wish);
    const proof = { username, password: credential, realm: challenge.realm ?? '', nonce: challenge.nonce ?? '' };
    const answer = await ask('allocate', wish, proof);
    const permit = (address, port = 9) => ask('createPermission', [['peer', (id) => xorAddress(address, port, id)]], proof);
    let channel = 0;
    const bind = (address, port = 9) => ask('channelBind', [['channel', Buffer.from([0x40, channel++, 0, 0])], ['peer', (id) => xorAddress(address, port, id)]], proof);
    const refresh = (seconds) => {
      const value = Buffer.alloc(4);
      value.writeUInt32BE(seconds);
      return ask('refresh', [['lifetime', value]], proof);
    };
    return { challenge, answer, permit, bind, refresh };
  }
  return { ask, allocate, end };
}

/** What the product gives people, made here from the secret alone. */
export function credentialOf(secret, user, expires) {
  const username = `${expires}:${user}`;
  return { username, credential: createHmac('sha1', secret).update(username).digest('base64') };
}
