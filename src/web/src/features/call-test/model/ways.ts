export type WayKind = 'udp' | 'tcp' | 'tls';

/** One way in to a relay. */
export interface Way {
  kind: WayKind;
  server: RTCIceServer;
}

/** The ways to TURN that a browser would try, each by itself: UDP is the best, TLS gets through where nothing else does. */
export function waysOf(servers: readonly RTCIceServer[]): Way[] {
  return servers.flatMap(({ urls, ...rest }) =>
    [urls].flat().flatMap((url) => {
      const kind = kindOf(url);
      return kind ? [{ kind, server: { ...rest, urls: [url] } }] : [];
    }),
  );
}

function kindOf(url: string): WayKind | null {
  if (url.startsWith('turns:')) return 'tls';
  if (!url.startsWith('turn:')) return null;
  return /[?&]transport=tcp\b/.test(url) ? 'tcp' : 'udp';
}
