/** Every key of the query cache, so that two places never mean different things by one. */
export const queryKeys = {
  myConsultations: ['consultations', 'mine'] as const,
  myProfile: ['account', 'profile'] as const,
  practice: ['account', 'practice'] as const,
  secondFactor: ['account', 'second-factor'] as const,
  passkeys: ['account', 'passkeys'] as const,
  devices: ['account', 'devices'] as const,
  accessLog: ['account', 'access-log'] as const,
};
