import { Problem } from '../api/problem';
import type { RoomApi } from '../parts/conversation/api/roomApi';
import type { Consultation, Conversation, Events, Message, Participant, Verbs } from '../realtime/events';
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
  /** What whoever comes into a call is answered. */
  calls: object = {};
  /** Who has a seat, as the conversation's own answer says. */
  participants: Participant[] = [];
  /** Set: what is talked in is no visit, but this. */
  conversation: Conversation | null = null;
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
    check: async () => true,
    close: () => undefined,
  };

  readonly api: RoomApi = {
    about: async () => {
      const consultation = { ...this.consultation, seq: this.messages.length, change: this.change };
      return this.conversation
        ? { consultation: null, conversation: { ...this.conversation, seq: consultation.seq, change: this.change } }
        : { consultation, conversation: null };
    },
    messages: async (cursor) => {
      const before = cursor ? Number(cursor) : this.messages.length + 1;
      const items = this.messages
        .filter(({ seq }) => seq < before)
        .slice(-50)
        .reverse();
      const oldest = items.at(-1)?.seq ?? 1;
      return { items, next: oldest > 1 ? String(oldest) : null };
    },
    after: async (seq) => this.messages.filter((said) => said.seq > seq).slice(0, 50),
    one: async (messageId) => {
      const found = this.messages.find(({ id }) => id === messageId);
      if (!found) throw new Problem(404, { code: 'not_found' });
      return found;
    },
    pins: async () => ({
      messages: this.messages.filter(({ pinnedAt }) => pinnedAt),
      urgent: this.messages.filter(({ urgent, acknowledgedAt }) => urgent && !acknowledgedAt),
    }),
    move: async (to) => {
      if (!this.conversation) throw new Problem(404, { code: 'not_found' });
      this.conversation = {
        ...this.conversation,
        status: to === 'archive' ? 'archived' : to === 'close' ? 'closed' : 'active',
      };
      return this.conversation;
    },
    close: async () => undefined,
    guests: async () => [],
    participants: async () => this.participants,
    entry: async () => ({ provider: 'peer', url: null, token: null, expiresAt: new Date(600_000).toISOString() }),
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
    upload: () => ({ done: Promise.resolve('f1'), cancel: () => undefined }),
    link: async () => '',
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
    if (verb === 'call.start' || verb === 'call.accept' || verb === 'call.join') return this.calls;
    if (verb !== 'consultation.join' && verb !== 'conversation.join') return {};
    const missed = this.messages.filter(({ seq }) => seq > (input.afterSeq as number));
    const replayed = missed.slice(0, this.replayLimit);
    for (const said of replayed) this.tell('chat.message_created', { message: said });
    const listening = { ...head, readSeq: 0, onlineUserIds: ['nadia'], onlineRevision: 1, replayed: replayed.length };
    if (verb === 'conversation.join') return { ...listening, more: missed.length > replayed.length };
    return {
      ...listening,
      serverTime: new Date(0).toISOString(),
      consultationStatus: this.consultation.status,
      queueItem: null,
      more: missed.length > replayed.length,
    };
  }
}
