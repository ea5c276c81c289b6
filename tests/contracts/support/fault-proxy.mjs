// A bad network between clients and a server: connections are cut anywhere, pieces come late, requests come twice.
import { createServer, connect as dial } from 'node:net';

/**
 * A TCP proxy to a port. While `bad` is true: a connection is cut after a random number of bytes in either direction (so also between a request's arrival and its answer), pieces wait for up
 * to `delay` ms, and one in `repeat` whole HTTP requests is sent a second time by itself, its answer thrown away. `counts` says what was done.
 */
export async function faultProxy(port, { cutAfter = 20_000, delay = 150, repeat = 6 } = {}) {
  const counts = { connections: 0, cuts: 0, delays: 0, repeats: 0 };
  const open = new Set();
  const proxy = { bad: true, counts };
  const chance = (one) => Math.random() * one < 1;
  const server = createServer((client) => {
    counts.connections++;
    const upstream = dial(port, '127.0.0.1');
    const pair = [client, upstream];
    open.add(pair);
    const end = () => {
      open.delete(pair);
      for (const socket of pair) socket.destroy();
    };
    let left = Math.floor(-Math.log(1 - Math.random()) * cutAfter);
    const heard = [];
    const pass = (from, to, remember) => {
      // One after the other: what is late holds up what follows, as on a line.
      let line = Promise.resolve();
      from.on('data', (piece) => {
        if (remember && heard !== undefined && heard.length < 64) heard.push(piece);
        line = line.then(async () => {
          if (proxy.bad) {
            left -= piece.length;
            if (left < 0) {
              counts.cuts++;
              // Some of the last piece still gets through.
              to.write(piece.subarray(0, Math.floor(Math.random() * piece.length)), end);
              return;
            }
            if (chance(4)) {
              counts.delays++;
              await new Promise((later) => setTimeout(later, Math.random() * delay));
            }
          }
          if (!to.destroyed) to.write(piece);
        });
      });
      from.on('end', () => line.then(() => to.end()));
      for (const name of ['error', 'close']) from.on(name, () => line.then(() => to.destroy()));
    };
    pass(client, upstream, true);
    pass(upstream, client, false);
    client.once('close', () => {
      open.delete(pair);
      const said = Buffer.concat(heard);
      if (!proxy.bad || !said.subarray(0, 5).equals(Buffer.from('POST ')) || said.includes('socket.io') || !chance(repeat)) return;
      counts.repeats++;
      const again = dial(port, '127.0.0.1', () => again.end(said));
      again.on('error', () => {}).resume();
    });
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  proxy.url = `http://127.0.0.1:${server.address().port}`;
  /** Cuts every line at once. */
  proxy.cutAll = () => {
    for (const pair of open) for (const socket of pair) socket.destroy();
    open.clear();
  };
  proxy.end = () => {
    proxy.cutAll();
    server.close();
  };
  return proxy;
}
