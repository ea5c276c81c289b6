import assert from "node:assert/strict";
import { connected, next, numbers, onBothTransports, whoami } from "../support/client.mjs";

onBothTransports("200 acks under way at once each find their caller", async (context, transports) => {
  const socket = await connected(context, { transports });
  const answers = await Promise.all(numbers(200).map((n) => socket.emitWithAck("message-with-ack", n)));
  assert.deepEqual(answers, numbers(200));
});

onBothTransports("acks that come in another order than the calls still find their caller", async (context, transports) => {
  const socket = await connected(context, { transports });
  const order = [];
  const slow = socket.emitWithAck("slow-ack", 300).then((answer) => order.push(["slow", answer]));
  const quick = socket.emitWithAck("message-with-ack", "q").then((answer) => order.push(["quick", answer]));
  await Promise.all([slow, quick]);
  assert.deepEqual(order, [["quick", "q"], ["slow", "done"]]);
});

onBothTransports("an ack with several values keeps them all", async (context, transports) => {
  const socket = await connected(context, { transports });
  const values = await new Promise((resolve) => socket.emit("message-with-ack", 1, "2", { 3: [true] }, (...got) => resolve(got)));
  assert.deepEqual(values, [1, "2", { 3: [true] }]);
});

onBothTransports("a call nobody answers times out at the client and the connection lives on", async (context, transports) => {
  const socket = await connected(context, { transports });
  await assert.rejects(socket.timeout(150).emitWithAck("no-ack", "x"), /timed out/);
  assert.equal((await whoami(socket)).id, socket.id);
});

onBothTransports("an ack that comes after the client gave up does no harm", async (context, transports) => {
  const socket = await connected(context, { transports });
  await assert.rejects(socket.timeout(20).emitWithAck("slow-ack", 200), /timed out/);
  // The second slow-ack is asked later and takes as long, so the first answer has come by then.
  assert.equal(await socket.emitWithAck("slow-ack", 250), "done");
  assert.equal((await whoami(socket)).id, socket.id);
});

onBothTransports("the server's question is answered by the client's ack", async (context, transports) => {
  const socket = await connected(context, { transports });
  socket.on("question", (value, answer) => answer({ twice: value * 2 }));
  assert.deepEqual(await socket.emitWithAck("ask-me", 21, 5000), { answer: { twice: 42 } });
});

onBothTransports("the server's question times out when the client keeps silent, and a late answer is ignored", async (context, transports) => {
  const socket = await connected(context, { transports });
  let answerLate;
  socket.on("question", (_, answer) => (answerLate = answer));
  assert.deepEqual(await socket.emitWithAck("ask-me", 1, 50), { timedOut: true });
  answerLate("too late");
  answerLate = undefined;
  assert.equal((await whoami(socket)).id, socket.id);
});

onBothTransports("many questions of the server under way at once each find their answer", async (context, transports) => {
  const socket = await connected(context, { transports });
  socket.on("question", (value, answer) => setTimeout(answer, 20 - value, value));
  const asked = await Promise.all(numbers(20).map((n) => socket.emitWithAck("ask-me", n, 5000)));
  assert.deepEqual(asked, numbers(20).map((answer) => ({ answer })));
});

onBothTransports("acking what gave no ack function is harmless", async (context, transports) => {
  const socket = await connected(context, { transports });
  socket.emit("message-with-ack", 1);
  socket.emit("whoami");
  socket.emit("slow-ack", 1);
  // Node's own server throws here and dies with the process; a fresh client shows that this one did not.
  const other = await connected(context, { transports });
  assert.equal((await whoami(other)).id, other.id);
});
