import assert from "node:assert/strict";
import { connected, next, onBothTransports, whoami } from "../support/client.mjs";

/** Three sockets, the first two in a room of their own; `heard` lists what each was told, without the recovery offset. */
async function three(context, transports) {
  const sockets = await Promise.all([1, 2, 3].map(() => connected(context, { transports })));
  const room = `room-${sockets[0].id}`;
  await Promise.all(sockets.slice(0, 2).map((socket) => socket.emitWithAck("join", room)));
  const heard = sockets.map((socket) => {
    const words = [];
    socket.on("said", (word) => words.push(word));
    return words;
  });
  // A round trip of every socket, so that whoever spoke has been heard; then one more, so that what was said has come.
  const settle = async () => {
    for (const socket of [...sockets, ...sockets]) await whoami(socket);
  };
  return { sockets, room, heard, settle };
}

onBothTransports("a room hears what is said to it and nobody else does", async (context, transports) => {
  const { sockets, room, heard, settle } = await three(context, transports);
  sockets[0].emit("say-all", room, "all");
  await settle();
  assert.deepEqual(heard, [["all"], ["all"], []]);
});

onBothTransports("the speaker does not hear what it says to the others", async (context, transports) => {
  const { sockets, room, heard, settle } = await three(context, transports);
  sockets[0].emit("say-others", room, "others");
  await settle();
  assert.deepEqual(heard, [[], ["others"], []]);
});

onBothTransports("who has left a room no longer hears it", async (context, transports) => {
  const { sockets, room, heard, settle } = await three(context, transports);
  await sockets[1].emitWithAck("leave", room);
  assert.deepEqual((await whoami(sockets[1])).rooms, []);
  sockets[0].emit("say-all", room, "after");
  await settle();
  assert.deepEqual(heard, [["after"], [], []]);
});

onBothTransports("joining twice is joining once", async (context, transports) => {
  const { sockets, room, heard, settle } = await three(context, transports);
  await sockets[1].emitWithAck("join", room);
  assert.deepEqual((await whoami(sockets[1])).rooms, [room]);
  sockets[2].emit("say-all", room, "once");
  await settle();
  assert.deepEqual(heard, [["once"], ["once"], []]);
});

onBothTransports("a socket can be reached by its own id", async (context, transports) => {
  const { sockets, heard, settle } = await three(context, transports);
  sockets[0].emit("say-others", sockets[2].id, "private");
  await settle();
  assert.deepEqual(heard, [[], [], ["private"]]);
});

onBothTransports("who has gone is in no room any more", async (context, transports) => {
  const { sockets, room, heard, settle } = await three(context, transports);
  const gone = next(sockets[1], "disconnect");
  sockets[1].disconnect();
  await gone;
  sockets[1].connect();
  await next(sockets[1], "connect");
  sockets[0].emit("say-all", room, "later");
  await settle();
  assert.deepEqual(heard, [["later"], [], []]);
});

onBothTransports("what a room hears keeps the speaker's order", async (context, transports) => {
  const { sockets, room, heard, settle } = await three(context, transports);
  for (let n = 0; n < 200; n++) sockets[0].emit(n % 2 ? "say-all" : "say-others", room, n);
  await settle();
  assert.deepEqual(heard[1], Array.from({ length: 200 }, (_, n) => n));
});
