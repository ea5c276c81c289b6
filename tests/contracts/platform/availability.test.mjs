import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertProblem, eventually, put, remove } from '../support/people.mjs';
import { newPractitioner } from '../support/practitioner.mjs';
import { demo, get, post, signIn } from '../support/server.mjs';

const idOf = (name) => demo.users.find((u) => u.email.startsWith(name)).id;
const day = 86_400_000;
const date = (offset) => new Date(Date.now() + offset * day).toISOString().slice(0, 10);

const clocks = new Map();

/** What a zone's clocks show, by the tables that come with Node. */
function wall(instant, timeZone) {
  if (!clocks.has(timeZone)) clocks.set(timeZone, new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' }));
  const [day, month, year, hour, minute] = clocks.get(timeZone).format(instant).split(/[^0-9]+/);
  return { date: `${year}-${month}-${day}`, minute: Number(hour) * 60 + Number(minute) };
}

/** Slots of weekly rules, of whole hours, found by trying every quarter of an hour; right where no rule meets a change of clocks. */
function expected(rules, timeZone, step, length, from, to) {
  const found = [];
  for (let at = from; at < to; at += 900_000) {
    const { date: on, minute } = wall(at, timeZone);
    const weekday = new Date(`${on}T00:00:00Z`).getUTCDay();
    if (rules.some((r) => r.day === weekday && minute >= r.start && minute + length <= r.end && (minute - r.start) % step === 0)) found.push(new Date(at).toISOString().replace('.000Z', 'Z'));
  }
  return found;
}

test('a practitioner keeps rules: weekly hours, closed dates and extra hours, that do not overlap', async () => {
  const { token } = await newPractitioner();
  const answer = ['createdAt', 'dayOfWeek', 'endTime', 'exceptionDate', 'id', 'isActive', 'isAvailable', 'isException', 'slotDuration', 'startTime', 'updatedAt'];
  assert.deepEqual((await get('/api/availability', token)).body, { items: [] });
  const made = await post('/api/availability', token, { dayOfWeek: 6, startTime: '22:00', endTime: '24:00', slotDuration: 40 });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  assert.deepEqual(Object.keys(made.body).sort(), answer);
  assert.deepEqual([made.body.dayOfWeek, made.body.startTime, made.body.endTime, made.body.slotDuration, made.body.isException, made.body.isAvailable, made.body.isActive], [6, '22:00', '24:00', 40, false, true, true]);
  assertProblem(await post('/api/practitioners/me/availability', token, { dayOfWeek: 6, startTime: '23:59', endTime: '24:00', slotDuration: 5 }), 422, 'too_short', 'endTime');
  assertProblem(await post('/api/practitioners/me/availability', token, { dayOfWeek: 6, startTime: '23:00', endTime: '24:00', slotDuration: 30 }), 409, 'availability_overlap');
  const other = await post('/api/practitioners/me/availability', token, { dayOfWeek: 6, startTime: '21:00', endTime: '22:00' });
  assert.equal(other.status, 201);
  const closed = await post('/api/availability', token, { isException: true, exceptionDate: '2031-03-01' });
  assert.deepEqual([closed.body.startTime, closed.body.endTime, closed.body.isAvailable, closed.body.exceptionDate, closed.body.slotDuration], [null, null, false, '2031-03-01', null]);
  const extra = await post('/api/availability', token, { isException: true, exceptionDate: '2031-03-01', isAvailable: true, startTime: '22:00', endTime: '23:00' });
  assert.equal(extra.status, 201, JSON.stringify(extra.body));

  const changed = await put(`/api/availability/${made.body.id}`, token, { startTime: '22:30' });
  assert.deepEqual([changed.status, changed.body.startTime, changed.body.endTime], [200, '22:30', '24:00']);
  assertProblem(await put(`/api/availability/${made.body.id}`, token, { startTime: '21:30' }), 409, 'availability_overlap');
  assert.equal((await put(`/api/availability/${made.body.id}`, token, { isActive: false })).body.isActive, false);
  const wrong = {
    dayOfWeek: [7, -1, null], startTime: ['9:00', '24:01', '09:00:00', '', null], endTime: ['08:00', '09:00', '25:00', null], slotDuration: [4, 481], isAvailable: [false], exceptionDate: ['2031-03-01', 'tomorrow'],
  };
  for (const [member, values] of Object.entries(wrong)) {
    for (const value of values) {
      const refused = await post('/api/availability', token, { dayOfWeek: 0, startTime: '09:00', endTime: '12:00', [member]: value });
      assert.equal(refused.status, 422, `${member}: ${value} ${JSON.stringify(refused.body)}`);
      assert.ok(refused.body.errors[member], JSON.stringify(refused.body));
    }
  }
  assertProblem(await post('/api/availability', token, { isException: true }), 422, 'required', 'exceptionDate');
  assertProblem(await post('/api/availability', token, { isException: true, exceptionDate: '2031-02-29' }), 422, 'invalid', 'exceptionDate');
  assert.equal((await post('/api/availability', token, { dayOfWeek: 0, startTime: '09:00', endTime: '12:00', practitionerId: idOf('amina') })).status, 422);
  // Another's rule is not there.
  assertProblem(await put(`/api/availability/${made.body.id}`, await signIn('amina'), { startTime: '22:00' }), 404, 'not_found');
  assertProblem(await remove(`/api/availability/${made.body.id}`, await signIn('amina')), 404, 'not_found');
  const all = (await get('/api/availability', token)).body.items;
  assert.deepEqual(all.map((r) => r.id).sort(), [made, other, closed, extra].map((r) => r.body.id).sort());
  assert.deepEqual((await get('/api/practitioners/me/availability', token)).body.items, all);
  for (const rule of [made, other, closed, extra]) assert.equal((await remove(`/api/availability/${rule.body.id}`, token)).status, 204);
  assertProblem(await remove(`/api/availability/${made.body.id}`, token), 404, 'not_found');
  assert.deepEqual((await get('/api/availability', token)).body.items, []);
  for (const name of ['nadia', 'helene', 'platform', 'operator']) assert.equal((await get('/api/availability', await signIn(name))).status, 403);
});

test('settings are changed by what is named, within their limits', async () => {
  const { token } = await newPractitioner();
  const before = (await get('/api/availability/settings', token)).body;
  assert.deepEqual(Object.keys(before), ['timeZone', 'slotDuration', 'bufferMinutes', 'minimumNoticeMinutes', 'maximumHorizonDays', 'cancellationDeadlineMinutes', 'confirmation']);
  const changed = await put('/api/availability/settings', token, { timeZone: 'Asia/Kathmandu', minimumNoticeMinutes: 0, confirmation: 'MANUAL' });
  assert.deepEqual(changed.body, { ...before, timeZone: 'Asia/Kathmandu', minimumNoticeMinutes: 0, confirmation: 'MANUAL' });
  assert.equal((await get('/api/practitioners/me', token)).body.timeZone, 'Asia/Kathmandu');
  const wrong = { timeZone: ['Mars/Olympus', ''], slotDuration: [4, 481], bufferMinutes: [-1, 241], minimumNoticeMinutes: [-1, 43_201], maximumHorizonDays: [0, 366], cancellationDeadlineMinutes: [-1], confirmation: ['automatic'] };
  for (const [member, values] of Object.entries(wrong)) {
    for (const value of values) assert.ok((await put('/api/availability/settings', token, { [member]: value })).body.errors?.[member], `${member}: ${value}`);
  }
  assert.deepEqual((await put('/api/availability/settings', token, before)).body, before);
});

test('a year of slots is what the practitioner’s clocks show, in any viewer’s zone', async () => {
  const { token } = await newPractitioner();
  const rules = [1, 2, 3, 4, 5, 6, 0].flatMap((day) => [{ day, start: 600, end: 840 }, { day, start: 960, end: 1200 }].slice(0, day % 2 ? 1 : 2));
  for (const rule of rules) {
    const [startTime, endTime] = [rule.start, rule.end].map((m) => `${m / 60}:00`);
    assert.equal((await post('/api/availability', token, { dayOfWeek: rule.day, startTime, endTime })).status, 201);
  }
  const [from, to] = ['2027-01-01', '2027-12-31'];
  for (const zone of ['Europe/Madrid', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Chatham', 'Australia/Lord_Howe']) {
    await put('/api/availability/settings', token, { timeZone: zone, bufferMinutes: 10 });
    const { body } = await get(`/api/availability/slots?from=${from}T00:00:00Z&to=2028-01-01T00:00:00Z&includeTaken=true&timeZone=Asia/Tokyo`, token);
    assert.deepEqual([body.timeZone, body.practitionerTimeZone], ['Asia/Tokyo', zone]);
    assert.deepEqual(body.items.map((s) => s.startsAt), expected(rules, zone, 60, 50, Date.parse(`${from}T00:00:00Z`), Date.parse('2028-01-01T00:00:00Z')));
    for (const slot of body.items) {
      assert.equal(Date.parse(slot.endsAt) - Date.parse(slot.startsAt), 50 * 60_000);
      assert.equal(Date.parse(slot.localStart), Date.parse(slot.startsAt));
      assert.ok(slot.localStart.endsWith('+09:00'));
    }
    // The same by dates, which are of the practitioner's zone where nobody says another.
    const dates = (await get(`/api/availability/slots?from=${from}&to=${to}&includeTaken=true`, token)).body.items;
    assert.equal(dates[0].localStart.slice(0, 10) >= from && dates.at(-1).localStart.slice(0, 10) <= to, true);
    assert.deepEqual([...new Set(dates.map((s) => s.localStart.slice(11, 16)))].sort(), ['10:00', '11:00', '12:00', '13:00', '16:00', '17:00', '18:00', '19:00']);
  }
});

/** A practitioner who sees people around the clock, in Paris. */
async function aroundTheClock() {
  const person = await newPractitioner();
  for (let dayOfWeek = 0; dayOfWeek < 7; dayOfWeek++) assert.equal((await post('/api/availability', person.token, { dayOfWeek, startTime: '00:00', endTime: '24:00' })).status, 201);
  return person;
}

test('a patient sees what can be booked, of whom they find, and nothing of what is taken', async () => {
  const [patient, other, { id, token }] = [await signIn('nadia'), await signIn('lucia'), await aroundTheClock()];
  const range = `from=${date(-1)}&to=${date(20)}`;
  const list = (await get(`/api/availability/slots?practitionerId=${id}&${range}&timeZone=America/St_Johns`, patient)).body;
  assert.deepEqual([list.timeZone, list.practitionerTimeZone], ['America/St_Johns', 'Europe/Paris']);
  assert.ok(list.items.length > 10);
  assert.ok(list.items.every((s) => s.available && Date.parse(s.startsAt) > Date.now() + 59 * 60_000 && s.duration === 50));
  assert.deepEqual(Object.keys(list.items[0]), ['startsAt', 'endsAt', 'localStart', 'duration', 'available']);
  const again = (await get(`/api/practitioners/${id}/availability?${range}&timeZone=America/St_Johns`, patient)).body;
  assert.deepEqual(again, list);
  assert.deepEqual((await get(`/api/availability/slots?practitionerId=${id}&${range}&timeZone=America/St_Johns&includeTaken=true`, patient)).body, list);
  // Their owner sees the taken and the past too.
  const own = (await get(`/api/availability/slots?${range}&timeZone=America/St_Johns&includeTaken=true`, token)).body.items;
  assert.deepEqual(own.filter((s) => s.available).map((s) => s.startsAt), list.items.map((s) => s.startsAt));
  assert.ok(own.some((s) => !s.available));

  const amina = idOf('amina');
  for (const path of [`/api/availability/slots?practitionerId=${amina}`, `/api/practitioners/${amina}/availability`]) assertProblem(await get(path, other), 404, 'not_found');
  assertProblem(await get('/api/availability/slots', patient), 422, 'required', 'practitionerId');
  for (const [query, field] of [
    ['timeZone=Mars/Olympus', 'timeZone'], ['timeZone=', 'timeZone'], ['from=tomorrow', 'from'], ['from=2027-02-30', 'from'], ['from=2027-01-01T10:00:00', 'from'], ['to=0001-01-01', 'to'], ['from=9999-12-31T23:59:59Z', 'from'],
    ['from=2027-01-02&to=2027-01-01', 'to'], ['from=2027-01-01T00:00:00Z&to=2028-01-02T03:00:00Z', 'to'], ['includeTaken=yes', 'includeTaken'],
  ]) {
    const refused = await get(`/api/availability/slots?practitionerId=${amina}&${query}`, patient);
    assert.equal(refused.status, 422, query);
    assert.ok(refused.body.errors[field], `${query} ${JSON.stringify(refused.body)}`);
  }
  for (const name of ['helene', 'platform', 'operator']) {
    assert.equal((await get(`/api/practitioners/${amina}/availability`, await signIn(name))).status, 200);
    assert.equal((await get(`/api/availability/slots?practitionerId=${amina}`, await signIn(name))).status, 403);
  }
});

test('the directory says who can be seen next, sorts by it and narrows by it', async () => {
  const [patient, { id, token, lastName }] = [await signIn('nadia'), await aroundTheClock()];
  const next = async () => (await get(`/api/practitioners/${id}`, patient)).body.nextAvailableAt;
  await eventually('the next free time', async () => (await next()) === (await get(`/api/practitioners/${id}/availability`, patient)).body.items[0].startsAt);
  const found = (await get('/api/practitioners/search?sort=nextAvailable', patient)).body.items;
  assert.deepEqual(found.map((p) => p.nextAvailableAt ?? '~'), found.map((p) => p.nextAvailableAt ?? '~').sort());
  const ids = async (before) => (await get(`/api/practitioners/search?q=${lastName}&availableBefore=${before}`, patient)).body.items.map((p) => p.id);
  assert.deepEqual(await ids(new Date(Date.now() + 2 * day).toISOString()), [id]);
  assert.deepEqual(await ids(new Date(Date.now() + 60_000).toISOString()), []);
  assertProblem(await get('/api/practitioners/search?availableBefore=soon', patient), 422, 'invalid', 'availableBefore');
  // A change of the zone alone is seen too, a moment later; and who sees nobody has no next time.
  const [moved] = (await get(`/api/practitioners/${id}/availability?timeZone=UTC`, patient)).body.items;
  await put('/api/practitioners/me', token, { timeZone: 'Asia/Kathmandu' });
  const [then] = (await get(`/api/practitioners/${id}/availability?timeZone=UTC`, patient)).body.items;
  assert.notEqual(then.startsAt, moved.startsAt);
  await eventually('the next free time', async () => (await next()) === (await get(`/api/practitioners/${id}/availability`, patient)).body.items[0].startsAt);
  for (const rule of (await get('/api/availability', token)).body.items) await remove(`/api/availability/${rule.id}`, token);
  assert.equal(await next(), null);
});
