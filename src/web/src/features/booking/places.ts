const root = '/patient/practitioners';

/** Addresses name people and times by what tells nothing of an illness. */
export const placeOf = (practitionerId: string) => `${root}/${practitionerId}`;

export const placeOfBooking = (practitionerId: string, at: string) =>
  `${root}/${practitionerId}/book?${new URLSearchParams({ at })}`;
