import assert from "node:assert/strict";
import { connected, next, numbers, onBothTransports, whoami } from "../support/client.mjs";
import { network } from "../support/network.mjs";

const eager = { reconnection: true, reconnectionDelay: 20, reconnectionDelayMax: 50 };

onBothTransports("a client returns by itself and what it emitted offline arrives in order", async (context, transports) => {
  const cable = await network(context);
  const socket = await connected(context, { at: cable.at, transports, ...eager });
  const gone = next(socket, "disconnect");
  cable.cut();
  await gone;
  for (const n of numbers(100)) socket.emit("in-seq", n);
  const report = socket.emitWithAck("in-seq-report");
  const back = next(socket.io, "reconnect");
  cable.mend();
  await back;
  assert.deepEqual(await report, { n: 100, ordered: true });
  assert.equal((await whoami(socket)).id, socket.id);
});

onBothTransports("a client whose connection the server drops again and again always returns", async (context, transports) => {
  const socket = await connected(context, { transports, ...eager });
  for (const n of numbers(5)) {
    const back = next(socket, "connect");
    socket.emit("drop-transport");
    await back;
    assert.equal(await socket.emitWithAck("message-with-ack", n), n);
  }
});

onBothTransports("a client that emits with retries delivers once the server answers", async (context, transports) => {
  const socket = await connected(context, { transports, ...eager, retries: 3, ackTimeout: 2000 });
  const answers = await Promise.all(numbers(20).map((n) => socket.emitWithAck("message-with-ack", n)));
  assert.deepEqual(answers, numbers(20));
});

onBothTransports("what is buffered before the first connect is sent after it, in order", async (context, transports) => {
  const cable = await network(context);
  const socket = await connected(context, { at: cable.at, transports });
  socket.disconnect();
  for (const n of numbers(30)) socket.emit("in-seq", n);
  const report = socket.emitWithAck("in-seq-report");
  socket.connect();
  assert.deepEqual(await report, { n: 30, ordered: true });
});
