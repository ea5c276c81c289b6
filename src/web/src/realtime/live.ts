import { io, type Socket } from 'socket.io-client';
import { Problem } from '../api/problem';
import type { Session } from '../api/session';
import type { Ack, Events, Verbs } from './events';

/** How the line to the server is; the room shows it in words. */
export type LinkStatus = 'connecting' | 'connected' | 'reconnecting' | 'offline' | 'refused';

/** What a room needs of the line. */
export interface Live {
  getStatus(): LinkStatus;
  onStatus(listener: (status: LinkStatus) => void): () => void;
  on<E extends keyof Events>(event: E, listener: (payload: Events[E]) => void): () => void;
  /** The server's answer, or a {@link Problem}: unreachable when none came in time. */
  ask<V extends keyof Verbs>(verb: V, input: Verbs[V]['input']): Promise<Verbs[V]['answer']>;
  /** Asks in this consultation whether the line still leads anywhere, and opens it anew where nothing answers: another network is noticed sooner by who uses it. */
  check(consultationId: string): Promise<boolean>;
  close(): void;
}

/** Milliseconds in which a line that is in order answers; a missed heartbeat takes three quarters of a minute. */
const checkPatience = 1_500;

/** Milliseconds an ack may take before the message counts as not acknowledged (and is sent again under the same id). */
const ackPatience = 10_000;

/** Milliseconds: a line that the server ends sooner than this is not opened again at once. */
const shortLife = 5_000;

/** Statuses of the codes that a screen treats in its own way; acks carry codes only. */
const statusOfCode: Record<string, number> = {
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  invalid: 422,
  too_many_requests: 429,
  unavailable: 503,
  internal: 500,
};

function problemOfAck({ code, message, field }: { code: string; message: string; field?: string }): Problem {
  return new Problem(statusOfCode[code] ?? 409, {
    code,
    detail: message,
    ...(field && { errors: { [field]: [message] } }),
  });
}

/** Whose line it is: somebody who signed in, or a guest of one visit. */
export interface LineSession extends Pick<Session, 'token' | 'renew' | 'subscribe'> {
  getState(): { status: string; token?: string };
}

/** Opens the line to the namespace, in the name of the session's user, and keeps it open: new tokens, lost networks, a server that restarts. */
export function openLive(session: LineSession): Live {
  const socket: Socket = io('/consultations', {
    path: '/socket.io/',
    auth: (give) => void session.token().then((token) => give({ token })),
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    autoConnect: false,
    forceNew: true,
    reconnectionDelay: 400,
    reconnectionDelayMax: 5_000,
  });
  const listeners = new Set<(status: LinkStatus) => void>();
  let status: LinkStatus = navigator.onLine ? 'connecting' : 'offline';
  let lastToken: string | null = null;
  let closed = false;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let connectedAt = 0;

  function become(next: LinkStatus) {
    if (closed || next === status) return;
    status = next;
    for (const listener of listeners) listener(next);
  }

  const tokenNow = () => {
    const state = session.getState();
    return state.status === 'signedIn' ? (state.token ?? null) : null;
  };

  /** The server refused or ended this sign-in's socket: a fresh token first, then the line again. */
  async function reopenWithFreshToken() {
    const fresh = await session.renew(lastToken);
    if (closed || !navigator.onLine) return;
    if (fresh) socket.connect();
    else retry = setTimeout(() => socket.connect(), 5_000);
  }

  socket.on('connect', () => {
    lastToken = tokenNow();
    connectedAt = Date.now();
    become('connected');
  });
  socket.on('disconnect', (reason) => {
    if (closed) return;
    become(navigator.onLine ? 'reconnecting' : 'offline');
    if (reason !== 'io server disconnect') return;
    if (Date.now() - connectedAt > shortLife) void reopenWithFreshToken();
    else retry = setTimeout(() => void reopenWithFreshToken(), shortLife);
  });
  socket.on('connect_error', (error: Error & { data?: { code?: string } }) => {
    if (error.data?.code === 'forbidden') become('refused');
    else if (error.data?.code === 'unauthenticated') {
      lastToken ??= tokenNow();
      void reopenWithFreshToken();
    } else {
      become(navigator.onLine ? 'reconnecting' : 'offline');
      // A refusal of the namespace ends socket.io's own retries; a lost network does not.
      if (!socket.active) retry = setTimeout(() => socket.connect(), 5_000);
    }
  });

  const stopFollowing = session.subscribe(() => {
    const token = tokenNow();
    if (!token || token === lastToken || !socket.connected) return;
    lastToken = token;
    socket.emit('session.renew', { token }, () => undefined);
  });

  let checking: Promise<boolean> | null = null;
  /** One question at a time; whoever asks meanwhile gets the same answer. */
  function check(consultationId: string) {
    checking ??= leads(consultationId).finally(() => {
      checking = null;
    });
    return checking;
  }

  async function leads(consultationId: string) {
    const asked = socket.id;
    if (closed || !socket.connected) return false;
    const answered = await socket
      .timeout(checkPatience)
      .emitWithAck('presence.ping', { consultationId })
      .catch(() => null);
    if (answered !== null) return true;
    if (closed || socket.id !== asked) return false;
    become('reconnecting');
    socket.disconnect();
    socket.connect();
    return false;
  }

  // The browser knows of a lost network at once, the socket only after a missed heartbeat.
  const onOffline = () => {
    become('offline');
    socket.disconnect();
  };
  const onOnline = () => {
    become('reconnecting');
    socket.connect();
  };
  window.addEventListener('offline', onOffline);
  window.addEventListener('online', onOnline);
  if (navigator.onLine) socket.connect();

  return {
    getStatus: () => status,

    onStatus(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },

    on(event, listener) {
      const untyped = listener as (payload: unknown) => void;
      socket.on(event as string, untyped);
      return () => void socket.off(event as string, untyped);
    },

    async ask<V extends keyof Verbs>(verb: V, input: Verbs[V]['input']) {
      if (!socket.connected) throw Problem.unreachable();
      const ack = (await socket
        .timeout(ackPatience)
        .emitWithAck(verb, input)
        .catch(() => {
          throw Problem.unreachable();
        })) as Ack<Verbs[V]['answer']>;
      if (!ack.ok) throw problemOfAck(ack.error);
      return ack;
    },

    check,

    close() {
      closed = true;
      clearTimeout(retry);
      stopFollowing();
      window.removeEventListener('offline', onOffline);
      window.removeEventListener('online', onOnline);
      socket.disconnect();
    },
  };
}
