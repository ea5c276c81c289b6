import { describe, expect, it, vi } from 'vitest';
import { openDevices } from './devices';

/** As a browser's, whose devices fail with these names. */
function media({ camera, microphone }: { camera?: string; microphone?: string }) {
  const getUserMedia = vi.fn(async ({ audio, video }: MediaStreamConstraints) => {
    const reason = (video && camera) || (audio && microphone);
    if (reason) throw new DOMException('', reason);
    return { getTracks: () => [audio && 'sound', video && 'sight'].filter(Boolean) } as unknown as MediaStream;
  });
  return { getUserMedia } as unknown as MediaDevices & { getUserMedia: typeof getUserMedia };
}

describe('camera and microphone', () => {
  it('are asked for at once, so that the browser asks once', async () => {
    const both = media({});
    expect(await openDevices(both, true)).toMatchObject({ camera: 'ok', microphone: 'ok' });
    expect(both.getUserMedia).toHaveBeenCalledTimes(1);
    expect(await openDevices(both, false)).toMatchObject({ camera: 'skipped', microphone: 'ok' });
    expect(both.getUserMedia).toHaveBeenLastCalledWith({ audio: true, video: false });
  });

  it('are tried each by itself where one of them fails, to say which', async () => {
    vi.stubGlobal('MediaStream', class {});
    const cases = [
      [{ camera: 'NotFoundError' }, 'missing', 'ok'],
      [{ microphone: 'NotReadableError' }, 'ok', 'busy'],
      [{ camera: 'NotAllowedError', microphone: 'NotAllowedError' }, 'denied', 'denied'],
      [{ camera: 'OverconstrainedError' }, 'missing', 'ok'],
    ] as const;
    for (const [faults, camera, microphone] of cases) {
      const opened = await openDevices(media(faults), true);
      expect(opened).toMatchObject({ camera, microphone });
      expect(opened.stream === null).toBe(camera !== 'ok' && microphone !== 'ok');
    }
    vi.unstubAllGlobals();
  });

  it('are missing where a browser has no way to them', async () => {
    expect(await openDevices(undefined, true)).toEqual({ stream: null, camera: 'missing', microphone: 'missing' });
    expect(await openDevices(media({ microphone: 'NotAllowedError' }), false)).toEqual({
      stream: null,
      camera: 'skipped',
      microphone: 'denied',
    });
  });
});
