import { expect, test } from 'vitest';
import { fingerprintsOf, sessionOf, withOpusOptions } from './sdp';

const sdp = [
  'v=0',
  'o=- 4611731400430051336 2 IN IP4 127.0.0.1',
  's=-',
  'a=group:BUNDLE 0 1',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111 63',
  'a=fingerprint:sha-256 AB:CD:EF',
  'a=rtpmap:111 opus/48000/2',
  'a=fmtp:111 minptime=10;useinbandfec=0',
  'a=rtpmap:63 red/48000/2',
  'a=fmtp:63 111/111',
  'm=video 9 UDP/TLS/RTP/SAVPF 96',
  'a=fingerprint:sha-256 AB:CD:EF',
  'a=rtpmap:96 VP8/90000',
  '',
].join('\r\n');

test('sound is asked for with repair and with silence, and nothing else changes', () => {
  expect(withOpusOptions(sdp)).toBe(sdp.replace('minptime=10;useinbandfec=0', 'minptime=10;useinbandfec=1;usedtx=1'));
  expect(withOpusOptions(withOpusOptions(sdp))).toBe(withOpusOptions(sdp));
});

test('a fingerprint that stands twice is one', () => {
  expect(fingerprintsOf(sdp)).toEqual(['sha-256 ab:cd:ef']);
  expect(fingerprintsOf(sdp.replace('AB:CD:EF', '11:22:33'))).toEqual(['sha-256 11:22:33', 'sha-256 ab:cd:ef']);
});

test('the session is the number of who began it', () => {
  expect(sessionOf(sdp)).toBe('4611731400430051336');
  expect(sessionOf('')).toBe('');
});
