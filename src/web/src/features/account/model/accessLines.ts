import type { AccessLine } from '../api/accessLog';

const deeds = [
  'CREATE',
  'READ',
  'UPDATE',
  'DELETE',
  'LOGIN',
  'LOGOUT',
  'EXPORT',
  'IMPORT',
  'VALIDATE',
  'CANCEL',
  'OTHER',
] as const;
type Deed = (typeof deeds)[number];

type Thing =
  | 'consultation'
  | 'message'
  | 'file'
  | 'profile'
  | 'picture'
  | 'document'
  | 'signIn'
  | 'lock'
  | 'organization'
  | 'other';

/** The program's words for things, as its readers would say them. */
const thingOf: Record<string, Thing> = {
  consultation: 'consultation',
  consultations: 'consultation',
  'livekit-token': 'consultation',
  livekittoken: 'consultation',
  message: 'message',
  messages: 'message',
  conversation: 'message',
  file: 'file',
  files: 'file',
  employee: 'profile',
  employees: 'profile',
  practitioner: 'profile',
  practitioners: 'profile',
  user: 'profile',
  users: 'profile',
  profile: 'profile',
  picture: 'picture',
  pictures: 'picture',
  document: 'document',
  documents: 'document',
  session: 'signIn',
  sessions: 'signIn',
  'sign-in': 'signIn',
  signin: 'signIn',
  authentication: 'signIn',
  auth: 'signIn',
  password: 'lock',
  passkey: 'lock',
  passkeys: 'lock',
  'second-factor': 'lock',
  secondfactor: 'lock',
  company: 'organization',
  companies: 'organization',
  organization: 'organization',
};

export interface Told {
  deed: Deed;
  thing: Thing;
  who: 'you' | 'named' | 'nobody';
  refused: boolean;
}

const known = <T extends string>(list: readonly T[], word: string | null | undefined) =>
  list.find((one) => one === word?.toUpperCase());

/** What a line says, in the few words that all languages have for it. A word that is new to us is told as "something". */
export function told(line: AccessLine, me: string): Told {
  const refused = line.action.toUpperCase() === 'REFUSED' || line.outcome.toLowerCase() === 'refused';
  const word = line.action.toUpperCase() === 'REFUSED' ? line.attempted : line.action;
  const resource = line.resource.toLowerCase().replaceAll('_', '-').replaceAll(' ', '-');
  return {
    deed: known(deeds, word) ?? 'OTHER',
    thing: thingOf[resource] ?? 'other',
    who: line.actorId === me ? 'you' : line.actorName ? 'named' : 'nobody',
    refused,
  };
}

/** Lines under the day they happened on, by this device's clock, in the order given. */
export function byDay<T extends { at: string }>(lines: readonly T[]): { day: string; lines: T[] }[] {
  const days: { day: string; lines: T[] }[] = [];
  for (const line of lines) {
    const last = days.at(-1);
    if (last && sameDay(last.day, line.at)) last.lines.push(line);
    else days.push({ day: line.at, lines: [line] });
  }
  return days;
}

const sameDay = (one: string, other: string) => new Date(one).toDateString() === new Date(other).toDateString();
