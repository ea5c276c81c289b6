/** What became of asking a relay for a place: `refused` by its answer to the credential, `shut` where no answer came. */
export type Entry = 'open' | 'refused' | 'shut';

/** Milliseconds; a way in that takes longer is of no use to a call. */
const patience = 5_000;

/** The code of TURN for a wrong credential (RFC 8656); a browser's own for no answer is 701. */
const unauthorized = 401;

/** Whether a relay gives a place by this one way. */
export function enter(server: RTCIceServer, signal: AbortSignal): Promise<Entry> {
  return new Promise((resolve) => {
    const peer = new RTCPeerConnection({ iceServers: [server], iceTransportPolicy: 'relay' });
    let refused = false;
    const end = (entry: Entry) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      peer.close();
      resolve(entry);
    };
    const stop = () => end('shut');
    const timer = setTimeout(() => end(refused ? 'refused' : 'shut'), patience);
    signal.addEventListener('abort', stop);
    peer.addEventListener('icecandidateerror', (error) => {
      refused ||= error.errorCode === unauthorized;
    });
    peer.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate && / typ relay /.test(`${candidate.candidate} `)) end('open');
      // No more will come.
      else if (!candidate) end(refused ? 'refused' : 'shut');
    });
    peer.createDataChannel('entry');
    void peer
      .createOffer()
      .then((offer) => peer.setLocalDescription(offer))
      .catch(stop);
  });
}
