import { Problem } from '../../../api/problem';
import type { User } from '../../../api/session';
import type { Message } from '../../../realtime/events';
import type { Live } from '../../../realtime/live';
import type { MessageExtras, OutboxEntry } from '../../../storage/device';
import type { RoomApi } from '../api/roomApi';
import { strangersOf } from '../people';
import { carryFiles } from './attachments';
import { head } from './conversationLog';
import { newestOf } from './past';
import { followReceipts } from './receipts';
import { closedRoom, type RoomEvent, type RoomState, roomState, shown } from './roomState';
import { sendInOrder } from './sending';

/** Where unsent messages are kept over a reload. */
interface OutboxStore {
  read(): Promise<OutboxEntry[]>;
  put(entry: OutboxEntry): Promise<void>;
  drop(clientMsgId: string): Promise<void>;
}

export interface RoomParts {
  /** Of a visit's conversation, the visit's id. */
  conversationId: string;
  /** A visit is entered, by its waiting room or as its beginning; any other conversation is listened to. */
  place: 'visit' | 'talk';
  /** `GUEST` is in this visit by a link, and has no account. */
  me: { id: string; role: User['role'] | 'GUEST' };
  api: RoomApi;
  live: Live;
  outbox: OutboxStore;
  /** When messages may come in above those that are read; at once where nothing is drawn. */
  quiet?: () => Promise<void>;
}

/** The pieces of a room share this: the state, and how to change it. */
export interface RoomCore extends RoomParts {
  getState(): RoomState;
  dispatch(event: RoomEvent): void;
}

export type Room = ReturnType<typeof openRoom>;

/** Milliseconds between pings; the server believes in a person for three of them. */
const pingEvery = 10_000;
/** Milliseconds that a missing message has to arrive by itself before it is asked for. */
const gapPatience = 300;
/** A patient this close to the appointed time (milliseconds) enters the waiting room by opening the page. */
const opensEarly = 15 * 60_000;

/** Messages shown before one that was asked for. */
const lead = 20;

/** One conversation, of a visit or any other, as one person sees it: no pixels, only what is known and what can be done. */
export function openRoom(parts: RoomParts) {
  const { conversationId, place, me, api, live } = parts;
  const consultationId = conversationId;
  const listeners = new Set<() => void>();
  const endings = new Set<() => void>();
  let state: RoomState = { ...closedRoom, link: live.getStatus() };
  let wanted = false;
  let joining: Promise<void> | undefined;
  let wasJoined = false;
  let catchUp: ReturnType<typeof setTimeout> | undefined;
  let fruitless = 0;
  let left = false;
  const askedFor = new Set<string>();

  function dispatch(event: RoomEvent) {
    if (left) return;
    const { log, past } = state;
    state = roomState(state, event);
    if (state.log.messages !== log.messages || state.past !== past) void meetStrangers();
    if (state.joined && state.log.behind && !catchUp)
      catchUp = setTimeout(resync, gapPatience * 2 ** Math.min(fruitless, 6));
    for (const listener of listeners) listener();
  }

  const core: RoomCore = { ...parts, getState: () => state, dispatch };
  const sending = sendInOrder(core);
  const receipts = followReceipts(core);
  const files = carryFiles(core);

  async function load() {
    try {
      // The conversation first: a change made while the page travels is then newer than `change`, and replayed at join.
      const about = await api.about();
      const page = await api.messages();
      dispatch({ type: 'loaded', about, messages: page.items, cursor: page.next });
    } catch (reason) {
      dispatch({ type: 'loadFailed', problem: Problem.from(reason) });
    }
  }

  async function open() {
    await Promise.all([load(), sending.restore()]);
    if (state.phase === 'ready') void loadPins();
    const consultation = state.consultation;
    if (state.conversation) enter();
    if (!consultation) return;
    const near = Date.parse(consultation.scheduledAt) - Date.now() < opensEarly;
    if (consultation.status === 'in_progress') enter();
    else if (isUpcoming() && (me.role === 'GUEST' || (me.role === 'EMPLOYEE' && near))) enter();
    receipts.follow();
    void refreshGuests();
  }

  const isUpcoming = () => state.consultation?.status === 'scheduled' || state.consultation?.status === 'confirmed';

  /** Listens to the consultation from now on. For the practitioner of one that has not begun, this begins it. */
  function enter() {
    wanted = true;
    if (live.getStatus() === 'connected') void join();
  }

  function join(): Promise<void> {
    joining ??= joinOnce().finally(() => {
      joining = undefined;
    });
    return joining;
  }

  async function joinOnce() {
    const rejoined = wasJoined;
    try {
      const marks = { afterSeq: head(state.log), afterChange: state.log.change };
      const answer =
        place === 'visit'
          ? await live.ask('consultation.join', { consultationId, ...marks })
          : await live.ask('conversation.join', { conversationId, ...marks });
      wasJoined = true;
      dispatch({ type: 'joined', answer });
      if (answer.more) await Promise.all([load(), loadPins()]);
      else if (rejoined) await refreshReceipts();
      if (place === 'visit' ? !rejoined : rejoined) void refresh();
      dispatch({ type: 'log', event: { type: 'caughtUp', change: answer.change } });
      sending.flush();
      receipts.follow();
    } catch (reason) {
      const problem = Problem.from(reason);
      if (problem.category === 'forbidden' || problem.category === 'missing') dispatch({ type: 'loadFailed', problem });
      else if (live.getStatus() === 'connected')
        setTimeout(() => wanted && !left && !state.joined && void join(), 3_000);
    }
  }

  /** What the other side read while this one was away is in the newest page, not in the replay. */
  async function refreshReceipts() {
    const page = await api.messages().catch(() => null);
    if (!page) return;
    const known = page.items.filter((message) => message.seq <= head(state.log));
    dispatch({
      type: 'log',
      event: { type: 'page', messages: known.filter((message) => message.seq >= state.log.start) },
    });
    const read = known.find((message) => message.senderId === me.id && message.readAt);
    if (read?.readAt) dispatch({ type: 'log', event: { type: 'read', seq: read.seq, by: otherId(), at: read.readAt } });
  }

  const otherId = () => {
    const { consultation, conversation } = state;
    const other = conversation?.participants.find(({ id, leftAt }) => id !== me.id && leftAt === null);
    if (other) return other.id;
    return (consultation?.patient.id === me.id ? consultation?.doctor.id : consultation?.patient.id) ?? '';
  };

  async function refreshGuests() {
    const guests = await api.guests().catch(() => null);
    if (guests) dispatch({ type: 'guests', guests });
  }

  /** A practitioner who was asked in has a name, too: asked for once, when they speak or are spoken of. */
  async function meetStrangers() {
    const strangers = strangersOf(state).filter((id) => !askedFor.has(id));
    if (strangers.length === 0) return;
    for (const id of strangers) askedFor.add(id);
    const participants = await api.participants().catch(() => null);
    if (participants) dispatch({ type: 'participants', participants });
    // Asked again when the conversation goes on.
    else for (const id of strangers) askedFor.delete(id);
  }

  async function loadPins() {
    const held = await api.pins().catch(() => null);
    if (held) dispatch({ type: 'pins', ...held });
  }

  async function refresh() {
    try {
      const about = await api.about();
      dispatch({ type: 'refreshed', about });
      if (about.consultation?.status === 'in_progress' && !wanted) enter();
    } catch (reason) {
      const problem = Problem.from(reason);
      if (problem.category === 'forbidden' || problem.category === 'missing') dispatch({ type: 'loadFailed', problem });
    }
  }

  function resync() {
    catchUp = undefined;
    if (!state.joined || !state.log.behind || left) return;
    fruitless += 1;
    // Twice asked in vain: what is missing is further back than a replay goes.
    const again = fruitless > 2 ? load().then(join) : join();
    void again.then(() => {
      if (!state.log.behind) fruitless = 0;
    });
  }

  async function ping() {
    if (!state.joined) {
      if (isUpcoming() && !wanted) await refresh();
      return;
    }
    const heard = await live.ask('presence.ping', { consultationId }).catch(() => null);
    if (heard) dispatch({ type: 'log', event: { type: 'heard', seq: heard.seq, change: heard.change } });
  }

  const ours = (payload: { consultationId: string }) => payload.consultationId === consultationId;
  const stops = [
    live.onStatus((status) => {
      dispatch({ type: 'link', status });
      if (status !== 'connected') return;
      if (state.phase === 'failed' && state.problem?.category === 'unreachable') void open();
      else if (wanted) void join();
    }),
    live.on('chat.message_created', ({ message }) => {
      if (!ours(message)) return;
      dispatch({ type: 'log', event: { type: 'created', message } });
      if (message.senderId === me.id && message.clientMsgId)
        void parts.outbox.drop(message.clientMsgId).catch(() => undefined);
      else receipts.follow();
    }),
    live.on(
      'chat.message_updated',
      ({ message }) => ours(message) && dispatch({ type: 'log', event: { type: 'updated', message } }),
    ),
    live.on('chat.message_delivered', (told) => {
      if (ours(told))
        dispatch({ type: 'log', event: { type: 'delivered', seq: told.seq, by: told.userId, at: told.deliveredAt } });
    }),
    live.on('chat.message_read', (told) => {
      if (!ours(told)) return;
      dispatch({ type: 'log', event: { type: 'read', seq: told.seq, by: told.userId, at: told.readAt } });
      if (told.userId === me.id) dispatch({ type: 'readTo', seq: told.seq });
    }),
    live.on('chat.typing', (told) => {
      if (!ours(told) || told.userId === me.id) return;
      dispatch({
        type: 'presence',
        event: { type: 'typing', userId: told.userId, typing: told.typing, now: Date.now() },
      });
    }),
    live.on('presence.state', (told) => {
      if (!ours(told)) return;
      const { onlineUserIds: userIds, onlineRevision: revision } = told;
      dispatch({ type: 'presence', event: { type: 'present', userIds, revision } });
    }),
    live.on('queue.updated', (told) => ours(told) && dispatch({ type: 'queue', queueItem: told.queueItem })),
    live.on('conversation.updated', (told) => {
      if (place === 'talk' && told.conversationId === conversationId) void refresh();
    }),
    live.on('call.updated', ({ call }) => ours(call) && dispatch({ type: 'call', call })),
    live.on('guests.updated', (told) => ours(told) && void refreshGuests()),
    live.on('consultation.started', (told) => {
      if (ours(told)) dispatch({ type: 'started', at: told.startedAt });
    }),
    live.on('consultation.closed', (told) => {
      if (!ours(told)) return;
      wanted = false;
      dispatch({ type: 'closed', at: told.closedAt });
    }),
  ];
  const pinging = setInterval(() => void ping(), pingEvery);
  const ticking = setInterval(() => {
    if (state.presence.typing.size > 0) dispatch({ type: 'presence', event: { type: 'ticked', now: Date.now() } });
  }, 1_000);
  void open();

  return {
    getState: () => state,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    me,
    /** The visit's own line, and the way in to its media: what a call in it needs. */
    live,
    entry: api.entry,
    /** What has something to say before the line is closed. */
    endsWith(act: () => void) {
      endings.add(act);
      return () => void endings.delete(act);
    },
    enter,
    retry: () => void open(),
    /** Sends a text with the files that were chosen for it. */
    send(text: string, extras: MessageExtras = {}) {
      const taken = files.take();
      if (state.past) dispatch({ type: 'cameBack' });
      return sending.send(text, taken.length > 0 ? { ...extras, files: taken } : extras);
    },
    sendAgain: sending.sendAgain,
    discard: sending.discard,
    attach: files.attach,
    retryUpload: files.retry,
    cancelUpload: files.cancel,
    download: api.download,
    link: api.link,
    /** Uploads a voice and sends it once it is there: what was said is heard by nobody, or by both. */
    sendVoice(file: File, extras: MessageExtras = {}) {
      if (state.past) dispatch({ type: 'cameBack' });
      files.attachAlone(file, (held) => void sending.send('', { ...extras, files: [held] }));
    },
    invite: api.invite,
    saw: receipts.saw,

    async loadOlder() {
      const { cursor, loading } = shown(state).older;
      if (!cursor || loading) return;
      const { view } = state;
      dispatch({ type: 'olderAsked' });
      try {
        const page = await api.messages(cursor);
        await parts.quiet?.();
        if (view === state.view) dispatch({ type: 'olderCame', messages: page.items, cursor: page.next });
      } catch {
        if (view === state.view) dispatch({ type: 'olderFailed' });
      }
    },

    /** Goes on towards the newest, from where one had gone back to. */
    async loadNewer() {
      const { past, view } = state;
      if (!past || past.loadingNewer) return;
      dispatch({ type: 'newerAsked' });
      try {
        const messages = await api.after(newestOf(past));
        if (view === state.view) dispatch({ type: 'newerCame', messages });
      } catch {
        if (view === state.view) dispatch({ type: 'newerFailed' });
      }
    },

    /** Shows one message, however far back it is. */
    async goTo(seq: number) {
      const isThere = [state.log, state.past?.log].some((log) => log?.messages.some((message) => message.seq === seq));
      const around = isThere ? null : await api.after(Math.max(0, seq - 1 - lead));
      dispatch({ type: 'wentTo', seq, messages: around });
    },

    /** Holds what lies around this message, and lets go of the rest of a long conversation. Guests' pages know no way back to what was let go. */
    trim(seq: number) {
      if (me.role !== 'GUEST') dispatch({ type: 'trimmed', seq });
    },

    toNewest: () => dispatch({ type: 'cameBack' }),

    /** One message, known or asked for. */
    async find(messageId: string): Promise<Message> {
      const isIt = ({ id }: Message) => id === messageId;
      return state.log.messages.find(isIt) ?? state.past?.log.messages.find(isIt) ?? (await api.one(messageId));
    },

    typing(typing: boolean) {
      if (state.joined) void live.ask('chat.typing', { consultationId, typing }).catch(() => undefined);
    },

    async edit(message: Message, text: string) {
      const answer = await live.ask('chat.edit', { consultationId, messageId: message.id, text });
      dispatch({ type: 'log', event: { type: 'updated', message: answer.message } });
    },

    async remove(message: Message) {
      const answer = await live.ask('chat.delete', { consultationId, messageId: message.id });
      dispatch({ type: 'log', event: { type: 'updated', message: answer.message } });
    },

    async react(message: Message, emoji: string, on: boolean) {
      const answer = await live.ask('chat.react', { consultationId, messageId: message.id, emoji, on });
      dispatch({ type: 'log', event: { type: 'updated', message: answer.message } });
    },

    async pin(message: Message, on: boolean) {
      const answer = await live.ask('chat.pin', { consultationId, messageId: message.id, on });
      dispatch({ type: 'log', event: { type: 'updated', message: answer.message } });
    },

    async acknowledge(message: Message) {
      const answer = await live.ask('chat.acknowledge', { consultationId, messageId: message.id });
      dispatch({ type: 'log', event: { type: 'updated', message: answer.message } });
    },

    async move(to: 'archive' | 'reopen' | 'close') {
      dispatch({ type: 'refreshed', about: { consultation: null, conversation: await api.move(to) } });
    },

    async close() {
      await api.close();
      wanted = false;
      await refresh();
    },

    leave() {
      for (const act of endings) act();
      if (state.joined) void live.ask('consultation.leave', { consultationId }).catch(() => undefined);
      left = true;
      clearTimeout(catchUp);
      clearInterval(pinging);
      clearInterval(ticking);
      sending.stop();
      for (const stop of stops) stop();
      live.close();
    },
  };
}
