// A day in waiting rooms, run fast: `node long/day.mjs [--practitioners 8] [--patients 400] [--booking 500]`. Everybody has a socket of their own and speaks HTTP;
// the planned times are minutes apart, the visits last one to three seconds. Some three minutes; not part of the suite.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { io } from 'socket.io-client';
import { each, newWorld, numbers, percentile, say, sleep } from './world.mjs';

const { practitioners, patients, booking } = numbers({ practitioners: 8, patients: 400, booking: 500 });
const world = await newWorld('day', patients, { WaitingRoom__OpensBefore: '12:00:00', Consultations__NoShowAfter: '30.00:00:00', Consultations__CloseAfter: '30.00:00:00' });
const { http, pairs, sql } = world;
const doctors = pairs.slice(0, practitioners).map((pair) => ({ id: pair.practitionerId, token: pair.practitioner, visits: [], heard: [] }));
const people = pairs.map((pair) => ({ id: pair.patientId, token: pair.patient, heard: [] }));
const timings = { join: [], heard: [], admit: [] };

const timed = async (list, work) => {
  const from = performance.now();
  const answer = await work();
  list.push(performance.now() - from);
  return answer;
};
const figures = (list) => `p50 ${percentile(list, 50).toFixed(0)} ms, p99 ${percentile(list, 99).toFixed(0)} ms, longest ${Math.max(...list).toFixed(0)} ms`;

/** Seconds of processor time that a process has used, and how long it has been. */
function used(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return { at: performance.now(), cpu: (Number(fields[11]) + Number(fields[12])) / 100 };
}
const spent = (from, to) => `${(to.cpu - from.cpu).toFixed(1)} s of processor time in ${((to.at - from.at) / 1000).toFixed(0)} s`;

async function listen(person) {
  const socket = io(`${world.url}/consultations`, { auth: { token: person.token }, transports: ['websocket'], reconnection: false, forceNew: true });
  person.socket = socket;
  socket.onAny((name, payload) => {
    const event = { name, payload, at: performance.now() };
    person.heard.push(event);
    person.wait?.(event);
  });
  await new Promise((connected, failed) => { socket.once('connect', connected); socket.once('connect_error', failed); });
}

/** Of as many as are told who book one slot at once, one has it. */
async function rush() {
  const at = new Date(Math.ceil((Date.now() + 20 * 86_400_000) / 86_400_000) * 86_400_000).toISOString();
  const from = performance.now();
  const answers = await Promise.all(Array.from({ length: booking }, (_, i) => http('POST', '/api/consultations', people[i % people.length].token, { practitionerId: doctors[0].id, scheduledAt: at, format: 'VIDEO' })));
  const took = performance.now() - from;
  const said = answers.map((a) => `${a.status} ${a.body.code ?? a.body.status}`);
  assert.deepEqual([said.filter((s) => s === '201 CONFIRMED').length, said.filter((s) => s === '409 slot_taken').length], [1, booking - 1], JSON.stringify([...new Set(said)]));
  say(`${booking} bookings of one slot at once: one got it, the others 409; answered in ${took.toFixed(0)} ms together`);
}

async function plan() {
  await each(pairs, 4, async (pair) => assert.equal((await http('PUT', `/api/consultations/${pair.id}/end`, pair.practitioner)).status, 200));
  await each(doctors, 4, async (doctor) => {
    assert.equal((await http('PUT', '/api/practitioners/me', doctor.token, { timeZone: 'Etc/UTC', formats: ['VIDEO'] })).status, 200);
    assert.equal((await http('PUT', '/api/availability/settings', doctor.token, { slotDuration: 5, minimumNoticeMinutes: 0 })).status, 200);
    for (let dayOfWeek = 0; dayOfWeek < 7; dayOfWeek++) assert.equal((await http('POST', '/api/availability', doctor.token, { dayOfWeek, startTime: '00:00', endTime: '24:00' })).status, 201);
  });
  await each(people, 8, async (person, i) => {
    const doctor = doctors[i % doctors.length];
    const start = new Date(Math.ceil(Date.now() / 300_000) * 300_000 + (2 + Math.floor(i / doctors.length)) * 300_000).toISOString();
    const booked = await http('POST', '/api/consultations', person.token, { practitionerId: doctor.id, scheduledAt: start, format: 'VIDEO' });
    assert.equal(booked.status, 201, JSON.stringify(booked.body));
    Object.assign(person, { visit: booked.body.id, scheduledAt: booked.body.scheduledAt, doctor });
    doctor.visits.push(person);
  });
  // A third of them are late: their time has passed when they come, so that they go by their coming.
  people.forEach((person, i) => { person.late = i % 3 === 0; });
  const late = people.filter((person) => person.late);
  sql(`update consultations set scheduled_at = scheduled_at - interval '10 hours', exclusive = false where id in (${late.map((p) => `'${p.visit}'`).join()})`);
}

/** All come, in an order of chance. */
async function fill() {
  const order = people.map((p) => p).sort(() => Math.random() - 0.5);
  await each(order, 8, async (person) => {
    const answer = await timed(timings.join, async () => {
      const came = await http('POST', `/api/consultations/${person.visit}/waiting-room`, person.token);
      person.joinedAt = performance.now();
      return came;
    });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    person.joined = answer.body.joinedAt;
    person.told = answer.body.position;
  });
}

/** By the law of order: the later of the plan and the coming. */
const due = (person) => (person.late ? Date.parse(person.joined) : Date.parse(person.scheduledAt));

async function compare() {
  for (const doctor of doctors) {
    const { body } = await http('GET', '/api/queue', doctor.token);
    assert.deepEqual(body.items.map((i) => i.position), body.items.map((_, i) => i + 1));
    const waiting = doctor.visits.filter((p) => !p.admitted);
    assert.equal(body.items.length, waiting.length);
    const byId = new Map(waiting.map((p) => [p.visit, p]));
    const times = body.items.map((i) => due(byId.get(i.consultationId)));
    assert.ok(times.every((t, i) => i === 0 || times[i - 1] <= t), `out of order: ${JSON.stringify(times)}`);
  }
}

const started = [];
let doubled = 0;
/** Calls the first in, twice at once, keeps them one to three seconds, and so on until nobody waits. */
async function work(doctor) {
  for (;;) {
    const { body } = await http('GET', '/api/queue', doctor.token);
    const [first] = body.items;
    if (!first) return;
    const person = doctor.visits.find((p) => p.visit === first.consultationId);
    const answers = await timed(timings.admit, () => Promise.all([1, 2].map(() => http('POST', `/api/queue/${first.consultationId}/admit`, doctor.token))));
    const admitted = answers.filter((a) => a.status === 200).length;
    doubled += admitted - 1;
    assert.deepEqual(answers.map((a) => a.status).sort(), [200, 409], JSON.stringify(answers.map((a) => a.body)));
    person.admitted = true;
    started.push(person);
    await sleep(1000 + Math.random() * 2000);
    assert.equal((await http('PUT', `/api/consultations/${first.consultationId}/end`, doctor.token)).status, 200);
  }
}

try {
  await plan();
  await rush();
  await each(people, 20, listen);
  await each(doctors, 8, listen);
  say(`${people.length} patients of ${doctors.length} practitioners are on their sockets`);
  let mark = used(world.child.pid);
  await fill();
  say(`coming into the waiting room (8 at a time, until ${people.length} wait): ${figures(timings.join)}; the server used ${spent(mark, used(world.child.pid))}`);
  await sleep(3000);
  await compare();
  // Everybody heard of their own place, and of nobody else's.
  const own = (person) => person.heard.filter((e) => e.name === 'queue.updated' && e.payload.consultationId === person.visit);
  for (const person of people) {
    const first = own(person)[0];
    assert.ok(first, `${person.visit} heard nothing`);
    timings.heard.push(Math.max(0, first.at - person.joinedAt));
  }
  say(`from the answer to the first queue.updated: ${figures(timings.heard)}`);
  for (const doctor of doctors) {
    const { body } = await http('GET', '/api/queue', doctor.token);
    for (const item of body.items) {
      const person = doctor.visits.find((p) => p.visit === item.consultationId);
      assert.equal(own(person).at(-1).payload.queueItem.position, item.position, 'a patient was last told another place than the practitioner sees');
    }
  }

  mark = used(world.child.pid);
  await sleep(15_000);
  say(`${people.length} wait and nothing happens: the server used ${spent(mark, used(world.child.pid))}`);
  mark = used(world.child.pid);
  const before = people.reduce((sum, p) => sum + p.heard.length, 0);
  await Promise.all(doctors.map(work));
  await sleep(3000);
  const events = people.reduce((sum, p) => sum + p.heard.length, 0) - before;
  say(`all were seen: calling in (twice at once, one is refused) ${figures(timings.admit)}; ${events} events to patients; the server used ${spent(mark, used(world.child.pid))}`);

  assert.equal(started.length, people.length, 'somebody was not seen');
  assert.equal(doubled, 0);
  for (const doctor of doctors) {
    const times = started.filter((p) => p.doctor === doctor).map(due);
    assert.ok(times.every((t, i) => i === 0 || times[i - 1] <= t), 'somebody was overtaken');
  }
  const visits = new Map(people.map((p) => [p.visit, p.id]));
  for (const person of people) {
    const text = JSON.stringify(person.heard);
    for (const [visit, id] of visits) if (id !== person.id) assert.ok(!text.includes(visit) && !text.includes(id), 'a patient heard of another one');
    const places = own(person).map((e) => e.payload.queueItem?.position ?? 0);
    // Late ones may be joined by those whose plan puts them ahead while the room fills; from then on they only come nearer.
    assert.equal(places.at(-1), 0, 'a patient was not told that the wait is over');
    assert.ok(person.heard.every((e) => e.name !== 'queue.updated' || !e.payload.queueItem || Object.keys(e.payload.queueItem).sort().join() === 'delayMinutes,expectedAt,joinedAt,position'), 'a patient was told more than the own place');
  }
  const [[ended, twice]] = sql(`select count(*) filter (where status = 'Completed'), (select count(*) from (select consultation_id from consultation_events where type in ('Admitted', 'Started') group by consultation_id, type having count(*) > 1) d)
    from consultations where id in (${[...visits.keys()].map((v) => `'${v}'`).join()})`);
  assert.deepEqual([Number(ended), Number(twice)], [people.length, 0]);
  say('the day was as it should be');
} finally {
  for (const person of [...people, ...doctors]) person.socket?.close();
  await world.close();
}
