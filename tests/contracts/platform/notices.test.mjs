import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import ICAL from 'ical.js';
import { mails, mailTo } from '../support/mail.mjs';
import { assertProblem, put, remove } from '../support/people.mjs';
import { closeAll, connect, get, heard, http, pairs, post, url } from '../support/server.mjs';

const { patient, practitioner } = pairs[35];
const day = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
let practitionerId;
let visit;
let address;

const notices = async (token, language = 'en') => (await http('GET', '/api/notifications?limit=100', { token, headers: { 'accept-language': language } })).body;
const of = async (token, type) => (await notices(token)).items.filter((n) => n.consultationId === visit.id && n.type === type);

/** Told within seconds, as everything is that a sweep does. */
async function told(token, type, many = 1) {
  for (const end = Date.now() + 15_000; ; await new Promise((later) => setTimeout(later, 50))) {
    const found = await of(token, type);
    if (found.length >= many || Date.now() > end) return found;
  }
}

/** The events of a calendar, by an independent reader. */
const events = (text) => new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((c) => new ICAL.Event(c));
const calendarOf = (mail) => {
  const part = mail.source.split('Content-Type: text/calendar')[1];
  return Buffer.from(part.slice(part.indexOf('\r\n\r\n') + 4).split('\r\n--')[0], 'base64').toString();
};

before(async () => {
  practitionerId = (await get('/api/practitioners/me', practitioner)).body.id;
  address = (await get('/api/auth/me', patient)).body.email;
  await put('/api/practitioners/me', practitioner, { timeZone: 'Europe/Madrid', formats: ['VIDEO'] });
  await put('/api/availability/settings', practitioner, { slotDuration: 30 });
  for (let dayOfWeek = 0; dayOfWeek < 7; dayOfWeek++) await post('/api/availability', practitioner, { dayOfWeek, startTime: '08:00', endTime: '20:00' });
});

after(closeAll);

test('a booking is told to both, on their sockets and by mail with a calendar that says no more than when', async () => {
  const socket = await connect(patient);
  const from = `${day}T00:00:00Z`;
  const [slot] = (await get(`/api/practitioners/${practitionerId}/availability?from=${from}`, patient)).body.items;
  visit = (await post('/api/consultations', patient, { practitionerId, scheduledAt: slot.startsAt, format: 'VIDEO', reason: 'planted-quetzal' })).body;
  const [one] = await told(patient, 'CONSULTATION_CONFIRMED');
  assert.deepEqual([one.isRead, one.linkUrl, one.startsAt], [false, `/patient/visits/${visit.id}`, slot.startsAt]);
  assert.equal((await told(practitioner, 'CONSULTATION_BOOKED'))[0].linkUrl, `/professional/consultations/${visit.id}`);
  const said = await heard(socket, 'notification.created', (n) => n.consultationId === visit.id);
  assert.equal(said.id, one.id);

  const mail = await mailTo(address, 'VisitConfirmed');
  assert.ok(mail.link.endsWith(`/patient/visits/${visit.id}`));
  const [event] = events(calendarOf(mail));
  assert.equal(event.startDate.toJSDate().toISOString(), new Date(slot.startsAt).toISOString());
  assert.equal(event.endDate.toJSDate() - event.startDate.toJSDate(), 30 * 60_000);
  for (const word of ['planted-quetzal', visit.practitioner.name, visit.patient.name]) assert.ok(!calendarOf(mail).includes(word) && !mail.text.includes(word), word);
});

test('words are of the language that is asked for, and reading is counted', async () => {
  const { items, unreadCount } = await notices(patient, 'fr');
  const mine = items.find((n) => n.consultationId === visit.id);
  assert.equal(mine.title, 'Rendez-vous confirmé');
  assert.equal((await notices(patient, 'es')).items[0].title, 'Cita confirmada');
  assert.equal((await put(`/api/notifications/${mine.id}/read`, patient)).status, 204);
  assert.equal((await notices(patient)).unreadCount, unreadCount - 1);
  assertProblem(await put(`/api/notifications/${mine.id}/read`, practitioner), 404, 'not_found');
  assert.equal((await put('/api/notifications/read-all', patient)).status, 204);
  assert.deepEqual([(await notices(patient)).unreadCount, (await get('/api/notifications?unread=true', patient)).body.items.length], [0, 0]);
});

test('a calendar’s address shows the same instant as everything else, follows every change, and is gone when it is taken back', async () => {
  const { body } = await post('/api/calendar/feed/regenerate', patient);
  const feed = body.url.replace(/^https?:\/\/[^/]+/, url);
  const read = async (from = feed) => {
    const answer = await fetch(from);
    return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
  };
  const mine = async () => events((await read()).text).find((e) => e.uid.startsWith(visit.id.replaceAll('-', '')));
  const first = await read();
  assert.deepEqual([first.status, first.type], [200, 'text/calendar; charset=utf-8']);
  assert.ok(first.text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75));
  assert.equal((await mine()).startDate.toJSDate().toISOString(), new Date(visit.scheduledAt).toISOString());
  const alone = await http('GET', `/api/consultations/${visit.id}/calendar.ics`, { token: patient });
  assert.equal(alone.status, 200);

  const later = (await get(`/api/practitioners/${practitionerId}/availability?from=${day}T12:00:00Z`, patient)).body.items[0].startsAt;
  assert.equal((await put(`/api/consultations/${visit.id}/reschedule`, practitioner, { scheduledAt: later })).status, 200);
  assert.equal((await mine()).startDate.toJSDate().toISOString(), new Date(later).toISOString());
  assert.equal((await mine()).sequence, 1);
  assert.equal((await told(patient, 'CONSULTATION_RESCHEDULED'))[0].startsAt, later);
  assert.equal((await put(`/api/consultations/${visit.id}/cancel`, patient, {})).status, 200);
  assert.equal((await mine()).component.getFirstPropertyValue('status'), 'CANCELLED');
  assert.equal((await told(practitioner, 'CONSULTATION_CANCELLED')).length, 1);

  const renewed = (await post('/api/calendar/feed/regenerate', patient)).body.url.replace(/^https?:\/\/[^/]+/, url);
  assert.deepEqual([(await read()).status, (await read(renewed)).status], [404, 200]);
  assert.equal((await remove('/api/calendar/feed', patient)).status, 204);
  assert.deepEqual([(await read(renewed)).status, (await get('/api/calendar/feed', patient)).body], [404, { active: false, createdAt: null }]);
});

test('one mail a notice, and none for who wants none', async () => {
  await mailTo(address, 'VisitCancelled');
  for (const kind of ['VisitConfirmed', 'VisitRescheduled', 'VisitCancelled']) assert.equal(mails().filter((m) => m.to === address && m.kind === kind).length, 1, kind);
  const rest = { push: { messages: true }, quietHours: { enabled: false, from: null, to: null, timeZone: null, urgentPasses: true } };
  assert.deepEqual((await get('/api/notifications/settings', patient)).body, { mail: { changes: true, reminders: true, messages: true }, reminderMinutes: [1440, 60], ...rest });
  assert.deepEqual(
    (await put('/api/notifications/settings', patient, { mail: { changes: false }, reminderMinutes: [30, 120] })).body,
    { mail: { changes: false, reminders: true, messages: true }, reminderMinutes: [120, 30], ...rest },
  );
  assertProblem(await put('/api/notifications/settings', patient, { reminderMinutes: [1] }), 422, 'invalid', 'reminderMinutes');
  const socket = await connect(patient);
  const [slot] = (await get(`/api/practitioners/${practitionerId}/availability?from=${day}T15:00:00Z`, patient)).body.items;
  visit = (await post('/api/consultations', patient, { practitionerId, scheduledAt: slot.startsAt, format: 'VIDEO' })).body;
  await heard(socket, 'notification.created', (n) => n.consultationId === visit.id);
  await put('/api/notifications/settings', patient, { mail: { changes: true } });
  await put(`/api/consultations/${visit.id}/cancel`, practitioner, {});
  for (const end = Date.now() + 15_000; mails().filter((m) => m.to === address && m.kind === 'VisitCancelled').length < 2 && Date.now() < end; ) await new Promise((later) => setTimeout(later, 50));
  assert.equal(mails().filter((m) => m.to === address && m.kind === 'VisitConfirmed').length, 1);
});
