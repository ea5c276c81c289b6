// Mail as a person gets it: what the server under test wrote to its folder, taken apart.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const decoded = (value) => value.replace(/\r\n /g, ' ').replace(/\?= =\?/g, '?==?').replace(/=\?utf-8\?B\?([^?]*)\?=/g, (_, b) => Buffer.from(b, 'base64').toString());

/** The leaves of a body that may hold bodies: text and HTML, beside a calendar where there is one. */
function partsOf(type, body) {
  const boundary = /boundary="([^"]+)"/.exec(type)?.[1];
  if (!boundary) return [{ type: /^[^;\r]+/.exec(type)[0], content: Buffer.from(body, 'base64').toString() }];
  return body.split(`--${boundary}`).slice(1, -1).flatMap((part) => {
    const at = part.indexOf('\r\n\r\n');
    return partsOf(/Content-Type: ((?:[^\r]|\r\n )+)/.exec(part.slice(0, at))[1], part.slice(at + 4));
  });
}

/** Headers by lower-case name, the text and the HTML version, and the first link of the text. */
export function parseMail(source) {
  const [head, ...rest] = source.split('\r\n\r\n');
  const headers = {};
  for (const line of head.replace(/\r\n /g, '\u0000').split('\r\n')) {
    const [name, ...value] = line.split(': ');
    headers[name.toLowerCase()] = decoded(value.join(': ').replaceAll('\u0000', '\r\n '));
  }
  const parts = partsOf(headers['content-type'], rest.join('\r\n\r\n'));
  const text = parts.find((p) => p.type === 'text/plain').content;
  return { headers, to: headers.to.replace(/[<>]/g, ''), subject: headers.subject, text, html: parts.find((p) => p.type === 'text/html').content, link: /https?:\/\/\S+/.exec(text)?.[0], source };
}

/** All mails in a data folder, oldest first; `kind` is MailKind's word. */
export function mails(data = process.env.COLLOQUE_DATA) {
  return readdirSync(join(data, 'mail')).filter((f) => f.endsWith('.eml')).sort()
    .map((file) => ({ ...parseMail(readFileSync(join(data, 'mail', file), 'utf8')), kind: /-([A-Za-z]+)\.eml$/.exec(file)[1], id: file.slice(0, 36) }));
}

/** The newest mail to an address (of a kind), as soon as it is there; refuses after 15 s. */
export async function mailTo(address, kind, { data, after } = {}) {
  for (const end = Date.now() + 15_000; ; await new Promise((later) => setTimeout(later, 100))) {
    const found = mails(data).findLast((m) => m.to === address && (!kind || m.kind === kind) && (!after || m.id > after));
    if (found) return found;
    if (Date.now() > end) throw new Error(`No mail ${kind ?? ''} to ${address}`);
  }
}
