/** Connections as WebRTC's rules for their states say (JSEP), without a network: what a link negotiates with in tests. */
let sessions = 0;

interface Line {
  receiver: { track: { kind: string; id: string } };
  sender: {
    track: unknown;
    replaceTrack(track: unknown): Promise<void>;
    /** All that were ever set, one after the other. */
    encodings: object[];
    getParameters(): { encodings: object[] };
    setParameters(parameters: { encodings: object[] }): Promise<void>;
  };
  direction: string;
  setCodecPreferences(): void;
}

const lineOf = (kind: string): Line => ({
  receiver: { track: { kind, id: kind } },
  sender: {
    track: null,
    async replaceTrack(track) {
      this.track = track;
    },
    encodings: [],
    getParameters() {
      return { encodings: [{ ...this.encodings.at(-1) }] };
    },
    async setParameters({ encodings }) {
      this.encodings.push(...encodings);
    },
  },
  direction: 'recvonly',
  setCodecPreferences: () => undefined,
});

type Description = { type: RTCSdpType; sdp: string };

export class FakeConnection {
  static made: FakeConnection[] = [];
  signalingState: RTCSignalingState = 'stable';
  connectionState: RTCPeerConnectionState = 'new';
  localDescription: Description | null = null;
  remoteDescription: Description | null = null;
  restarts = 0;
  /** What the statistics tell. */
  report = new Map<string, object>();
  closed = false;
  onicecandidate: unknown = null;
  ontrack: unknown = null;
  onconnectionstatechange: (() => void) | null = null;
  private readonly session = ++sessions;
  private version = 0;
  private lines: Line[] = [];
  private stable: Description | null = null;

  private readonly policy: string | undefined;

  constructor({ bundlePolicy }: RTCConfiguration = {}) {
    this.policy = bundlePolicy;
    FakeConnection.made.push(this);
  }

  addTransceiver(kind: string) {
    this.lines.push(lineOf(kind));
  }
  getTransceivers = () => this.lines;
  getStats = async () => this.report;
  setConfiguration({ bundlePolicy }: RTCConfiguration) {
    if (bundlePolicy !== this.policy) throw new DOMException('bundlePolicy', 'InvalidModificationError');
  }
  restartIce() {
    this.restarts += 1;
  }
  close() {
    this.closed = true;
    this.connectionState = 'closed';
  }

  async setLocalDescription(given?: { type: 'rollback' }) {
    if (given?.type === 'rollback') {
      this.signalingState = 'stable';
      this.localDescription = this.stable;
      return;
    }
    const type = this.signalingState === 'have-remote-offer' ? 'answer' : 'offer';
    this.version += 1;
    this.localDescription = {
      type,
      sdp: `v=0\r\no=- ${this.session} ${this.version} IN IP4 0.0.0.0\r\na=fingerprint:sha-256 ${this.session}\r\n`,
    };
    this.signalingState = type === 'answer' ? 'stable' : 'have-local-offer';
    if (type === 'answer') this.settle();
  }

  async setRemoteDescription(description: Description) {
    // A glare ends in an implicit rollback, as with the browsers of today.
    if (description.type === 'offer' && this.signalingState === 'have-local-offer') this.signalingState = 'stable';
    const fits = description.type === 'offer' ? 'stable' : 'have-local-offer';
    if (this.signalingState !== fits) throw new Error(`${description.type} in ${this.signalingState}`);
    this.remoteDescription = description;
    if (description.type === 'offer') {
      if (this.lines.length === 0) this.lines = [lineOf('audio'), lineOf('video')];
      this.signalingState = 'have-remote-offer';
    } else {
      this.signalingState = 'stable';
      this.settle();
    }
  }

  async addIceCandidate() {
    if (!this.remoteDescription) throw new Error('no remote description');
  }

  become(state: RTCPeerConnectionState) {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }

  private settle() {
    this.stable = this.localDescription;
  }
}
