// The Engine.IO endpoint with nothing above it, driven by the Engine.IO client alone.
import assert from "node:assert/strict";
import { Socket } from "engine.io-client";
import { next, numbers, onBothTransports, rule, url } from "../support/client.mjs";

async function session(context, options) {
  const socket = new Socket(url, { path: "/engine.io/", ...options });
  context.after(() => socket.close());
  await next(socket, "open");
  return socket;
}

const echoes = (socket, count) =>
  new Promise((resolve) => {
    const got = [];
    socket.on("message", (data) => got.push(data) === count && resolve(got));
  });

onBothTransports("text and bytes come back as they were sent", async (context, transports) => {
  const socket = await session(context, { transports });
  const got = echoes(socket, 3);
  for (const data of ["hello", "é😀", Buffer.from([0, 255])]) socket.send(data);
  assert.deepEqual(await got, ["hello", "é😀", Buffer.from([0, 255])]);
});

onBothTransports("500 messages come back in order", async (context, transports) => {
  const socket = await session(context, { transports });
  const got = echoes(socket, 500);
  for (const n of numbers(500)) socket.send(String(n));
  assert.deepEqual(await got, numbers(500).map(String));
});

onBothTransports("heartbeats keep the session for several intervals", async (context, transports) => {
  const socket = await session(context, { transports });
  let pings = 0;
  await new Promise((resolve) => socket.on("heartbeat", () => ++pings === 4 && resolve()));
  const got = echoes(socket, 1);
  socket.send("alive");
  assert.deepEqual(await got, ["alive"]);
});

rule("a session upgrades and goes on", async (context) => {
  const socket = await session(context, { transports: ["polling", "websocket"] });
  const got = echoes(socket, 20);
  for (const n of numbers(10)) socket.send(String(n));
  if (socket.transport.name !== "websocket") await next(socket, "upgrade");
  for (const n of numbers(10)) socket.send(String(10 + n));
  assert.deepEqual(await got, numbers(20).map(String));
  assert.equal(socket.transport.name, "websocket");
});
