import type { DeviceOutcome } from './results';

export interface Opened {
  stream: MediaStream | null;
  camera: DeviceOutcome;
  microphone: DeviceOutcome;
}

/** The names are those of the standard (Media Capture and Streams, getUserMedia). */
function outcomeOf(reason: unknown): DeviceOutcome {
  const name = reason instanceof DOMException ? reason.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  if (name === 'NotReadableError' || name === 'AbortError') return 'busy';
  return 'missing';
}

const picture = { facingMode: 'user' };

/** Opens both at once, so that the browser asks once; where that fails, each by itself, to know which of the two it was. */
export async function openDevices(media: MediaDevices | undefined, wantsCamera: boolean): Promise<Opened> {
  const none: DeviceOutcome = wantsCamera ? 'missing' : 'skipped';
  // Absent outside of a secure context, whatever the types say.
  if (!media) return { stream: null, camera: none, microphone: 'missing' };
  try {
    const stream = await media.getUserMedia({ audio: true, video: wantsCamera && picture });
    return { stream, camera: wantsCamera ? 'ok' : 'skipped', microphone: 'ok' };
  } catch (reason) {
    if (!wantsCamera) return { stream: null, camera: 'skipped', microphone: outcomeOf(reason) };
  }
  const sound = await attempt(media, { audio: true });
  const sight = await attempt(media, { video: picture });
  const tracks = [sound.stream, sight.stream].flatMap((stream) => stream?.getTracks() ?? []);
  return {
    stream: tracks.length > 0 ? new MediaStream(tracks) : null,
    camera: sight.outcome,
    microphone: sound.outcome,
  };
}

async function attempt(media: MediaDevices, wish: MediaStreamConstraints) {
  try {
    return { stream: await media.getUserMedia(wish), outcome: 'ok' as const };
  } catch (reason) {
    return { stream: null, outcome: outcomeOf(reason) };
  }
}
