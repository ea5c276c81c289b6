import { test } from "node:test";
import { io } from "socket.io-client";

export const url = process.env.SOCKETIO_URL;
if (!url) throw new Error("SOCKETIO_URL is not set: start the tests with `npm test`");

/** Milliseconds a test may take before it counts as hung; nothing in a passing test waits for it. */
export const patience = 20_000;

/** Registers one test per transport: the rule it states must hold on both. */
export function onBothTransports(sentence, body) {
  for (const transport of ["polling", "websocket"])
    test(`${sentence}, over ${transport}`, { timeout: patience }, (context) => body(context, [transport]));
}

/** One test where the transport has no say. */
export function rule(sentence, body) {
  test(sentence, { timeout: patience }, body);
}

/** A client with a connection of its own, closed when the test ends. It does not return by itself unless asked. */
export function client(context, { namespace = "", at = url, ...options } = {}) {
  const socket = io(at + namespace, { path: "/real/", forceNew: true, reconnection: false, ...options });
  context.after(() => socket.io.engine?.close() ?? socket.disconnect());
  return socket;
}

/** A client that has its `connect` behind it. */
export async function connected(context, options) {
  const socket = client(context, options);
  await next(socket, "connect");
  return socket;
}

/** The arguments of the next event; a refused connection fails the wait, unless it is what is awaited. */
export function next(emitter, event) {
  return new Promise((resolve, reject) => {
    emitter.once(event, (...args) => resolve(args));
    if (event !== "connect_error") emitter.once("connect_error", reject);
  });
}

/** Resolves with every argument list of `event` once `count` of them have come. */
export function gather(socket, event, count) {
  const got = [];
  return new Promise((resolve) =>
    socket.on(event, (...args) => {
      got.push(args);
      if (got.length === count) resolve(got);
    }),
  );
}

/** What the server knows of this socket. */
export const whoami = (socket) => socket.emitWithAck("whoami");

export const numbers = (count) => Array.from({ length: count }, (_, index) => index);
