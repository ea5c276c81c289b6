import { Problem } from '../api/problem';
import type { RoomApi } from '../features/consultation/api/consultations';
import type { Consultation, Events, Message, Verbs } from '../realtime/events';
import type { LinkStatus, Live } from '../realtime/live';
import type { OutboxEntry } from '../storage/device';
import { message } from './messages';

type Listener = (payload: never) => void;

/** One consultation as its contract says, without a network: what a room talks to in tests. */
export class FakeServer {
  readonly asked: { verb: keyof Verbs; input: Record<string, unknown> }[] = [];
  readonly stored = new Map<string, OutboxEntry>();
  messages: Message[] = [];
  change = 0;
  /** How many acks get lost on the way back, after the act was done. */
  lostAcks = 0;
  /** The most that one join replays. */
  replayLimit = 200;
  refuse: Partial<Record<keyof Verbs, Problem>> = {};
  consultation: Consultation = {
    id: 'c1',
    status: 'in_progress',
    format: 'video',
    scheduledAt: new Date(0).toISOString(),
    durationMinutes: 30,
    startedAt: new Date(0).toISOString(),
    closedAt: null,
    patient: { id: 'nadia', name: 'Nadia Benali' },
    doctor: { id: 'amina', name: 'Amina Rahal', title: 'Dr', specialty: null },
    queueItem: null,
    seq: 0,
    change: 0,
    readSeq: 0,
    unreadCount: 0,
  };
  private status: LinkStatus = 'connected';
  private readonly statusListeners = new Set<(status: LinkStatus) => void>();
  private readonly listeners = new Map<string, Set<Listener>>();

  readonly live: Live = {
    getStatus: () => this.status,
    onStatus: (listener) => {
      this.statusListeners.add(listener);
      return () => void this.statusListeners.delete(listener);
    },
    on: (event, listener) => {
      const known = this.listeners.get(event) ?? new Set();
      this.listeners.set(event, known.add(listener as Listener));
      return () => void known.delete(listener as Listener);
    },
    ask: async (verb, input) => {
      if (this.status !== 'connected') throw Problem.unreachable();
      this.asked.push({ verb, input: input as unknown as Record<string, unknown> });
      const refusal = this.refuse[verb];
      if (refusal) throw refusal;
      const answer = this.answer(verb, input as unknown as Record<string, unknown>);
      if (this.lostAcks > 0 && verb === 'chat.send') {
        this.lostAcks -= 1;
        throw Problem.unreachable();
      }
      return answer as never;
    },
    close: () => undefined,
  };

  readonly api: RoomApi = {
    consultation: async () => ({ ...this.consultation, seq: this.messages.length, change: this.change }),
    messages: async (cursor) => {
      const before = cursor ? Number(cursor) : this.messages.length + 1;
      const items = this.messages
        .filter(({ seq }) => seq < before)
        .slice(-50)
        .reverse();
      const oldest = items.at(-1)?.seq ?? 1;
      return { items, pageInfo: { nextCursor: oldest > 1 ? String(oldest) : null } };
    },
    close: async () => undefined,
    guests: async () => [],
    invite: async ({ role }) => ({
      id: 'l1',
      role,
      name: null,
      email: null,
      url: 'https://care.example/join/token',
      createdBy: 'nadia',
      expiresAt: new Date(0).toISOString(),
      revokedAt: null,
      guest: null,
    }),
    upload: () => ({ done: Promise.resolve(this.say('nadia', null)), cancel: () => undefined }),
    download: async () => new Blob(),
  };

  readonly outbox = {
    read: async () => [...this.stored.values()],
    put: async (entry: OutboxEntry) => void this.stored.set(entry.clientMsgId, entry),
    drop: async (clientMsgId: string) => void this.stored.delete(clientMsgId),
  };

  /** A message is stored and told to all, unless its announcement gets lost. */
  say(senderId: string, text: string | null, clientMsgId: string | null = null, lost = false): Message {
    const said = message(this.messages.length + 1, { senderId, text, clientMsgId });
    this.messages.push(said);
    if (!lost) this.tell('chat.message_created', { message: said });
    return said;
  }

  tell<E extends keyof Events>(event: E, payload: Events[E]) {
    if (this.status !== 'connected') return;
    for (const listener of this.listeners.get(event) ?? []) listener(payload as never);
  }

  line(status: LinkStatus) {
    this.status = status;
    for (const listener of this.statusListeners) listener(status);
  }

  count(verb: keyof Verbs) {
    return this.asked.filter((question) => question.verb === verb).length;
  }

  private answer(verb: keyof Verbs, input: Record<string, unknown>): object {
    const head = { seq: this.messages.length, change: this.change };
    if (verb === 'presence.ping') return head;
    if (verb === 'chat.send') {
      const known = this.messages.find(({ clientMsgId }) => clientMsgId === input.clientMsgId);
      return { message: known ?? this.say('nadia', input.text as string, input.clientMsgId as string) };
    }
    if (verb !== 'consultation.join') return {};
    const missed = this.messages.filter(({ seq }) => seq > (input.afterSeq as number));
    const replayed = missed.slice(0, this.replayLimit);
    for (const said of replayed) this.tell('chat.message_created', { message: said });
    return {
      ...head,
      serverTime: new Date(0).toISOString(),
      consultationStatus: this.consultation.status,
      readSeq: 0,
      onlineUserIds: ['nadia'],
      queueItem: null,
      replayed: replayed.length,
      more: missed.length > replayed.length,
    };
  }
}
