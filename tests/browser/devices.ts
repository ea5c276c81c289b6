import { expect, type Page } from '@playwright/test';
import type { Person } from './people';

/** Chromium with a camera and a microphone that are always there, and ways between browsers on this machine. */
export const withDevices = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    '--disable-features=WebRtcHideLocalIpsWithMdns',
  ],
};

/** Keeps hold of the page's connections, so that a test can count what flows. */
export const watchConnections = ({ context }: Person) =>
  context.addInitScript(() => {
    const made: RTCPeerConnection[] = [];
    Object.assign(window, { connections: made });
    const Native = window.RTCPeerConnection;
    window.RTCPeerConnection = class extends Native {
      constructor(...parts: ConstructorParameters<typeof Native>) {
        super(...parts);
        made.push(this);
      }
    };
  });

interface Flow {
  heard: number;
  seen: number;
  said: number;
  shown: number;
}

/** Packets of sound and frames of pictures so far, in and out, of the connections that live. */
export const flow = (page: Page): Promise<Flow> =>
  page.evaluate(async () => {
    const sum = { heard: 0, seen: 0, said: 0, shown: 0 };
    for (const connection of (window as unknown as { connections: RTCPeerConnection[] }).connections) {
      if (connection.connectionState !== 'connected') continue;
      for (const [, { type, kind, packetsReceived = 0, framesDecoded = 0, packetsSent = 0, framesSent = 0 }] of await connection.getStats()) {
        if (type === 'inbound-rtp' && kind === 'audio') sum.heard += packetsReceived;
        if (type === 'inbound-rtp' && kind === 'video') sum.seen += framesDecoded;
        if (type === 'outbound-rtp' && kind === 'audio') sum.said += packetsSent;
        if (type === 'outbound-rtp' && kind === 'video') sum.shown += framesSent;
      }
    }
    return sum;
  });

/** Sound, and a picture unless it is said that there is none, come in and go on coming. */
export async function receives(page: Page, picture = true) {
  const before = await flow(page);
  await expect
    .poll(async () => {
      const now = await flow(page);
      return now.heard > before.heard + 5 && (!picture || now.seen > before.seen + 2);
    })
    .toBe(true);
}

export interface Way {
  /** `host`, `srflx`, `prflx` or `relay`. */
  near: string;
  far: string;
  /** How the own relay is spoken to: `udp`, `tcp` or `tls`. */
  by: string | null;
}

/** The ways that are in use, one a connection that stands. */
export const ways = (page: Page): Promise<Way[]> =>
  page.evaluate(async () => {
    const found = [];
    for (const connection of (window as unknown as { connections: RTCPeerConnection[] }).connections) {
      if (connection.connectionState !== 'connected') continue;
      const report = await connection.getStats();
      for (const [, { type, selectedCandidatePairId }] of report) {
        if (type !== 'transport') continue;
        const pair = report.get(selectedCandidatePairId);
        const near = report.get(pair?.localCandidateId);
        found.push({ near: near?.candidateType, far: report.get(pair?.remoteCandidateId)?.candidateType, by: near?.relayProtocol ?? null });
      }
    }
    return found;
  });
