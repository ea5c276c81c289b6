import { dayIn } from '../i18n/time';
import type { Visit } from './visit';

const stamp = (time: string | number) => `${new Date(time).toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`;

/** RFC 5545: these four are written with a backslash before them. */
const escaped = (text: string) => text.replace(/[\\;,]/g, '\\$&').replace(/\n/g, '\\n');

/** RFC 5545: at most 75 octets a line; what follows begins with a space. Cut between characters, never within one. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of line) {
    const size = new TextEncoder().encode(character).length;
    if (octets + size > 75) {
      parts.push(part);
      part = ' ';
      octets = 1;
    }
    part += character;
    octets += size;
  }
  return [...parts, part].join('\r\n');
}

/**
 * A visit for a calendar on the patient's own device (RFC 5545). Its title is the caller's, and names nobody's illness: calendars are
 * shown on locked screens and shared with families. The same visit, moved, replaces itself there.
 */
export function calendarFile(visit: Visit, title: string, address: string, now: number): string {
  const end = Date.parse(visit.scheduledAt) + visit.duration * 60_000;
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Colloque//Visits//EN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${visit.id}@colloque`,
    `DTSTAMP:${stamp(now)}`,
    // Rises with time, so that of two copies a calendar keeps the later.
    `SEQUENCE:${Math.floor(now / 1_000) % 2_147_483_647}`,
    `DTSTART:${stamp(visit.scheduledAt)}`,
    `DTEND:${stamp(end)}`,
    `SUMMARY:${escaped(title)}`,
    `LOCATION:${escaped(address)}`,
    `URL:${address}`,
    `STATUS:${visit.status === 'SCHEDULED' ? 'TENTATIVE' : 'CONFIRMED'}`,
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    'TRIGGER:-PT15M',
    `DESCRIPTION:${escaped(title)}`,
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}

/** What it is called on the device: "visit-2026-11-24.ics". */
export const calendarFileName = (visit: Pick<Visit, 'scheduledAt'>) => `visit-${dayIn(visit.scheduledAt)}.ics`;
