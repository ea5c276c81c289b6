// A night of sweeps with a server that is killed again and again: `node long/night.mjs [--seconds 180] [--batch 12]`. What should be is worked out from what was
// planted; what is, is read from the database and from the folder of mails. Needs psql. About five minutes; not part of the suite.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { mails } from '../support/mail.mjs';
import { each, newWorld, numbers, say, sleep } from './world.mjs';

const { seconds, batch } = numbers({ seconds: 180, batch: 12 });
const people = 40;
const world = await newWorld('night', people, { Consultations__NoShowAfter: '00:01:00', Consultations__CloseAfter: '00:01:00' });
const { sql, count, http, pairs } = world;

/** Visits in the books as the product would have left them, `of` an expression for when they begin. */
function plant(note, many, { status, starts, joined = false, format = 'Video' }) {
  const rows = Array.from({ length: many }, () => {
    const pair = pairs[Math.floor(Math.random() * people)];
    return `(gen_random_uuid(), '${pair.tenantId}'::uuid, '${pair.patientId}'::uuid, '${pair.practitionerId}'::uuid, date_trunc('second', ${starts()}))`;
  });
  sql(`begin;
    create temporary table planted on commit drop as select * from (values ${rows.join()}) as p (id, tenant, patient, practitioner, starts);
    insert into consultations (id, tenant_id, patient_id, practitioner_id, status, format, scheduled_at, duration_minutes, started_at, created_at, confirmed_at, exclusive)
      select id, tenant, patient, practitioner, '${status}', '${format}', starts, 30, case when '${status}' = 'InProgress' then starts end, least(starts, now()) - interval '9 days', least(starts, now()) - interval '9 days', false from planted;
    insert into conversations (id, tenant_id, kind, created_at) select id, tenant, 'Consultation', now() from planted;
    insert into participants (conversation_id, user_id, tenant_id, role, joined_at)
      select id, patient, tenant, 'Patient', now() from planted union all select id, practitioner, tenant, 'Practitioner', now() from planted;
    ${joined ? `insert into consultation_events (id, tenant_id, consultation_id, type, actor_id, actor_role, at) select gen_random_uuid(), tenant, id, 'Joined', patient, 'Patient', starts + interval '7 minutes' from planted;` : ''}
    insert into night select id, '${note}' from planted;
    commit;`);
}

const ago = (least, most) => () => `now() - interval '${Math.round(least + Math.random() * (most - least))} seconds'`;
const ahead = (least, most) => ago(-least, -most);
const hour = 3600;

/** What a while of night brings: some of it due at once, some of it while the server is being killed. */
function plantBatch() {
  plant('missed', batch, { status: 'Confirmed', starts: ago(32 * 60, 48 * hour) });
  plant('missed', batch / 4, { status: 'Confirmed', starts: ago(31 * 60 - 30, 31 * 60) });
  plant('alone', batch / 2, { status: 'InProgress', starts: ago(40 * 60, 48 * hour) });
  plant('held', batch, { status: 'InProgress', joined: true, starts: ago(40 * 60, 48 * hour) });
  plant('telephone', batch / 2, { status: 'InProgress', format: 'Audio', starts: ago(40 * 60, 48 * hour) });
  plant('near', batch / 2, { status: 'Confirmed', starts: ahead(20 * 60, 55 * 60) });
  plant('tomorrow', batch / 2, { status: 'Confirmed', starts: ahead(2 * hour, 24 * hour) });
  plant('soon tomorrow', batch / 4, { status: 'Confirmed', starts: ahead(24 * hour + 5, 24 * hour + 40) });
  plant('later', batch / 4, { status: 'Confirmed', starts: ahead(26 * hour, 48 * hour) });
}

// A practice open round the clock, and twelve who wait for one of its times: it goes from hand to hand, for nobody takes it up.
const practice = pairs[0];
const waiting = pairs.slice(1, 13);
const day = new Date(Date.now() + 4 * 86_400_000).toISOString().slice(0, 10);
const wanted = `${day}T09:00:00Z`;
async function openPractice() {
  for (const [path, body] of [['/api/practitioners/me', { timeZone: 'Etc/UTC', formats: ['VIDEO'] }], ['/api/availability/settings', { slotDuration: 30 }]]) assert.equal((await http('PUT', path, practice.practitioner, body)).status, 200, path);
  for (let dayOfWeek = 0; dayOfWeek < 7; dayOfWeek++) assert.equal((await http('POST', '/api/availability', practice.practitioner, { dayOfWeek, startTime: '00:00', endTime: '24:00' })).status, 201);
  const booked = await http('POST', '/api/consultations', pairs[20].patient, { practitionerId: practice.practitionerId, scheduledAt: wanted, format: 'VIDEO' });
  assert.equal(booked.status, 201, JSON.stringify(booked.body));
  for (const pair of waiting) assert.equal((await http('POST', '/api/consultations/waiting-list', pair.patient, { practitionerId: practice.practitionerId, from: wanted, until: `${day}T09:30:00Z` })).status, 201);
  assert.equal((await http('PUT', `/api/consultations/${booked.body.id}/cancel`, pairs[20].patient, {})).status, 200);
}

/** Patients who keep a slot while they decide, and then do not. */
const keepSlots = (round) => Promise.all(pairs.slice(30, 34).map(async (pair, i) => {
  const scheduledAt = new Date(Date.parse(`${day}T00:00:00Z`) + (10 + i) * 86_400_000 + (round % 40) * 30 * 60_000).toISOString();
  const kept = await http('POST', '/api/consultations/holds', pair.patient, { practitionerId: practice.practitionerId, scheduledAt });
  assert.equal(kept.status, 201, JSON.stringify(kept.body));
}));

/** Time passes for who was offered something and for who keeps a slot. */
const letHoldsEnd = () => sql('update slot_holds set expires_at = now()');

// Clients who book and call off all night, under one name a booking, until they hear an answer.
const booked = new Set();
let over = false;
async function client(pair, number) {
  for (let i = 0; !over; i++) {
    const at = new Date(Date.parse(`${day}T00:00:00Z`) + 2 * 86_400_000 + (i % 40) * 30 * 60_000 + number * 86_400_000);
    const insist = async (method, path, body, headers) => {
      for (;;) {
        const answer = await http(method, path, pair.patient, body, headers).catch(() => undefined);
        if (answer && answer.status < 500) return answer;
        await sleep(100);
      }
    };
    const made = await insist('POST', '/api/consultations', { practitionerId: practice.practitionerId, scheduledAt: at.toISOString(), format: 'VIDEO' }, { 'Idempotency-Key': `night-${number}-${i}` });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    booked.add(made.body.id);
    const off = await insist('PUT', `/api/consultations/${made.body.id}/cancel`, {});
    assert.ok(off.status === 200 || off.body.code === 'illegal_transition', JSON.stringify(off.body));
    await sleep(300);
  }
}

/** When the next kill comes: anywhere, or where a sweep looks (every ten seconds, every thirty). */
const lives = [() => Math.random() * 9_000, () => 9_800 + Math.random() * 800, () => 29_800 + Math.random() * 900];

try {
  sql('create table night (id uuid primary key, note text not null)');
  await each(pairs, 4, (pair) => http('PUT', `/api/consultations/${pair.id}/end`, pair.practitioner));
  await openPractice();
  const clients = Promise.all(pairs.slice(24, 28).map(client));
  const end = Date.now() + seconds * 1000;
  let kills = 0;
  for (let round = 0; Date.now() < end; round++) {
    plantBatch();
    await keepSlots(round);
    const life = lives[round % 5 === 4 ? 2 : round % 2]();
    await sleep(life);
    letHoldsEnd();
    await world.end('SIGKILL');
    kills += 1;
    await world.start();
  }

  over = true;
  await clients;
  say(`${kills} kills, ${count('select count(*) from night')} visits planted, ${booked.size} booked and called off by clients; the rest of the night is quiet`);
  for (let i = 0; i < waiting.length + 2; i++) {
    letHoldsEnd();
    await sleep(i < 2 ? 35_000 : 11_000);
    if (count(`select count(*) from slot_holds`) === 0 && i > 1) break;
  }

  for (const until = Date.now() + 120_000; count('select (select count(*) from notifications where told_at is null) + (select count(*) from mails where sealed is not null)') > 0; await sleep(500)) {
    assert.ok(Date.now() < until, 'somebody was not told within two minutes');
  }

  await judge();
  say('the night was as it should be');
} finally {
  await world.close();
}

/** Compares. */
async function judge() {
  const wrong = [];
  const none = (what, statement) => {
    const rows = sql(statement);
    if (rows.length) wrong.push([what, rows.length, rows.slice(0, 3)]);
  };

  none('a visit is not what it should have become', `select n.note, c.status, c.id from night n join consultations c using (id)
    where c.status <> case when n.note in ('missed', 'alone') then 'NoShow' when n.note in ('held', 'telephone') then 'Completed' else 'Confirmed' end`);
  none('a visit was ended by none or by several events', `select n.note, n.id, count(e.id) from night n left join consultation_events e on e.consultation_id = n.id and e.type in ('NoShow', 'Ended')
    group by n.note, n.id having count(e.id) <> case when n.note in ('missed', 'alone', 'held', 'telephone') then 1 else 0 end`);
  none('a visit that was held ended at another moment than its last sign of life', `select n.id, c.closed_at, c.started_at from night n join consultations c using (id)
    where n.note = 'held' and c.closed_at <> c.scheduled_at + interval '7 minutes' or n.note = 'telephone' and c.closed_at <> c.scheduled_at`);
  none('a visit is counted not once, or one is that should not be', `select n.note, n.id from night n left join usage_visits u on u.consultation_id = n.id where (u.consultation_id is null) <> (n.note not in ('held', 'telephone'))`);
  none('a conversation stayed open, or is closed too early', `select n.note, n.id from night n join conversations v using (id) where (v.status = 'Closed') <> (n.note in ('missed', 'alone', 'held', 'telephone'))`);
  none('a reminder is missing, doubled or of the wrong lead', `select n.note, n.id, p.person, array_agg(r.lead_minutes) from night n join consultations c using (id)
      cross join lateral (values (c.patient_id), (c.practitioner_id)) p (person) left join notifications r on r.consultation_id = n.id and r.user_id = p.person and r.kind = 'Reminder'
    group by n.note, n.id, p.person having array_agg(r.lead_minutes) is distinct from case when n.note = 'near' then array[60] when n.note like '%tomorrow' then array[1440] else array[null]::integer[] end`);

  const clients = [...booked].map((id) => `('${id}'::uuid)`).join();
  none('a client’s booking was told not once', `select b.id, k.kind, count(x.id) from (values ${clients}) b (id) cross join (values ('Booked'), ('Confirmed')) k (kind)
    left join notifications x on x.consultation_id = b.id and x.kind = k.kind group by b.id, k.kind having count(x.id) <> 1`);
  none('a client’s cancellation was told not once to each', `select b.id, count(x.id), count(distinct x.user_id) from (values ${clients}) b (id)
    left join notifications x on x.consultation_id = b.id and x.kind = 'Cancelled' group by b.id having count(x.id) <> 2 or count(distinct x.user_id) <> 2`);
  none('a booking key made two visits', `select booked_by, booking_key, count(*) from consultations where booking_key is not null group by 1, 2 having count(*) > 1`);

  none('a hold is left', 'select id, expires_at from slot_holds');
  none('somebody was offered a time twice or not at all', `select e.patient_id, count(n.id), cardinality(e.passed) from waiting_list_entries e left join notifications n on n.user_id = e.patient_id and n.kind = 'SlotOffered'
    group by e.patient_id, e.passed having count(n.id) <> 1 or cardinality(e.passed) <> 1`);
  const offered = sql(`select n.user_id from notifications n where n.kind = 'SlotOffered' order by n.created_at`).map(([id]) => id);
  if (offered.join() !== waiting.map((p) => p.patientId).join()) wrong.push(['the offers did not go in the order of the list', offered]);

  // One mail a notice, for patients; practitioners, who asked for none, got none.
  const wants = sql(`select case n.kind when 'Confirmed' then 'VisitConfirmed' when 'Cancelled' then 'VisitCancelled' when 'Reminder' then 'VisitReminder' when 'SlotOffered' then 'TimeOffered' else n.kind end, count(*)
    from notifications n join users u on u.id = n.user_id where u.role = 'Patient' and n.kind <> 'PractitionerReady' group by 1 order by 1`).map(([kind, many]) => `${kind} ${many}`);
  const rows = sql(`select kind, count(*) from mails where kind in ('VisitConfirmed', 'VisitCancelled', 'VisitReminder', 'TimeOffered') group by 1 order by 1`).map(([kind, many]) => `${kind} ${many}`);
  if (wants.join() !== rows.join()) wrong.push(['mails are not one a notice', wants, rows]);
  none('a mail was given up or is unsent', 'select id, kind, failure from mails where sent_at is null');
  const files = mails(world.data);
  const known = new Set(sql('select id from mails').map(([id]) => id));
  if (files.length !== known.size || files.some((m) => !known.has(m.id))) wrong.push(['the folder has other mails than the queue had', files.length, known.size]);
  if (readdirSync(join(world.data, 'mail')).some((f) => !f.endsWith('.eml'))) wrong.push(['half a mail is left in the folder']);
  const seen = new Map();
  for (const m of files) seen.set(`${m.to} ${m.kind} ${m.link}`, (seen.get(`${m.to} ${m.kind} ${m.link}`) ?? 0) + 1);
  const twice = [...seen].filter(([, many]) => many > 1);
  if (twice.length) wrong.push(['a person was written to twice of one thing', twice.length, twice.slice(0, 3)]);
  say(`${count('select count(*) from notifications')} notices, ${files.length} mails, ${world.starts} starts`, `mails: ${rows.join(', ')}`);
  const failed = world.log.split('\n').filter((line) => /"LogLevel":"(Warning|Error|Critical)"/.test(line));
  const kinds = new Map();
  for (const line of failed) {
    const { Category, Message } = JSON.parse(line);
    const name = `${Category}: ${Message.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID').slice(0, 160)}`;
    kinds.set(name, (kinds.get(name) ?? 0) + 1);
  }
  for (const [name, many] of kinds) say(`log, ${many} times: ${name}`);
  assert.deepEqual(wrong, []);
}
