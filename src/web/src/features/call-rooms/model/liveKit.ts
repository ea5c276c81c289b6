import { type Participant, Room, RoomEvent, Track } from 'livekit-client';

/** Somebody in the room, oneself among them. */
export interface Person {
  id: string;
  own: boolean;
  picture: Track | null;
  screen: Track | null;
  sound: Track | null;
  muted: boolean;
}

export interface LiveKitState {
  phase: 'entering' | 'in' | 'again' | 'over' | 'failed';
  people: readonly Person[];
  microphone: boolean;
  camera: boolean;
  screen: boolean;
  /** A device that this browser did not give, named as the switch that does not work. */
  missing: 'microphone' | 'camera' | null;
}

const start: LiveKitState = {
  phase: 'entering',
  people: [],
  microphone: false,
  camera: false,
  screen: false,
  missing: null,
};

export type LiveKitSession = ReturnType<typeof openLiveKit>;

/** One's time in a room of LiveKit's. Nothing is recorded: the tokens allow no one to, and there is no switch for it. */
export function openLiveKit(
  url: string,
  token: string,
  room = new Room({
    adaptiveStream: true,
    dynacast: true,
    publishDefaults: { simulcast: false, dtx: true, red: true, videoCodec: 'vp8' },
  }),
) {
  const listeners = new Set<() => void>();
  let state = start;
  let ended = false;
  const show = (change: Partial<LiveKitState>) => {
    const { localParticipant: me } = room;
    state = {
      ...state,
      people: [me, ...room.remoteParticipants.values()].map((one) => personOf(one, one === me)),
      microphone: me.isMicrophoneEnabled,
      camera: me.isCameraEnabled,
      screen: me.isScreenShareEnabled,
      ...change,
    };
    for (const listener of listeners) listener();
  };

  const refresh = () => show({});
  for (const event of [
    RoomEvent.ParticipantConnected,
    RoomEvent.ParticipantDisconnected,
    RoomEvent.TrackSubscribed,
    RoomEvent.TrackUnsubscribed,
    RoomEvent.TrackMuted,
    RoomEvent.TrackUnmuted,
    RoomEvent.LocalTrackPublished,
    RoomEvent.LocalTrackUnpublished,
  ] as const)
    room.on(event, refresh);
  room.on(RoomEvent.Reconnecting, () => show({ phase: 'again' }));
  room.on(RoomEvent.Reconnected, () => show({ phase: 'in' }));
  // A room is over for who was in it. Of who is still at the door, `connect` says what happened, and may do so after this.
  room.on(RoomEvent.Disconnected, () => {
    if (!ended && (state.phase === 'in' || state.phase === 'again')) show({ phase: 'over' });
  });

  /** Without a camera one is heard, without a microphone one sees and writes. */
  async function turn(device: 'microphone' | 'camera' | 'screen', on: boolean) {
    const me = room.localParticipant;
    try {
      if (device === 'microphone') await me.setMicrophoneEnabled(on);
      else if (device === 'camera') await me.setCameraEnabled(on);
      else await me.setScreenShareEnabled(on);
      show({ missing: null });
    } catch {
      // Whoever closes the question of what to share has said no, and wants no words about it.
      show({ missing: device === 'screen' ? null : device });
    }
  }

  async function enter(camera: boolean) {
    try {
      await room.connect(url, token);
    } catch {
      if (!ended) show({ phase: 'failed' });
      return;
    }
    if (ended) return void room.disconnect();
    show({ phase: 'in' });
    await turn('microphone', true);
    if (camera && !ended) await turn('camera', true);
  }

  return {
    getState: () => state,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    enter,
    turn,
    leave() {
      ended = true;
      void room.disconnect();
    },
  };
}

function personOf(one: Participant, own: boolean): Person {
  const of = (source: Track.Source) => one.getTrackPublication(source);
  const picture = of(Track.Source.Camera);
  return {
    id: one.identity,
    own,
    picture: picture && !picture.isMuted ? (picture.track ?? null) : null,
    screen: of(Track.Source.ScreenShare)?.track ?? null,
    sound: own ? null : (of(Track.Source.Microphone)?.track ?? null),
    muted: !one.isMicrophoneEnabled,
  };
}
