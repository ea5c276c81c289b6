import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

/** A file of a message, uploaded and not yet sent. */
export interface HeldFile {
  id: string;
  name: string;
  sizeBytes: number;
}

/** What a message says besides its text. */
export interface MessageExtras {
  replyTo?: string;
  urgent?: boolean;
  requiresResponse?: boolean;
  intent?: string;
  files?: readonly HeldFile[];
}

/** A message that the server has not acknowledged yet. Kept under its clientMsgId until the ack, so that a repeat creates nothing. */
export interface OutboxEntry extends MessageExtras {
  clientMsgId: string;
  userId: string;
  /** The conversation's id; of a visit's, the visit's. */
  consultationId: string;
  text: string;
  /** Milliseconds since 1970, by this device's clock. */
  createdAt: number;
  /** `failed`: the server refused it for good; it waits for the writer's decision. */
  state: 'waiting' | 'failed';
  /** The newest message when this one was written: one that fails stays there. */
  afterSeq: number;
  /** Why it failed; null while waiting. */
  code: string | null;
}

interface Draft {
  key: string;
  userId: string;
  text: string;
}

interface DeviceSchema extends DBSchema {
  outbox: { key: string; value: OutboxEntry; indexes: { consultation: string } };
  drafts: { key: string; value: Draft };
}

const name = 'colloque';
let opened: Promise<IDBPDatabase<DeviceSchema>> | undefined;
let locked = false;

/** From a sign-out to the next sign-in nothing is kept: pages that are going away would still save their drafts. */
export function lockDevice(lock: boolean): void {
  locked = lock;
}

function database() {
  opened ??= openDB<DeviceSchema>(name, 1, {
    upgrade(db) {
      db.createObjectStore('outbox', { keyPath: 'clientMsgId' }).createIndex('consultation', 'consultationId');
      db.createObjectStore('drafts', { keyPath: 'key' });
    },
    terminated() {
      opened = undefined;
    },
  });
  return opened;
}

/** The messages of one conversation that wait to be sent, oldest first. */
export async function readOutbox(userId: string, consultationId: string): Promise<OutboxEntry[]> {
  const entries = await (await database()).getAllFromIndex('outbox', 'consultation', consultationId);
  return entries.filter((entry) => entry.userId === userId).sort((a, b) => a.createdAt - b.createdAt);
}

export async function putOutbox(entry: OutboxEntry): Promise<void> {
  if (!locked) await (await database()).put('outbox', entry);
}

export async function dropOutbox(clientMsgId: string): Promise<void> {
  await (await database()).delete('outbox', clientMsgId);
}

const draftKey = (userId: string, place: string) => `${userId}/${place}`;

export async function readDraft(userId: string, place: string): Promise<string> {
  return (await (await database()).get('drafts', draftKey(userId, place)))?.text ?? '';
}

export async function putDraft(userId: string, place: string, text: string): Promise<void> {
  if (locked) return;
  const key = draftKey(userId, place);
  if (text) await (await database()).put('drafts', { key, userId, text });
  else await (await database()).delete('drafts', key);
}

/** Forgets all that is kept here, of everyone or of everyone but one. What cannot be opened holds nothing to forget. */
export async function wipeDevice(exceptUserId?: string): Promise<void> {
  const db = await database().catch(() => null);
  if (!db) return;
  const writing = db.transaction(['outbox', 'drafts'], 'readwrite');
  for (const store of ['outbox', 'drafts'] as const) {
    let cursor = await writing.objectStore(store).openCursor();
    while (cursor) {
      if (cursor.value.userId !== exceptUserId) await cursor.delete();
      cursor = await cursor.continue();
    }
  }
  await writing.done;
}
