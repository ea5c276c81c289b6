import type { RoomCore } from './room';

/** Tells the other side what has arrived and what has been seen: watermarks, so only the newest counts. */
export function followReceipts({ conversationId: consultationId, me, live, getState, dispatch }: RoomCore) {
  let told = 0;
  let seen = 0;
  let reading = false;

  const newestOfOther = (upTo: number) =>
    getState().log.messages.findLast((message) => message.senderId !== me.id && message.seq <= upTo);

  async function tellDelivered() {
    const newest = newestOfOther(Number.MAX_SAFE_INTEGER);
    if (!newest || newest.seq <= told || newest.deliveredAt || !getState().joined) return;
    const before = told;
    told = newest.seq;
    await live.ask('chat.delivered', { consultationId, messageId: newest.id }).catch(() => {
      told = before;
    });
  }

  async function tellRead() {
    const newest = newestOfOther(seen);
    if (!newest || reading || newest.seq <= getState().readSeq) return;
    reading = true;
    const answer = await live.ask('chat.read', { consultationId, messageId: newest.id }).catch(() => null);
    reading = false;
    if (!answer) return;
    dispatch({ type: 'readTo', seq: newest.seq });
    void tellRead();
  }

  return {
    /** After anything that may have brought messages, or the line back. */
    follow() {
      void tellDelivered();
      void tellRead();
    },

    /** The reader had the messages up to `seq` before their eyes. */
    saw(seq: number) {
      if (seq <= seen) return;
      seen = seq;
      void tellRead();
    },
  };
}
