import assert from "node:assert/strict";
import { Manager } from "socket.io-client";
import { client, connected, next, onBothTransports, rule, url, whoami } from "../support/client.mjs";

// Recovery adds an offset to what the server emits; this endpoint has none, so that arguments compare exactly.
const exact = { path: "/socket.io/" };

onBothTransports("a client connects and the server knows it by the id it was told", async (context, transports) => {
  const socket = await connected(context, { transports });
  const me = await whoami(socket);
  assert.equal(me.id, socket.id);
  assert.equal(me.transport, transports[0]);
  assert.equal(me.recovered, false);
  assert.deepEqual(me.rooms, []);
  assert.notEqual(socket.id, socket.io.engine.id);
});

onBothTransports("what the client sends as auth comes back as it was sent", async (context, transports) => {
  const auth = { token: "à ñ 漢 😀 </script>", nested: { list: [1, 2.5, null, true] } };
  const socket = client(context, { ...exact, transports, auth });
  assert.deepEqual(await next(socket, "auth"), [auth]);
});

onBothTransports("without auth the server sees an empty object", async (context, transports) => {
  const socket = client(context, { ...exact, transports });
  assert.deepEqual(await next(socket, "auth"), [{}]);
});

onBothTransports("JSON of every kind is echoed unchanged", async (context, transports) => {
  const socket = await connected(context, { ...exact, transports });
  const args = [1, -0.5, 1e21, "2", "", null, true, false, [], {}, { 3: [true], "é\u2028\"\\": "\u0000\u001e\n" }, "😀+<&'"];
  socket.emit("message", ...args);
  assert.deepEqual(await next(socket, "message-back"), args);
});

onBothTransports("events nobody listens to, with names that are traps, hurt nobody", async (context, transports) => {
  const socket = await connected(context, { transports });
  socket.emit("nobody-listens", 1);
  socket.emit("error", "x");
  socket.emit("__proto__", "x");
  socket.emit("constructor", "x");
  assert.equal((await whoami(socket)).id, socket.id);
});

onBothTransports("an unknown namespace is refused by name and the connection lives on", async (context, transports) => {
  const manager = new Manager(url, { path: "/real/", transports, reconnection: false });
  context.after(() => manager.engine.close());
  const stranger = manager.socket("/nowhere");
  const [error] = await next(stranger, "connect_error");
  assert.equal(error.message, "Invalid namespace");
  const known = manager.socket("/");
  await next(known, "connect");
  assert.equal((await whoami(known)).id, known.id);
});

onBothTransports("two namespaces share one connection under different ids", async (context, transports) => {
  const manager = new Manager(url, { ...exact, transports, reconnection: false });
  context.after(() => manager.engine.close());
  const [root, custom] = [manager.socket("/"), manager.socket("/custom", { auth: { token: "123" } })];
  const greeting = next(custom, "auth");
  await Promise.all([next(root, "connect"), next(custom, "connect")]);
  assert.notEqual(root.id, custom.id);
  assert.deepEqual(await greeting, [{ token: "123" }]);

  root.emit("message", "to root");
  custom.emit("message", "to custom");
  assert.deepEqual(await next(root, "message-back"), ["to root"]);
  assert.deepEqual(await custom.emitWithAck("message-with-ack", 7), 7);
});

onBothTransports("leaving one namespace leaves the other alone, and one may come back", async (context, transports) => {
  const manager = new Manager(url, { path: "/real/", transports, reconnection: false });
  context.after(() => manager.engine.close());
  const [root, custom] = [manager.socket("/"), manager.socket("/custom")];
  await Promise.all([next(root, "connect"), next(custom, "connect")]);
  const before = custom.id;
  custom.disconnect();
  assert.equal((await whoami(root)).id, root.id);
  custom.connect();
  await next(custom, "connect");
  assert.notEqual(custom.id, before);
  assert.equal((await whoami(root)).id, root.id);
});

rule("the endpoint without recovery serves the same client, and gives it no pid", async (context) => {
  const socket = await connected(context, { path: "/socket.io/", auth: { a: 1 } });
  assert.equal(socket._pid, undefined);
  assert.equal(await socket.emitWithAck("message-with-ack", "x"), "x");
});

rule("a query and extra headers of the client do no harm", async (context) => {
  const socket = await connected(context, {
    query: { __proto__: null, constructor: "x", t: ["1", "2"], "a b&c": "ü" },
    extraHeaders: { "x-custom": "y".repeat(2000) },
  });
  assert.equal((await whoami(socket)).id, socket.id);
});
