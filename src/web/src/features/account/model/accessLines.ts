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
  'live-consultations': 'consultation',
  teleconsultation: 'consultation',
  join_link: 'consultation',
  message: 'message',
  messages: 'message',
  file: 'file',
  files: 'file',
  employee: 'profile',
  employees: 'profile',
  practitioner: 'profile',
  practitioners: 'profile',
  people: 'profile',
  users: 'profile',
  picture: 'picture',
  pictures: 'picture',
  document: 'document',
  documents: 'document',
  sessions: 'signIn',
  authentication: 'lock',
  passkeys: 'lock',
  companies: 'organization',
  organizations: 'organization',
};

interface Told {
  deed: Deed;
  thing: Thing;
  who: 'you' | 'named' | 'nobody';
  refused: boolean;
}

const known = <T extends string>(list: readonly T[], word: string | null | undefined) =>
  list.find((one) => one === word?.toUpperCase());

/** What a line says, in the few words that all languages have for it. A word that is new to us is told as "something". */
export function told({ actor, self, action, attempted, resource, outcome }: AccessLine): Told {
  const refused = action === 'REFUSED' || outcome === 'refused';
  const deed = known(deeds, action === 'REFUSED' ? attempted : action) ?? 'OTHER';
  const thing = thingOf[resource.toLowerCase().replaceAll('_', '-')] ?? 'other';
  // Whoever was refused at the door with my address may have been anyone.
  const stranger = refused && deed === 'LOGIN';
  return {
    // A lock is changed, whether a new one came or an old one went.
    deed: thing === 'lock' && deed !== 'LOGIN' && deed !== 'LOGOUT' && deed !== 'READ' ? 'UPDATE' : deed,
    thing,
    who: self && !stranger ? 'you' : actor?.name && !stranger ? 'named' : 'nobody',
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
