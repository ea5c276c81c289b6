import { connect, createServer } from "node:net";
import { once } from "node:events";
import { url } from "./client.mjs";

/** A TCP hop in front of the server whose cable a test can pull (`cut`) or hold still (`freeze`). */
export async function network(context) {
  const target = new URL(url);
  const pairs = new Set();
  let frozen = { up: false, down: false };
  let closed = false;

  const hop = createServer((near) => {
    if (closed) return near.destroy();
    const far = connect(Number(target.port), target.hostname);
    const pair = { near, far };
    pairs.add(pair);
    near.on("data", (chunk) => frozen.up || far.write(chunk));
    far.on("data", (chunk) => frozen.down || near.write(chunk));
    for (const [one, other, way] of [[near, far, "up"], [far, near, "down"]]) {
      one.on("error", () => {});
      one.on("close", () => {
        pairs.delete(pair);
        if (!frozen[way]) other.destroy();
      });
    }
  }).listen(0, "127.0.0.1");
  await once(hop, "listening");
  const cut = () => {
    for (const { near, far } of pairs) near.destroy(), far.destroy();
  };
  context.after(() => (frozen = { up: false, down: false }, cut(), hop.close()));

  return {
    at: `http://127.0.0.1:${hop.address().port}`,
    /** Ends every connection and refuses new ones until `mend`. */
    cut: () => ((closed = true), cut()),
    mend: () => (closed = false),
    /** Nothing passes any more in the given directions; connections stay open. */
    freeze: (directions = { up: true, down: true }) => (frozen = { up: false, down: false, ...directions }),
  };
}
