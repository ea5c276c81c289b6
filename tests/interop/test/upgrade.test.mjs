import assert from "node:assert/strict";
import { client, connected, gather, next, numbers, rule, whoami } from "../support/client.mjs";
import { network } from "../support/network.mjs";

const transports = ["polling", "websocket"];

/** The upgrade may be over before the Socket.IO handshake is. */
async function upgraded({ io: { engine } }) {
  if (engine.transport.name !== "websocket") await next(engine, "upgrade");
}

/** Sends 260 messages in shares before, during and after the upgrade; resolves with their echoes. */
async function echoesAcross(context) {
  const socket = client(context, { transports });
  await next(socket, "connect");
  const echoes = gather(socket, "message-back", 260);
  let sent = 0;
  const send = (count) => {
    for (let left = count; left > 0 && sent < 260; left--) socket.emit("message", sent++);
  };
  const { engine } = socket.io;
  const done = upgraded(socket);
  engine.on("upgrading", () => send(80));
  send(60);
  for (const turn of numbers(10)) {
    await new Promise(setImmediate);
    send(turn);
  }
  await done;
  send(260);
  return { socket, got: (await echoes).map(([n]) => n) };
}

rule("260 echoes cross the upgrade in order and none is lost", async (context) => {
  const { socket, got } = await echoesAcross(context);
  assert.deepEqual(got, numbers(260));
  assert.equal((await whoami(socket)).transport, "websocket");
});

rule("20 clients upgrade at once, each with its echoes in order", async (context) => {
  for (const { socket, got } of await Promise.all(numbers(20).map(() => echoesAcross(context)))) {
    assert.deepEqual(got, numbers(260));
    assert.equal((await whoami(socket)).transport, "websocket");
  }
});

rule("what the server sends while the upgrade is under way arrives in order", async (context) => {
  const socket = await connected(context, { transports });
  const got = [];
  socket.on("seq", (n) => got.push(n));
  const bursts = numbers(5).map(() => socket.emitWithAck("burst", 100));
  assert.deepEqual(await Promise.all(bursts), [100, 100, 100, 100, 100]);
  assert.deepEqual(got, numbers(5).flatMap(() => numbers(100)));
});

rule("the session keeps its id, rooms and data across the upgrade", async (context) => {
  const socket = client(context, { transports });
  await next(socket, "connect");
  const id = socket.id;
  const done = upgraded(socket);
  await socket.emitWithAck("join", "a room");
  await socket.emitWithAck("set-data", "k", 1);
  await done;
  assert.deepEqual(await whoami(socket), { id, recovered: false, rooms: ["a room"], data: { k: 1 }, transport: "websocket" });
});

rule("bytes under way cross the upgrade in order", async (context) => {
  const socket = client(context, { transports });
  await next(socket, "connect");
  const echoes = gather(socket, "message-back", 100);
  const done = upgraded(socket);
  for (const n of numbers(50)) socket.emit("message", Buffer.from([n]));
  await done;
  for (const n of numbers(50)) socket.emit("message", Buffer.from([50 + n]));
  assert.deepEqual((await echoes).map(([bytes]) => bytes[0]), numbers(100));
});

rule("an upgraded connection that breaks is recovered", async (context) => {
  const cable = await network(context);
  const socket = client(context, { at: cable.at, transports });
  await next(socket, "connect");
  await upgraded(socket);
  const id = socket.id;
  const gone = next(socket, "disconnect");
  socket.emit("drop-transport");
  await gone;
  socket.connect();
  await next(socket, "connect");
  assert.equal(socket.recovered, true);
  assert.equal(socket.id, id);
});

rule("a client that may only poll stays on polling", async (context) => {
  const socket = await connected(context, { transports, upgrade: false });
  assert.equal(await socket.emitWithAck("message-with-ack", 1), 1);
  assert.equal((await whoami(socket)).transport, "polling");
});

rule("a client that starts with websocket and knows no polling works", async (context) => {
  const socket = await connected(context, { transports: ["websocket", "polling"] });
  assert.equal((await whoami(socket)).transport, "websocket");
});
