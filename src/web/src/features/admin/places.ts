import type { User } from '../../api/session';

/** Where an administrator can go, by role; the first is where they arrive. */
const places = {
  ADMIN_RH: ['people', 'usage', 'organization', 'retention', 'audit'],
  ADMIN_HUNTZEN: ['organizations', 'practitioners', 'figures', 'retention'],
  SUPER_ADMIN: ['health', 'backups', 'audit', 'organizations', 'retention'],
} as const;

export type Place = (typeof places)[keyof typeof places][number];

export const placesOf = ({ role }: User): readonly Place[] =>
  role in places ? places[role as keyof typeof places] : [];
