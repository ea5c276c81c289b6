/** What a message about a prescription or a result may be for; the server takes no other. */
export const intentsOf = {
  prescription: ['question', 'clarification', 'side_effects'],
  exam: ['explanation', 'interpretation', 'next_steps'],
} as const;
export type Intent = (typeof intentsOf)[keyof typeof intentsOf][number];

/** Characters a message may have that is about a prescription or a result. */
export const recordLength = 1_000;
