import { type NetworkWord, type TestOutcome, wordOf } from './results';

/** A line of the outcome: what was tested, how it is, and what to do where something is to be done. */
export interface Line {
  part: 'camera' | 'microphone' | 'speaker' | 'network';
  tone: 'done' | 'waiting' | 'urgent' | 'soft';
  /** Keys of words. */
  said: string;
  advice: string | null;
}

const networkTones: Record<NetworkWord, Line['tone']> = {
  good: 'done',
  fair: 'waiting',
  poor: 'urgent',
  shut: 'urgent',
  unknown: 'soft',
};

/** The outcome in words, in the order of the test. */
export function linesOf(outcome: TestOutcome, refused: boolean, wantsCamera: boolean): Line[] {
  const devices = (wantsCamera ? (['camera', 'microphone'] as const) : (['microphone'] as const)).map((part): Line => {
    const how = outcome[part];
    if (how === 'ok') return { part, tone: 'done', said: `test.${part}.ok`, advice: null };
    if (how === 'skipped') return { part, tone: 'soft', said: `test.${part}.skipped`, advice: 'test.advice.skipped' };
    return {
      part,
      tone: part === 'microphone' ? 'urgent' : 'waiting',
      said: `test.${part}.${how}`,
      advice: `test.advice.${how}`,
    };
  });
  return [...devices, speakerLine(outcome), networkLine(outcome, refused)];
}

function speakerLine({ speaker }: TestOutcome): Line {
  const said = `test.speaker.${speaker}`;
  if (speaker === 'ok') return { part: 'speaker', tone: 'done', said, advice: null };
  return {
    part: 'speaker',
    tone: speaker === 'silent' ? 'waiting' : 'soft',
    said,
    advice: speaker === 'silent' ? 'test.speakerHelp' : null,
  };
}

function networkLine({ network }: TestOutcome, refused: boolean): Line {
  const word = wordOf(network);
  if (refused) return { part: 'network', tone: 'urgent', said: 'test.line.refused', advice: 'test.line.refusedAdvice' };
  // Where a call goes a longer way round, it is worth a word even though it works.
  const around = word === 'good' && network.udp === false;
  return {
    part: 'network',
    tone: networkTones[word],
    said: `test.line.${word}`,
    advice: around ? 'test.line.around' : word === 'good' || word === 'unknown' ? null : `test.line.${word}Advice`,
  };
}
