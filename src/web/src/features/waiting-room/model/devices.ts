/** Why a camera or a microphone cannot be used, as far as a person can do something about it. */
export type DeviceFault = 'refused' | 'missing' | 'busy' | 'unsupported';

/** The names are those of the standard (Media Capture and Streams, getUserMedia). */
export function faultOf(reason: unknown): DeviceFault {
  const name = reason instanceof DOMException ? reason.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing';
  if (name === 'NotReadableError' || name === 'AbortError') return 'busy';
  return 'unsupported';
}

/** Root mean square of a microphone's samples (-1 to 1): 0 is silence, speech near a microphone is 0.05 to 0.3. */
export function loudness(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length);
}

/** Above this somebody speaks; a quiet room stays well below. */
export const speech = 0.02;
