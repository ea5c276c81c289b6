/** An answer that was given where the call rang, for the visit's own page to carry out. */
export interface Answer {
  consultationId: string;
  callId: string;
  media: 'audio' | 'video';
}

let given: Answer | null = null;
const listeners = new Set<() => void>();

function become(next: Answer | null) {
  given = next;
  for (const listener of listeners) listener();
}

export const answering = {
  give: (answer: Answer) => become(answer),
  /** Who carries it out takes it, so that nobody else does. */
  take: () => become(null),
  get: () => given,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};
