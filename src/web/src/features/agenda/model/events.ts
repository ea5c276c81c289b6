/** What can happen with a visit, as its timeline says it. */
const kinds = [
  'Scheduled',
  'Confirmed',
  'Cancelled',
  'Rescheduled',
  'Joined',
  'Left',
  'Started',
  'Ended',
  'NoShow',
  'Waiting',
  'Admitted',
  'Delayed',
  'HandedOver',
  'Incident',
  'CallStarted',
  'CallJoined',
  'CallLeft',
  'CallEnded',
  'CallIncident',
  'PreCallTest',
] as const;
export type EventKind = (typeof kinds)[number] | 'Other';

/** However the wire spells it: `NO_SHOW` and `NoShow` are one, `ROOM_JOINED` and `Joined` too. */
export function kindOf(type: string): EventKind {
  const plain = type
    .replace(/^ROOM_/, '')
    .replaceAll('_', '')
    .toLowerCase();
  return kinds.find((kind) => kind.toLowerCase() === plain) ?? 'Other';
}
