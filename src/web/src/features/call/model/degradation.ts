import type { CallQuality } from '../../../realtime/events';

/** What one second of sending was like, as the browser's statistics tell. */
export interface NetworkSample {
  /** Kilobits a second that the network carries to the other side, as estimated; null where the browser does not say. */
  kilobits: number | null;
  /** The part of what was sent that did not arrive, 0 to 1; null where nothing was told in this second. */
  loss: number | null;
  /** Milliseconds there and back; null as long as it is not known. */
  roundTrip: number | null;
}

/** From the whole picture down to writing. Each gives up a little more, the sound last. */
export const steps = ['good', 'resolution', 'frames', 'paused', 'audio', 'text'] as const;
export type Step = (typeof steps)[number];

/** A step as it is told to the others. */
export const qualityOf: Record<Step, CallQuality> = {
  good: 'good',
  resolution: 'reduced',
  frames: 'reduced',
  paused: 'paused',
  audio: 'audio',
  text: 'text',
};

/** What is kept about a step in the visit's record; the code is one of the wire's list. */
export const incidentOf: Record<Step, string> = {
  good: 'recovered',
  resolution: 'resolution_reduced',
  frames: 'frames_reduced',
  paused: 'picture_paused',
  audio: 'sound_only',
  text: 'text_suggested',
};

/** Whether a picture is sent at this step. */
export const hasPicture = (step: Step) => rank(step) < rank('paused');

const rank = (step: Step) => steps.indexOf(step);

/** Seconds in a row that are worse before anything is given up: two, so that the picture has stopped within five. */
const patienceDown = 2;
/** Seconds in a row that are better before a picture gets better: rarer changes disturb less. */
const patienceUp = 5;
/** Seconds of a calm line without a picture before a small one is tried again; doubled after each try in vain, up to the last. */
const firstTry = 6;
const lastTry = 48;
/** Seconds that a try must hold before it counts as done. */
const triedLongEnough = 8;
/** Seconds in which the estimate has not yet heard of the picture that is tried again. */
const deafToTry = 4;
/** Seconds without a picture after which it is called what it is: a call by sound. */
const longPause = 20;
/** Seconds of a sound that nobody can follow before writing is proposed. */
const patienceSound = 5;
/** Seconds after the beginning in which the estimate of a browser is a first guess (300 kbit/s), and no reason to give up sharpness. */
const warmUp = 6;

/**
 * Which step a second calls for. The limits of a step are those at which it is left for worse; one comes back at half as much again (and half the loss), so that a line
 * at the limit does not swing to and fro.
 */
function wanted({ kilobits, loss, roundTrip }: NetworkSample, isAt: Step): Step {
  // Better than now asks for more than worse than now does.
  const judge = (limit: { kilobits: number; loss: number }, step: Step) => {
    const slack = rank(isAt) > rank(step) ? 1.5 : 1;
    return (kilobits !== null && kilobits < limit.kilobits * slack) || (loss !== null && loss > limit.loss / slack);
  };
  if (judge({ kilobits: 100, loss: 0.2 }, 'frames') || (roundTrip !== null && roundTrip > 1_500)) return 'paused';
  if (judge({ kilobits: 160, loss: 0.12 }, 'resolution')) return 'frames';
  if (judge({ kilobits: 260, loss: 0.07 }, 'good')) return 'resolution';
  return 'good';
}

const isMute = ({ loss, roundTrip }: NetworkSample) => (loss ?? 0) > 0.35 || (roundTrip ?? 0) > 4_000;
const isCalm = ({ loss, roundTrip }: NetworkSample) => (loss ?? 0) < 0.05 && (roundTrip ?? 0) < 800;

/** Decides second by second how much of a call its network carries. No clock: a sample is a second. */
export function createDegradation() {
  let step: Step = 'good';
  let seconds = 0;
  let worse = 0;
  let better = 0;
  let calm = 0;
  let mute = 0;
  let pausedFor = 0;
  let waitsFor = firstTry;
  /** Seconds since a picture was tried again; null when none is on trial. */
  let trial: number | null = null;

  function become(next: Step) {
    if (next === step) return;
    const hadPicture = hasPicture(step);
    if (hadPicture && !hasPicture(next)) {
      if (trial !== null) waitsFor = Math.min(waitsFor * 2, lastTry);
      trial = null;
      pausedFor = 0;
    }
    if (!hadPicture && hasPicture(next)) trial = 0;
    step = next;
    worse = 0;
    better = 0;
    calm = 0;
    mute = 0;
  }

  /** While a picture is sent, the estimate tells. */
  function withPicture(sample: NetworkSample) {
    const deaf = trial !== null && trial < deafToTry;
    const target = wanted(deaf ? { ...sample, kilobits: null } : sample, step);
    const early = seconds <= warmUp && target !== 'paused';
    if (rank(target) > rank(step) && !early) {
      better = 0;
      worse += 1;
      if (worse >= patienceDown) become(target);
    } else if (rank(target) < rank(step) && !deaf) {
      worse = 0;
      better += 1;
      // One step at a time: the way up is a question, not a jump.
      if (better >= patienceUp) become(steps[rank(step) - 1] ?? 'good');
    } else {
      worse = 0;
      better = 0;
    }
    if (trial === null) return;
    trial += 1;
    if (trial < triedLongEnough) return;
    trial = null;
    waitsFor = firstTry;
  }

  /** Without one the estimate is that of the sound alone; so it is tried out, when the line is calm. */
  function withoutPicture(sample: NetworkSample) {
    pausedFor += 1;
    mute = isMute(sample) ? mute + 1 : 0;
    calm = isCalm(sample) ? calm + 1 : 0;
    if (step !== 'text' && mute >= patienceSound) become('text');
    else if (step === 'text' && calm >= patienceUp) become('audio');
    else if (step !== 'text' && calm >= waitsFor) become('frames');
    else if (step === 'paused' && pausedFor >= longPause) become('audio');
  }

  return {
    get step() {
      return step;
    },
    /** Takes the next second in; the step that it leads to. */
    next(sample: NetworkSample): Step {
      seconds += 1;
      if (hasPicture(step)) withPicture(sample);
      else withoutPicture(sample);
      return step;
    },
    /** Another network: what was learned of the last one does not count. */
    begin() {
      seconds = 0;
      worse = 0;
      better = 0;
      waitsFor = firstTry;
    },
  };
}

export type Degradation = ReturnType<typeof createDegradation>;

/** What a step leaves of the picture, and of the bits for it. */
export interface PictureLimits {
  active: boolean;
  scaleResolutionDownBy: number;
  maxFramerate: number;
  /** Bits a second. */
  maxBitrate: number;
}

/** `others`: how many people get it, each of whom costs the same again. */
export function pictureLimits(step: Step, others: number, isScreen: boolean): PictureLimits {
  const share = Math.max(others, 1);
  const full = { active: true, scaleResolutionDownBy: 1, maxFramerate: 30, maxBitrate: Math.round(1_500_000 / share) };
  // A screen is read: it may be slow, but not small.
  if (step === 'good') return isScreen ? { ...full, maxFramerate: 15 } : full;
  if (step === 'resolution')
    return { ...full, scaleResolutionDownBy: isScreen ? 1 : 2, maxFramerate: isScreen ? 5 : 24, maxBitrate: 250_000 };
  if (step === 'frames')
    return { ...full, scaleResolutionDownBy: isScreen ? 1.5 : 4, maxFramerate: isScreen ? 2 : 8, maxBitrate: 110_000 };
  return { active: false, scaleResolutionDownBy: 4, maxFramerate: 8, maxBitrate: 110_000 };
}

/** Bits a second for the sound: a voice stays clear at all of them. */
export const soundBits = (step: Step) =>
  rank(step) <= rank('resolution') ? 32_000 : step === 'text' ? 12_000 : 20_000;
