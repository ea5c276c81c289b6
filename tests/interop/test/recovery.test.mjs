import assert from "node:assert/strict";
import { connected, next, numbers, onBothTransports, whoami } from "../support/client.mjs";
import { network } from "../support/network.mjs";

/** A socket with a room and data of its own, and a second one that speaks to that room. */
async function pair(context, transports, at) {
  const [socket, speaker] = await Promise.all([connected(context, { at, transports }), connected(context)]);
  const room = `recovery-${socket.id}`;
  await socket.emitWithAck("join", room);
  await socket.emitWithAck("set-data", "name", { deep: ["é"] });
  const heard = [];
  socket.on("said", (...args) => heard.push(args));
  const say = async (...words) => {
    for (const word of words) speaker.emit("say-all", room, word);
    await whoami(speaker);
  };
  return { socket, speaker, room, heard, say };
}

async function returns(socket) {
  const back = next(socket, "connect");
  socket.connect();
  await back;
}

async function dropped(socket) {
  const gone = next(socket, "disconnect");
  socket.emit("drop-transport");
  await gone;
}

onBothTransports("a socket whose connection broke gets back its id, rooms, data and what it missed, in order", async (context, transports) => {
  const { socket, room, heard, say } = await pair(context, transports);
  const id = socket.id;
  await say("before");
  await whoami(socket);
  await dropped(socket);
  await say(...numbers(50));
  await returns(socket);

  assert.equal(socket.recovered, true);
  assert.equal(socket.id, id);
  assert.deepEqual(await whoami(socket), { id, recovered: true, rooms: [room], data: { name: { deep: ["é"] } }, transport: transports[0] });
  assert.deepEqual(heard.map(([word]) => word), ["before", ...numbers(50)]);
  await say("after");
  await whoami(socket);
  assert.equal(heard.at(-1)[0], "after");
});

onBothTransports("a cable that was pulled and mended loses nothing said meanwhile", async (context, transports) => {
  const cable = await network(context);
  const { socket, heard, say } = await pair(context, transports, cable.at);
  const gone = next(socket, "disconnect");
  cable.cut();
  await gone;
  await say("one", "two", "three");
  cable.mend();
  // The server may learn of the cut after the client returns; a client that returns too early is served as a new one.
  await returns(socket);
  const words = heard.map(([word]) => word);
  assert.deepEqual(words, socket.recovered ? ["one", "two", "three"] : []);
});

onBothTransports("a socket can be recovered again and again", async (context, transports) => {
  const { socket, heard, say } = await pair(context, transports);
  const id = socket.id;
  for (const round of numbers(3)) {
    await dropped(socket);
    await say(round);
    await returns(socket);
    assert.equal(socket.recovered, true);
    assert.equal(socket.id, id);
  }
  await whoami(socket);
  assert.deepEqual(heard.map(([word]) => word), [0, 1, 2]);
});

onBothTransports("bytes missed are replayed as bytes", async (context, transports) => {
  const { socket, heard, say } = await pair(context, transports);
  await dropped(socket);
  await say(Buffer.from([1, 2, 3]), { in: Buffer.from([4]) });
  await returns(socket);
  await whoami(socket);
  assert.deepEqual(heard.map(([word]) => word), [Buffer.from([1, 2, 3]), { in: Buffer.from([4]) }]);
});

onBothTransports("what was said to a room one is not in is not replayed", async (context, transports) => {
  const { socket, speaker, heard, say } = await pair(context, transports);
  await dropped(socket);
  speaker.emit("say-all", "elsewhere", "secret");
  await say("mine");
  await returns(socket);
  await whoami(socket);
  assert.equal(socket.recovered, true);
  assert.deepEqual(heard.map(([word]) => word), ["mine"]);
});

onBothTransports("an unknown offset gives a new socket", async (context, transports) => {
  const { socket, heard, say } = await pair(context, transports);
  const id = socket.id;
  await dropped(socket);
  await say("missed");
  socket._lastOffset = "no such offset";
  await returns(socket);
  assert.equal(socket.recovered, false);
  assert.notEqual(socket.id, id);
  const me = await whoami(socket);
  assert.deepEqual([me.recovered, me.rooms, me.data], [false, [], {}]);
  assert.deepEqual(heard, []);
});

onBothTransports("an unknown or stolen-looking pid gives a new socket", async (context, transports) => {
  const { socket } = await pair(context, transports);
  const id = socket.id;
  await dropped(socket);
  socket._pid = "__proto__";
  await returns(socket);
  assert.equal(socket.recovered, false);
  assert.notEqual(socket.id, id);
});

onBothTransports("a socket that comes back after the window is new", async (context, transports) => {
  const { socket, speaker, say } = await pair(context, transports);
  const id = socket.id;
  await dropped(socket);
  await say("missed");
  // The server's own clock says when its window of 5 s is over.
  assert.equal(await speaker.emitWithAck("slow-ack", 5600), "done");
  await returns(socket);
  assert.equal(socket.recovered, false);
  assert.notEqual(socket.id, id);
  assert.deepEqual((await whoami(socket)).rooms, []);
});

onBothTransports("a client that said goodbye is not recovered", async (context, transports) => {
  const { socket } = await pair(context, transports);
  const id = socket.id;
  socket.disconnect();
  await returns(socket);
  assert.equal(socket.recovered, false);
  assert.notEqual(socket.id, id);
});

for (const close of [false, true])
  onBothTransports(`a client the server sent away (${close ? "connection" : "namespace"}) is not recovered`, async (context, transports) => {
    const { socket } = await pair(context, transports);
    const id = socket.id;
    const gone = next(socket, "disconnect");
    socket.emit("bye", close);
    await gone;
    await returns(socket);
    assert.equal(socket.recovered, false);
    assert.notEqual(socket.id, id);
  });
