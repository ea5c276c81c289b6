import assert from "node:assert/strict";
import { connected, gather, next, numbers, onBothTransports, whoami } from "../support/client.mjs";

onBothTransports("1000 messages keep their order on the way in", async (context, transports) => {
  const socket = await connected(context, { transports });
  for (const n of numbers(1000)) socket.emit("in-seq", n);
  assert.deepEqual(await socket.emitWithAck("in-seq-report"), { n: 1000, ordered: true });
});

onBothTransports("1000 messages keep their order on the way out, and come before the ack that follows them", async (context, transports) => {
  const socket = await connected(context, { transports });
  const got = [];
  socket.on("seq", (n) => got.push(n));
  assert.equal(await socket.emitWithAck("burst", 1000), 1000);
  assert.deepEqual(got, numbers(1000));
});

onBothTransports("1000 echoes come back in order while more are being sent", async (context, transports) => {
  const socket = await connected(context, { transports });
  const echoes = gather(socket, "message-back", 1000);
  for (const n of numbers(1000)) socket.emit("message", n);
  assert.deepEqual((await echoes).map(([n]) => n), numbers(1000));
});

onBothTransports("volatile events come in order when they come, and nothing else is lost with them", async (context, transports) => {
  const socket = await connected(context, { transports });
  const got = [];
  socket.on("vseq", (n) => got.push(n));
  assert.equal(await socket.emitWithAck("volatile-burst", 1000), 1000);
  assert.equal((await whoami(socket)).id, socket.id);
  assert.deepEqual(got, [...new Set(got)].sort((a, b) => a - b));
  assert.ok(got.every((n) => n >= 0 && n < 1000));
});

onBothTransports("999,000 characters come back whole", async (context, transports) => {
  const socket = await connected(context, { transports });
  const text = "é1".repeat(333_000); // 999,000 bytes of UTF-8
  socket.emit("message", text);
  const [echo] = await next(socket, "message-back");
  assert.ok(echo === text);
  assert.equal((await whoami(socket)).id, socket.id);
});

onBothTransports("1,100,000 characters end the connection and no other", async (context, transports) => {
  const [loud, quiet] = await Promise.all([connected(context, { transports }), connected(context, { transports })]);
  const closed = next(loud, "disconnect");
  loud.emit("message", "x".repeat(1_100_000));
  const [reason] = await closed;
  assert.ok(["transport close", "transport error"].includes(reason), reason);
  assert.equal((await whoami(quiet)).id, quiet.id);
});

onBothTransports("50 clients talk at once and each hears its own echo", async (context, transports) => {
  const sockets = await Promise.all(numbers(50).map(() => connected(context, { transports })));
  assert.equal(new Set(sockets.map((socket) => socket.id)).size, 50);
  await Promise.all(
    sockets.map(async (socket, index) => {
      const echoes = gather(socket, "message-back", 20);
      for (const n of numbers(20)) socket.emit("message", index, n);
      assert.deepEqual((await echoes).map(([from, n]) => [from, n]), numbers(20).map((n) => [index, n]));
    }),
  );
});
