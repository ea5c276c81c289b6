import { Problem } from '../../../api/problem';
import { isAhead, roomOpensAt, type Visit } from '../../../parts/visit';
import type { Events } from '../../../realtime/events';
import type { LinkStatus, Live } from '../../../realtime/live';
import type { Place, WaitingRoomApi } from '../api/waitingRoom';

/**
 * `early`: the doors are closed yet. `waiting`: in one's place. `called`: the practitioner has opened the visit.
 * `over`: cancelled, or ended. `left`: of one's own will. `failed`: with `problem`.
 */
type Phase = 'opening' | 'early' | 'waiting' | 'called' | 'over' | 'left' | 'failed';

export interface WaitingState {
  readonly phase: Phase;
  readonly link: LinkStatus;
  readonly visit: Visit | null;
  readonly place: Place | null;
  readonly problem: Problem | null;
}

/** Milliseconds between questions: what was announced while the line was away, and whether the practitioner is there. */
const askEvery = 15_000;
/** Milliseconds until the next look after an answer that does not fit, and how many such answers are borne. */
const soon = 2_000;
const patience = 3;
/** Milliseconds: a timer that is set for longer would fire at once in a browser. */
const longestTimer = 2 ** 31 - 1;

export type WaitingRoom = ReturnType<typeof openWaitingRoom>;

/** One patient's place in front of one visit: no pixels, only what is known and what can be done. */
export function openWaitingRoom({ id, api, live }: { id: string; api: WaitingRoomApi; live: Live }) {
  const listeners = new Set<() => void>();
  let state: WaitingState = { phase: 'opening', link: live.getStatus(), visit: null, place: null, problem: null };
  let running: Promise<void> | undefined;
  let again = false;
  let closed = false;
  let conflicts = 0;
  let opening: ReturnType<typeof setTimeout> | undefined;

  // Asked anew after each answer: one may leave while it travels.
  const hasLeft = () => state.phase === 'left';

  function become(part: Partial<WaitingState>) {
    if (closed) return;
    state = { ...state, ...part };
    for (const listener of listeners) listener();
  }

  /** Looks how things are, and takes the place if there is one to take. Asked meanwhile, it looks once more afterwards. */
  function look(): Promise<void> {
    if (closed || hasLeft()) return Promise.resolve();
    again = running !== undefined;
    running ??= lookOnce().finally(() => {
      running = undefined;
      if (again) void look();
    });
    return running;
  }

  async function lookOnce() {
    try {
      const visit = await api.visit();
      if (hasLeft()) return;
      if (visit.status === 'IN_PROGRESS') return become({ phase: 'called', visit, place: null, problem: null });
      if (!isAhead(visit)) return become({ phase: 'over', visit, place: null, problem: null });
      become({ visit });
      const place = await takePlace();
      conflicts = 0;
      if (!hasLeft()) become({ phase: 'waiting', place, problem: null });
    } catch (reason) {
      refused(Problem.from(reason));
    }
  }

  /** The place that is known, or a new one where it was lost: after two minutes of absence it goes to others. */
  async function takePlace(): Promise<Place> {
    if (state.phase !== 'waiting') return await api.enter();
    try {
      return await api.place();
    } catch (reason) {
      const { category } = Problem.from(reason);
      if (category !== 'missing' && category !== 'conflict') throw reason;
      return await api.enter();
    }
  }

  function refused(problem: Problem) {
    if (hasLeft()) return;
    if (problem.code === 'too_early') {
      become({ phase: 'early', place: null, problem: null });
      waitForDoors();
    } else if (problem.category === 'unreachable' && state.phase !== 'opening') {
      // The place is kept for a while; the line says in words that it is away.
      become({ problem });
    } else if (problem.category === 'conflict' && conflicts < patience) {
      // The visit has changed between two questions: another look will say how.
      conflicts += 1;
      clearTimeout(opening);
      opening = setTimeout(() => void look(), soon);
    } else become({ phase: 'failed', place: null, problem });
  }

  function waitForDoors() {
    clearTimeout(opening);
    const { visit } = state;
    if (!visit) return;
    opening = setTimeout(() => void look(), Math.min(Math.max(roomOpensAt(visit) - Date.now(), 1_000), longestTimer));
  }

  const ours = (told: { consultationId: string }) => told.consultationId === id;

  function told({ queueItem }: Events['queue.updated']) {
    if (!queueItem || state.phase !== 'waiting' || !state.place) return void look();
    const { position, joinedAt, expectedAt, delayMinutes } = queueItem;
    become({
      place: {
        ...state.place,
        position,
        joinedAt,
        ...(expectedAt !== undefined && { expectedAt }),
        ...(delayMinutes !== undefined && { delayMinutes }),
      },
    });
  }

  const stops = [
    live.onStatus((link) => {
      become({ link });
      if (link === 'connected') void look();
    }),
    live.on('queue.updated', (event) => ours(event) && told(event)),
    live.on('consultation.started', (event) => ours(event) && void look()),
    live.on('consultation.updated', (event) => ours(event) && void look()),
    live.on('consultation.handed_over', (event) => ours(event) && void look()),
    live.on('consultation.closed', (event) => ours(event) && void look()),
  ];
  const asking = setInterval(() => {
    if (state.phase === 'waiting' || state.phase === 'early') void look();
  }, askEvery);
  void look();

  return {
    getState: () => state,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },

    retry() {
      become({ phase: 'opening', problem: null });
      void look();
    },

    /** Gives the place to others. */
    async leave() {
      await api.leave();
      become({ phase: 'left', place: null });
    },

    comeBack() {
      become({ phase: 'opening' });
      void look();
    },

    /** Ends this page's part; the place is kept for who comes back soon. */
    close() {
      closed = true;
      clearInterval(asking);
      clearTimeout(opening);
      for (const stop of stops) stop();
    },
  };
}
