import { describe, expect, it } from 'vitest';
import { jitsiAddress } from './jitsiAddress';
import { hangUpWord, readJitsi, readyWord } from './jitsiWire';

describe('the address of a room of Jitsi’s', () => {
  it('opens the room with the token, in the reader’s language, without chat, recording or anything from elsewhere', () => {
    const address = new URL(jitsiAddress('https://meet.example/c-1', 'a.b.c', 'fr') ?? '');
    expect([address.origin, address.pathname, address.searchParams.get('jwt')]).toEqual([
      'https://meet.example',
      '/c-1',
      'a.b.c',
    ]);
    const settings = new URLSearchParams(address.hash.slice(1));
    expect(settings.get('config.defaultLanguage')).toBe('"fr"');
    expect(settings.get('config.disableChat')).toBe('true');
    expect(settings.get('config.recordingService.enabled')).toBe('false');
    expect(settings.get('config.localRecording.disable')).toBe('true');
    expect(settings.get('config.disableThirdPartyRequests')).toBe('true');
    const buttons = JSON.parse(settings.get('config.toolbarButtons') ?? '[]') as string[];
    expect(buttons).toContain('hangup');
    for (const none of ['chat', 'recording', 'livestreaming', 'invite', 'etherpad'])
      expect(buttons).not.toContain(none);
  });

  it('is none where it is not https', () => {
    for (const url of ['http://meet.example/c-1', 'javascript:alert(1)', 'meet.example', ''])
      expect(jitsiAddress(url, 't', 'fr'), url).toBeNull();
  });
});

describe('the words of a frame', () => {
  const scope = 'jitsi_meet_external_api_1';
  const said = (word: object) => JSON.stringify({ postis: true, scope, ...word });

  it('are heard as Jitsi says them', () => {
    expect(readJitsi(readyWord('n'))).toEqual({ kind: 'ready', number: 'n' });
    const event = { method: 'message', params: { type: 'event', data: { name: 'video-conference-left' } } };
    expect(readJitsi(said(event))).toEqual({ kind: 'event', name: 'video-conference-left' });
    expect(JSON.parse(hangUpWord())).toMatchObject({
      scope,
      method: 'message',
      params: { data: { name: 'video-hangup' } },
    });
  });

  it('are nothing where they are not its', () => {
    for (const other of [
      undefined,
      null,
      {},
      'text',
      'null',
      '[]',
      JSON.stringify({ scope, method: '__ready__' }),
      said({ scope: 'another', method: '__ready__' }),
      said({ method: 'another' }),
      said({ method: 'message' }),
      said({ method: 'message', params: { type: 'request', data: { name: 'x' } } }),
      said({ method: 'message', params: { type: 'event', data: { name: 1 } } }),
      said({ method: 'message', params: { type: 'event', data: { name: 'x'.repeat(200_000) } } }),
    ])
      expect(readJitsi(other), String(other).slice(0, 60)).toBeNull();
  });
});
