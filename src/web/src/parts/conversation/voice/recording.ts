import { loudness } from './levels';

/** Seconds that a voice message may have. */
export const longest = 300;
/** Milliseconds between two looks at how loud it is. */
const lookEvery = 100;
/** Bits a second: speech in Opus needs no more, and five minutes stay far below what a file may have. */
const bitRate = 32_000;

/** Those that the server takes and a browser may write, the one that most devices can play first. */
const formats = [
  { type: 'audio/mp4;codecs=mp4a.40.2', extension: 'm4a' },
  { type: 'audio/webm;codecs=opus', extension: 'webm' },
  { type: 'audio/ogg;codecs=opus', extension: 'ogg' },
  { type: 'audio/mp4', extension: 'm4a' },
] as const;

/** What was recorded. */
export interface Take {
  blob: Blob;
  extension: string;
  seconds: number;
  levels: readonly number[];
}

export type RecordingFault = 'denied' | 'noMicrophone' | 'failed';

/** A recording under way. */
export interface Recording {
  /** Ends when it is stopped, when it has the longest length, or when the microphone is taken away. */
  done: Promise<Take>;
  stop(): void;
  /** Lets the microphone go; there is no take. */
  cancel(): void;
}

const format = () => formats.find(({ type }) => MediaRecorder.isTypeSupported(type));

/** Whether this browser can record at all. */
export const canRecord = () =>
  typeof MediaRecorder !== 'undefined' && Boolean(navigator.mediaDevices?.getUserMedia) && format() !== undefined;

/** What the person has said of the microphone; browsers that do not tell will ask. */
export async function microphonePermission(): Promise<PermissionState> {
  try {
    return (await navigator.permissions.query({ name: 'microphone' as PermissionName })).state;
  } catch {
    return 'prompt';
  }
}

export function faultOf(reason: unknown): RecordingFault {
  const name = reason instanceof DOMException ? reason.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  return name === 'NotFoundError' ? 'noMicrophone' : 'failed';
}

/** Asks for the microphone and begins. `onLevel` hears ten times a second how long it is, and how loud it was. */
export async function startRecording(
  onLevel: (seconds: number, levels: readonly number[]) => void,
): Promise<Recording> {
  const chosen = format();
  if (!chosen) throw new DOMException('No format.', 'NotSupportedError');
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  });
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 2_048;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const recorder = new MediaRecorder(stream, { mimeType: chosen.type, audioBitsPerSecond: bitRate });
  const chunks: Blob[] = [];
  const levels: number[] = [];
  const begun = performance.now();
  const elapsed = () => Math.min(longest, (performance.now() - begun) / 1_000);
  let seconds = 0;
  let dropped = false;

  const looking = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    levels.push(loudness(samples));
    onLevel(elapsed(), levels);
    if (elapsed() >= longest) stop();
  }, lookEvery);

  function stop() {
    if (recorder.state === 'inactive') return;
    seconds = elapsed();
    recorder.stop();
  }

  function letGo() {
    clearInterval(looking);
    for (const track of stream.getTracks()) track.stop();
    void context.close();
  }

  const done = new Promise<Take>((resolve, reject) => {
    recorder.ondataavailable = ({ data }) => chunks.push(data);
    recorder.onerror = () => reject(new DOMException('Recording failed.', 'AbortError'));
    recorder.onstop = () => {
      letGo();
      if (dropped) return;
      const blob = new Blob(chunks, { type: chosen.type.split(';')[0] ?? '' });
      resolve({ blob, extension: chosen.extension, seconds: seconds || elapsed(), levels });
    };
  });
  // A call of the phone, or a cable that is pulled: what was said until then is kept.
  for (const track of stream.getTracks()) track.onended = stop;
  recorder.start(1_000);
  return {
    done,
    stop,
    cancel() {
      dropped = true;
      stop();
    },
  };
}
