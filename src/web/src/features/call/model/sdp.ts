/** What a session description (RFC 8866) says, as far as a call reads it or adds to it. */

const linesOf = (sdp: string) => sdp.split(/\r?\n/);

/**
 * What we ask of those who send us sound: that they repair what gets lost (in-band FEC) and say nothing while nobody speaks (DTX; RFC 7587).
 * It stands in what is told to the other side: the parameters of a receiver bind its senders.
 */
export function withOpusOptions(sdp: string): string {
  const opus = new Set([...sdp.matchAll(/^a=rtpmap:(\d+) opus\/48000/gim)].map(([, type]) => type));
  return linesOf(sdp)
    .map((line) => {
      const [, type, given = ''] = /^a=fmtp:(\d+) (.*)$/.exec(line) ?? [];
      if (!type || !opus.has(type)) return line;
      const kept = given.split(';').filter((parameter) => !/^(useinbandfec|usedtx)=/.test(parameter.trim()));
      return `a=fmtp:${type} ${[...kept, 'useinbandfec=1', 'usedtx=1'].filter(Boolean).join(';')}`;
    })
    .join('\r\n');
}

/** All fingerprints of a description, each once: what the other side's DTLS certificate is held against (RFC 8122). */
export const fingerprintsOf = (sdp: string): string[] => [
  ...new Set(
    [...sdp.matchAll(/^a=fingerprint:(\S+)\s+(\S+)/gim)].map(([, hash, value]) => `${hash} ${value}`.toLowerCase()),
  ),
];

/** The session that a description is of. Another one of the same person's is another connection, as after a reload. */
export const sessionOf = (sdp: string): string => /^o=\S+ (\d+) /m.exec(sdp)?.[1] ?? '';
