import { type Tone, tones } from '../../../primitives/Notice';

/** A state in a word. */
export function Badge({ tone, children }: { tone: Tone; children: string }) {
  return <span className={`rounded-inner px-2 py-0.5 text-small ${tones[tone]}`}>{children}</span>;
}
