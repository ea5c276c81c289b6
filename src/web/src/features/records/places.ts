import type { User } from '../../api/session';
import type { RecordKind } from './api/records';

type Reader = Pick<User, 'role'>;

export const isPractitioner = ({ role }: Reader) => role === 'PRACTITIONER';

export const recordsBase = (user: Reader) => (isPractitioner(user) ? '/professional/records' : '/patient/records');

export const placeOf = (user: Reader, id: string) => `${recordsBase(user)}/${id}`;

/** Where one asks about a record, beside it. */
export const questionsOf = (user: Reader, id: string) => `${placeOf(user, id)}/questions`;

/** Where one talks about a record on a page of its own. */
export const talkOf = (user: Reader, id: string) =>
  `${isPractitioner(user) ? '/professional/chat' : '/patient/chat'}/${id}`;

/** Where one is written; for somebody, and of a visit, where these are known. */
export function newRecord(kind: RecordKind, known: { patient?: string; visit?: string } = {}) {
  const asked = new URLSearchParams(known).toString();
  return `/professional/records/new/${kind}${asked && `?${asked}`}`;
}
