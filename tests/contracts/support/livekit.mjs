// Takes the orders that the server gives LiveKit, and tells which came. The first order of each kind for a room fails, as in life some do.
import { createServer } from 'node:http';

/** Starts one; `url` is its address. */
export async function startLiveKit() {
  const orders = [];
  const server = createServer(async (request, answer) => {
    if (request.method === 'GET') return answer.end(JSON.stringify(orders));
    let text = '';
    for await (const part of request) text += part;
    const order = { path: request.url, type: request.headers['content-type'], token: request.headers.authorization, body: JSON.parse(text) };
    order.status = orders.some((o) => o.path === order.path && o.body.room === order.body.room) ? 200 : 503;
    orders.push(order);
    answer.writeHead(order.status, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return { url: `http://127.0.0.1:${server.address().port}`, end: () => server.close() };
}

/** The orders so far about a room, by kind. */
export async function ordersFor(room, kind) {
  const orders = await (await fetch(process.env.LIVEKIT_ORDERS)).json();
  return orders.filter((o) => o.body.room === room && o.path === `/twirp/livekit.RoomService/${kind}`);
}
