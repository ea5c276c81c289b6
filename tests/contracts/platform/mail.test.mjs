import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { SMTPServer } from 'smtp-server';
import { mails, mailTo, parseMail } from '../support/mail.mjs';
import { startServer, temporaryFolder, until } from '../support/own-server.mjs';

/** A mail server of the institution. `take` may hold a mail back: then nothing is answered to it. */
async function startSmtp(t, { take = () => true, port = 0, ...options } = {}) {
  const smtp = { taken: [], seen: [] };
  const server = new SMTPServer({
    logger: false,
    disabledCommands: options.secure || options.cert ? [] : ['STARTTLS', 'AUTH'],
    authOptional: true,
    onAuth: ({ username, password }, session, done) => done(username === 'colloque' && password === 'Pässwort 1' ? null : new Error('no'), { user: username }),
    onRcptTo: ({ address }, session, done) => done(smtp.refuse?.(address)),
    onData: (stream, session, done) => {
      const chunks = [];
      stream.on('data', (chunk) => chunks.push(chunk)).on('end', () => {
        const mail = { ...parseMail(Buffer.concat(chunks).toString()), secure: session.secure, user: session.user, from: session.envelope.mailFrom.address, rcpt: session.envelope.rcptTo.map((r) => r.address) };
        // The demo's own news, of records and messages, are taken and are not what is tested here.
        if (/\/(records|chat)\b/.test(mail.link ?? '')) return done();
        smtp.seen.push(mail);
        if (!take(mail)) return;
        smtp.taken.push(mail);
        done();
      });
    },
    ...options,
  });
  // Clients that break off are what is being tested.
  server.on('error', () => undefined);
  await new Promise((listening) => server.listen(port, '127.0.0.1', listening));
  smtp.port = server.server.address().port;
  smtp.stop = () => new Promise((stopped) => {
    server.connections.forEach((c) => c._socket?.destroy());
    server.close(stopped);
  });
  t.after(smtp.stop);
  return smtp;
}

const clear = (smtp, more) => ({ Mail__Host: '127.0.0.1', Mail__Port: String(smtp.port), Mail__Security: 'none', Mail__From: 'Clinique été <no-reply@care.example>', ...more });
const forgot = async (server, ...names) => {
  for (const name of names) assert.equal((await server.post('/api/auth/forgot-password', { email: server.user(name).email })).status, 202);
};

test('without a mail server, each mail is a file of its owner with a link that works once', async (t) => {
  const data = join(temporaryFolder(t), 'data');
  const server = await startServer(data);
  t.after(() => server.end());
  await forgot(server, 'nadia');
  const { email } = server.user('nadia');
  const mail = await mailTo(email, 'ResetPassword', { data });

  assert.equal(mail.subject, 'Choisissez un nouveau mot de passe');
  assert.equal(mail.headers['auto-submitted'], 'auto-generated');
  assert.equal(mail.headers['message-id'], `<${mail.id.replaceAll('-', '')}@localhost>`);
  assert.match(mail.headers.from, /^Colloque\s+<no-reply@localhost>$/);
  assert.match(mail.link, new RegExp(`^${server.url}/reset-password#[\\w-]{43}$`));
  assert.ok(mail.html.includes(`href="${mail.link}"`));
  assert.equal(statSync(join(data, 'mail')).mode & 0o777, 0o700);
  assert.equal(statSync(join(data, 'mail', `${mail.id}-ResetPassword.eml`)).mode & 0o777, 0o600);

  const password = 'une phrase que personne ne devine';
  const token = mail.link.split('#')[1];
  assert.equal((await server.post('/api/auth/reset-password', { token, password })).status, 204);
  assert.equal((await server.post('/api/auth/reset-password', { token, password })).status, 404);
  assert.equal((await server.post('/api/auth/login', { email, password })).status, 200);
  await mailTo(email, 'PasswordChanged', { data });
  assert.ok(!server.log.includes(token));
});

test('mail goes over TLS, signed in, from the address that is set, in the language of each person', async (t) => {
  const folder = temporaryFolder(t);
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const made = spawnSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', key, '-out', cert, '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']);
  assert.equal(made.status, 0, String(made.stderr));
  const tls = { key: readFileSync(key), cert: readFileSync(cert) };
  const account = { Mail__User: 'colloque', Mail__Password: 'Pässwort 1', Mail__From: 'Clinique été <no-reply@care.example>', SSL_CERT_FILE: cert };
  const smtp = await startSmtp(t, tls);
  const server = await startServer(join(folder, 'data'), { Mail__Host: 'localhost', Mail__Port: String(smtp.port), ...account });
  await forgot(server, 'nadia', 'lucia', 'operator');
  await until(() => smtp.taken.length === 3, 'three mails over STARTTLS');
  await server.end();

  for (const mail of smtp.taken) {
    assert.ok(mail.secure);
    assert.equal(mail.user, 'colloque');
    assert.equal(mail.from, 'no-reply@care.example');
    assert.deepEqual(mail.rcpt, [mail.to]);
    assert.match(mail.headers.from, /^Clinique été\s+<no-reply@care\.example>$/);
  }
  assert.deepEqual(smtp.taken.map((m) => m.headers['content-language']).sort(), ['en', 'es', 'fr']);
  assert.equal(new Set(smtp.taken.map((m) => m.headers['message-id'])).size, 3);

  const implicit = await startSmtp(t, { ...tls, secure: true });
  const again = await startServer(join(folder, 'data'), { Mail__Host: 'localhost', Mail__Port: String(implicit.port), Mail__Security: 'tls', ...account });
  t.after(() => again.end());
  await forgot(again, 'nadia');
  await until(() => implicit.taken.length === 1, 'one mail over implicit TLS');
  for (const word of ['tilleuls.example', 'Pässwort', '#']) assert.ok(!again.log.split('\n').filter((l) => l.startsWith('{')).join().includes(word), word);
});

test('a mail server whose certificate nobody vouches for gets neither password nor mail', async (t) => {
  const smtp = await startSmtp(t, { secure: true });
  const server = await startServer(join(temporaryFolder(t), 'data'), { Mail__Host: 'localhost', Mail__Port: String(smtp.port), Mail__Security: 'tls', Mail__User: 'colloque', Mail__Password: 'Pässwort 1' });
  t.after(() => server.end());
  await forgot(server, 'nadia');
  await until(() => /No mail gets through \(certificate\)/.test(server.log), 'a warning in the log');
  assert.equal(smtp.seen.length, 0);
});

test('a server that is killed in the middle of sending loses no mail, and what is sent twice has one Message-ID', async (t) => {
  const data = join(temporaryFolder(t), 'data');
  let holding = true;
  const smtp = await startSmtp(t, { take: () => !holding });
  const server = await startServer(data, clear(smtp));
  await forgot(server, 'nadia', 'marc', 'amina', 'lucia');
  await until(() => smtp.seen.length === 1, 'a mail on its way');
  // The four requests are in the queue before the power fails: what was answered and not yet looked at waits in the database too.
  await server.end('SIGKILL');
  holding = false;

  const again = await startServer(data, clear(smtp));
  t.after(() => again.end());
  const wanted = ['nadia', 'marc', 'amina', 'lucia'].map((n) => again.user(n).email).sort();
  await until(() => new Set(smtp.taken.map((m) => m.to)).size === 4, 'four mails', 90);
  assert.deepEqual(smtp.taken.map((m) => m.to).sort(), wanted);
  assert.equal(smtp.taken.filter((m) => m.headers['message-id'] === smtp.seen[0].headers['message-id']).length, 1);
});

test('a mail server that is away costs no mail; one that refuses an address keeps nobody else waiting', async (t) => {
  const probe = createServer();
  await new Promise((listening) => probe.listen(0, '127.0.0.1', listening));
  const { port } = probe.address();
  await new Promise((closed) => probe.close(closed));
  const data = join(temporaryFolder(t), 'data');
  const server = await startServer(data, clear({ port }));
  t.after(() => server.end());
  await forgot(server, 'nadia', 'marc');
  await until(() => /No mail gets through \(connect\)/.test(server.log), 'a warning in the log');

  const smtp = await startSmtp(t, { port });
  smtp.refuse = (address) => address.startsWith('nadia') && Object.assign(new Error('nobody here'), { responseCode: 550 });
  await until(() => smtp.taken.length === 1, 'the other mail');
  assert.equal(smtp.taken[0].to, server.user('marc').email);
  await until(() => /was not sent: Never \(rcpt_550\)/.test(server.log), 'a warning about the refused one');
  assert.deepEqual(mails(data), []);
  assert.ok(!server.log.split('\n').some((l) => l.startsWith('{') && l.includes('@')));
});
