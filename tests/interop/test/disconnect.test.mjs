import assert from "node:assert/strict";
import { Manager } from "socket.io-client";
import { connected, next, onBothTransports, rule, url, whoami } from "../support/client.mjs";
import { network } from "../support/network.mjs";

const reasonOf = async (socket) => (await next(socket, "disconnect"))[0];

onBothTransports("the client's own goodbye is called io client disconnect", async (context, transports) => {
  const socket = await connected(context, { transports });
  const reason = reasonOf(socket);
  socket.disconnect();
  assert.equal(await reason, "io client disconnect");
});

onBothTransports("the server's goodbye to a namespace is called io server disconnect and keeps the connection", async (context, transports) => {
  const manager = new Manager(url, { path: "/real/", transports, reconnection: false });
  context.after(() => manager.engine.close());
  const [root, custom] = [manager.socket("/"), manager.socket("/custom")];
  await Promise.all([next(root, "connect"), next(custom, "connect")]);
  const reason = reasonOf(root);
  root.emit("bye", false);
  assert.equal(await reason, "io server disconnect");
  assert.equal(await custom.emitWithAck("message-with-ack", "still here"), "still here");
});

onBothTransports("the server's goodbye to the whole connection closes it", async (context, transports) => {
  const manager = new Manager(url, { path: "/real/", transports, reconnection: false });
  context.after(() => manager.engine.close());
  const [root, custom] = [manager.socket("/"), manager.socket("/custom")];
  await Promise.all([next(root, "connect"), next(custom, "connect")]);
  const closed = next(manager, "close");
  const reasons = Promise.all([reasonOf(root), reasonOf(custom)]);
  root.emit("bye", true);
  assert.deepEqual(await reasons, ["io server disconnect", "io server disconnect"]);
  await closed;
});

onBothTransports("a connection the server closes is called transport close", async (context, transports) => {
  const socket = await connected(context, { transports });
  const reason = reasonOf(socket);
  socket.emit("drop-transport");
  assert.equal(await reason, "transport close");
});

onBothTransports("a network that freezes is called ping timeout", async (context, transports) => {
  const cable = await network(context);
  const socket = await connected(context, { at: cable.at, transports });
  const reason = reasonOf(socket);
  cable.freeze();
  assert.equal(await reason, "ping timeout");
});

rule("a server that hears no pong gives the client up by itself", async (context) => {
  const cable = await network(context);
  const socket = await connected(context, { at: cable.at, transports: ["websocket"] });
  const reason = reasonOf(socket);
  cable.freeze({ up: true });
  assert.equal(await reason, "transport close");
});

onBothTransports("pings and pongs keep a silent connection for several intervals", async (context, transports) => {
  const socket = await connected(context, { transports });
  let pings = 0;
  await new Promise((resolve) => socket.io.on("ping", () => ++pings === 3 && resolve()));
  assert.equal((await whoami(socket)).id, socket.id);
});
