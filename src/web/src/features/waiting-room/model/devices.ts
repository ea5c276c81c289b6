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
