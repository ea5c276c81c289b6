import assert from "node:assert/strict";
import { connected, next, numbers, onBothTransports } from "../support/client.mjs";

// No recovery here, hence no offset behind the arguments.
const exact = { path: "/socket.io/" };
const bytes = (length) => Buffer.from(Uint8Array.from({ length }, (_, index) => index % 256));

onBothTransports("bytes are echoed as bytes, deep inside their arguments", async (context, transports) => {
  const socket = await connected(context, { transports });
  socket.emit("message", bytes(3), { a: [{ b: bytes(256) }], n: 1 }, "text");
  const [first, nested, text] = await next(socket, "message-back");
  assert.deepEqual(first, bytes(3));
  assert.deepEqual(nested, { a: [{ b: bytes(256) }], n: 1 });
  assert.equal(text, "text");
});

onBothTransports("typed arrays and empty buffers survive", async (context, transports) => {
  const socket = await connected(context, { ...exact, transports });
  socket.emit("message", new Uint8Array([1, 2, 3]), Buffer.alloc(0), new Uint8Array([9]).buffer);
  assert.deepEqual(await next(socket, "message-back"), [Buffer.from([1, 2, 3]), Buffer.alloc(0), Buffer.from([9])]);
});

onBothTransports("an ack carries bytes both ways", async (context, transports) => {
  const socket = await connected(context, { transports });
  assert.deepEqual(await socket.emitWithAck("message-with-ack", bytes(1000)), bytes(1000));
  socket.on("question", (value, answer) => answer(value));
  assert.deepEqual(await socket.emitWithAck("ask-me", bytes(10), 5000), { answer: bytes(10) });
});

onBothTransports("binary and text events keep their order among each other", async (context, transports) => {
  const socket = await connected(context, { transports });
  const got = [];
  socket.on("message-back", (value) => got.push(Buffer.isBuffer(value) ? value.readUInt16BE() : value));
  for (const n of numbers(200)) {
    const buffer = Buffer.alloc(2);
    buffer.writeUInt16BE(n);
    socket.emit("message", n % 2 ? buffer : n);
  }
  assert.equal(await socket.emitWithAck("message-with-ack", "end"), "end");
  assert.deepEqual(got, numbers(200));
});

onBothTransports("ten attachments pass and a large one too", async (context, transports) => {
  const socket = await connected(context, { ...exact, transports });
  socket.emit("message", ...numbers(10).map((n) => bytes(n)));
  assert.deepEqual(await next(socket, "message-back"), numbers(10).map((n) => bytes(n)));
  socket.emit("message", bytes(600_000));
  assert.deepEqual(await next(socket, "message-back"), [bytes(600_000)]);
});

onBothTransports("bytes said to a room reach every member", async (context, transports) => {
  const [speaker, listener] = await Promise.all([connected(context, { transports }), connected(context, { transports })]);
  const room = `binary-${speaker.id}`;
  await Promise.all([speaker.emitWithAck("join", room), listener.emitWithAck("join", room)]);
  const heard = Promise.all([next(speaker, "said"), next(listener, "said")]);
  speaker.emit("say-all", room, bytes(64), "x");
  for (const args of await heard) assert.deepEqual(args.slice(0, 2), [bytes(64), "x"]);
});
