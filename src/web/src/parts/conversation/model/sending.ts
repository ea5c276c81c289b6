import { Problem } from '../../../api/problem';
import type { MessageExtras, OutboxEntry } from '../../../storage/device';
import type { RoomCore } from './room';

/** Milliseconds before a message that got no answer is sent again under the same id. */
const retryDelay = 2_000;

/** Trying again may help; anything else is the server's decision and waits for the writer's. */
const isPassing = (problem: Problem) => ['unreachable', 'slow', 'signIn', 'broken'].includes(problem.category);

/** A message as it goes over the line: what it has not is not named. */
const asSaid = ({
  consultationId,
  clientMsgId,
  text,
  replyTo,
  urgent,
  requiresResponse,
  intent,
  files,
}: OutboxEntry) => ({
  consultationId,
  clientMsgId,
  ...(text && { text }),
  ...(replyTo && { replyTo }),
  ...(urgent && { urgent }),
  ...(requiresResponse && { requiresResponse }),
  ...(intent && { intent }),
  ...(files && files.length > 0 && { fileIds: files.map(({ id }) => id) }),
});

/** Sends the outbox in the order of writing, one at a time, each until it is acknowledged or refused. */
export function sendInOrder({ conversationId, me, live, outbox, getState, dispatch }: RoomCore) {
  let sending = false;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const nextWaiting = () => getState().outbox.find((entry) => entry.state === 'waiting');

  async function flush() {
    if (sending) return;
    sending = true;
    clearTimeout(retry);
    try {
      for (let entry = nextWaiting(); entry && getState().joined; entry = nextWaiting()) {
        if (!(await sendOne(entry))) return;
      }
    } finally {
      sending = false;
    }
  }

  /** False when the line should rest before the next try. */
  async function sendOne(entry: OutboxEntry): Promise<boolean> {
    const { clientMsgId } = entry;
    try {
      const { message } = await live.ask('chat.send', asSaid(entry));
      dispatch({ type: 'log', event: { type: 'created', message } });
      await forget(clientMsgId);
      return true;
    } catch (reason) {
      const problem = Problem.from(reason);
      if (isPassing(problem)) {
        retry = setTimeout(() => void flush(), (problem.retryAfter ?? 0) * 1000 || retryDelay);
        return false;
      }
      await become(clientMsgId, problem.code);
      return true;
    }
  }

  async function become(clientMsgId: string, code: string | null) {
    dispatch({ type: 'unsent', clientMsgId, code });
    const entry = getState().outbox.find((known) => known.clientMsgId === clientMsgId);
    if (entry) await outbox.put(entry).catch(() => undefined);
  }

  const forget = (clientMsgId: string) => outbox.drop(clientMsgId).catch(() => undefined);

  return {
    flush: () => void flush(),

    /** Brings back what an earlier page load left unsent. */
    async restore() {
      const entries = await outbox.read().catch(() => []);
      dispatch({ type: 'queued', entries });
      void flush();
    },

    async send(text: string, extras: MessageExtras = {}) {
      const entry: OutboxEntry = {
        ...extras,
        clientMsgId: crypto.randomUUID(),
        userId: me.id,
        consultationId: conversationId,
        text,
        createdAt: Date.now(),
        state: 'waiting',
        afterSeq: getState().log.messages.at(-1)?.seq ?? 0,
        code: null,
      };
      dispatch({ type: 'queued', entries: [entry] });
      dispatch({ type: 'answered' });
      // Stored before it is sent: whatever happens in between, a reload repeats it under the same id.
      await outbox.put(entry).catch(() => undefined);
      void flush();
    },

    async sendAgain(clientMsgId: string) {
      await become(clientMsgId, null);
      void flush();
    },

    async discard(clientMsgId: string) {
      dispatch({ type: 'discarded', clientMsgId });
      await forget(clientMsgId);
    },

    stop: () => clearTimeout(retry),
  };
}
