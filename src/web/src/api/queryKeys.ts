/** Every key of the query cache, so that two places never mean different things by one. */
export const queryKeys = {
  myConsultations: ['consultations', 'mine'] as const,
};
