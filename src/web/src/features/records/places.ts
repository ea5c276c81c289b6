import type { User } from '../../api/session';

const isPractitioner = ({ role }: Pick<User, 'role'>) => role === 'PRACTITIONER';

export const recordsBase = (user: Pick<User, 'role'>) =>
  isPractitioner(user) ? '/professional/records' : '/patient/records';

/** Where one talks about a record. */
export const talkOf = (user: Pick<User, 'role'>, id: string) =>
  `${isPractitioner(user) ? '/professional/chat' : '/patient/chat'}/${id}`;
