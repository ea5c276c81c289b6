import assert from "node:assert/strict";
import { Manager } from "socket.io-client";
import { connected, next, onBothTransports, url, whoami } from "../support/client.mjs";

onBothTransports("a middleware's refusal reaches the client with its data, and a second try on the same connection works", async (context, transports) => {
  const manager = new Manager(url, { path: "/real/", transports, reconnection: false });
  context.after(() => manager.engine.close());
  // A second namespace in use, or the client itself would close the connection when it is refused.
  await next(manager.socket("/"), "connect");
  const socket = manager.socket("/secure", { auth: { token: "bad" } });
  const [error] = await next(socket, "connect_error");
  assert.equal(error.message, "unauthorized");
  assert.deepEqual(error.data, { code: 401 });
  assert.equal(socket.connected, false);

  const engine = manager.engine.id;
  socket.auth = { token: "good" };
  socket.connect();
  await next(socket, "connect");
  assert.equal(manager.engine.id, engine);
  assert.deepEqual(await whoami(socket), { token: "good" });
});

onBothTransports("a client the middleware lets in is served at once", async (context, transports) => {
  const socket = await connected(context, { namespace: "/secure", transports, auth: { token: "good" } });
  assert.deepEqual(await whoami(socket), { token: "good" });
});
