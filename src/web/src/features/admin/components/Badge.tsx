type Tone = 'info' | 'waiting' | 'urgent' | 'done';

const tones: Record<Tone, string> = {
  info: 'bg-info-soft text-info',
  waiting: 'bg-waiting-soft text-waiting',
  urgent: 'bg-urgent-soft text-urgent',
  done: 'bg-done-soft text-done',
};

/** A state in a word. */
export function Badge({ tone, children }: { tone: Tone; children: string }) {
  return <span className={`rounded-inner px-2 py-0.5 text-small ${tones[tone]}`}>{children}</span>;
}
