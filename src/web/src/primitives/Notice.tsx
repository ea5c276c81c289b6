import type { ReactNode } from 'react';

export type Tone = 'info' | 'waiting' | 'urgent' | 'done';

export const tones: Record<Tone, string> = {
  info: 'bg-info-soft text-info',
  waiting: 'bg-waiting-soft text-waiting',
  urgent: 'bg-urgent-soft text-urgent',
  done: 'bg-done-soft text-done',
};

/** A sentence that must not be missed, in its place. `alert` interrupts a screen reader; a notice without waits its turn. */
export function Notice({ tone, alert, children }: { tone: Tone; alert?: boolean; children: ReactNode }) {
  return (
    <div role={alert ? 'alert' : 'status'} className={`rounded-outer px-4 py-3 ${tones[tone]}`}>
      {children}
    </div>
  );
}
