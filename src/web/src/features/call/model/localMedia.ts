/** Why a camera or a microphone cannot be used, as far as a person can do something about it. The names are those of getUserMedia's standard. */
export type MediaFault = 'refused' | 'missing' | 'busy' | 'unsupported';

function faultOf(reason: unknown): MediaFault {
  const name = reason instanceof DOMException ? reason.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing';
  if (name === 'NotReadableError' || name === 'AbortError') return 'busy';
  return 'unsupported';
}

export type DeviceKind = 'microphone' | 'camera' | 'speaker';

interface DeviceChoice {
  id: string;
  /** As the device calls itself; empty as long as the browser does not tell. */
  label: string;
}

export interface MediaState {
  readonly microphone: MediaStreamTrack | null;
  readonly camera: MediaStreamTrack | null;
  readonly screen: MediaStreamTrack | null;
  /** One can be heard. */
  readonly microphoneOn: boolean;
  /** Why there is no microphone, or no camera, where one was wanted. */
  readonly faults: { readonly microphone: MediaFault | null; readonly camera: MediaFault | null };
  readonly choices: Readonly<Record<DeviceKind, readonly DeviceChoice[]>>;
  readonly chosen: Readonly<Record<DeviceKind, string>>;
}

const nothing: MediaState = {
  microphone: null,
  camera: null,
  screen: null,
  microphoneOn: true,
  faults: { microphone: null, camera: null },
  choices: { microphone: [], camera: [], speaker: [] },
  chosen: { microphone: '', camera: '', speaker: '' },
};

const kindOf: Partial<Record<MediaDeviceKind, DeviceKind>> = {
  audioinput: 'microphone',
  videoinput: 'camera',
  audiooutput: 'speaker',
};

interface MediaParts {
  onChange(): void;
  /** A device went away in the middle of its use, or another took its place. */
  onDevice(what: 'device_lost' | 'device_changed'): void;
}

/** This device's own sound and picture: opened, muted, exchanged, lost, given back. */
export function openLocalMedia({ onChange, onDevice }: MediaParts) {
  let state = nothing;
  let closed = false;
  // Absent outside of a secure context, whatever the types say.
  const media = navigator.mediaDevices as MediaDevices | undefined;

  function become(change: Partial<MediaState>) {
    state = { ...state, ...change };
    if (!closed) onChange();
  }

  const soundOf = (id: string): MediaTrackConstraints => ({
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
    ...(id && { deviceId: { exact: id } }),
  });
  const pictureOf = (id: string): MediaTrackConstraints => ({
    width: { ideal: 1280 },
    height: { ideal: 720 },
    frameRate: { ideal: 30, max: 30 },
    ...(id ? { deviceId: { exact: id } } : { facingMode: 'user' }),
  });

  async function ask(constraints: MediaStreamConstraints): Promise<MediaStreamTrack[] | MediaFault> {
    if (!media) return 'unsupported';
    try {
      const tracks = (await media.getUserMedia(constraints)).getTracks();
      if (!closed) return tracks;
      for (const track of tracks) track.stop();
      return 'unsupported';
    } catch (reason) {
      return faultOf(reason);
    }
  }

  function takeMicrophone(track: MediaStreamTrack) {
    state.microphone?.stop();
    track.enabled = state.microphoneOn;
    track.onended = () => void lost('microphone', track);
    become({
      microphone: track,
      faults: { ...state.faults, microphone: null },
      chosen: { ...state.chosen, microphone: track.getSettings().deviceId ?? '' },
    });
  }

  function takeCamera(track: MediaStreamTrack) {
    state.camera?.stop();
    track.contentHint = 'motion';
    track.onended = () => void lost('camera', track);
    become({
      camera: track,
      faults: { ...state.faults, camera: null },
      chosen: { ...state.chosen, camera: track.getSettings().deviceId ?? '' },
    });
  }

  /** It was unplugged, or another program has it: whatever else there is takes its place. */
  async function lost(kind: 'microphone' | 'camera', track: MediaStreamTrack) {
    if (closed || state[kind] !== track) return;
    become({ [kind]: null });
    onDevice('device_lost');
    if (kind === 'microphone') await openMicrophone('');
    else await openCamera('');
    if (state[kind]) onDevice('device_changed');
  }

  async function openMicrophone(id: string) {
    const got = await ask({ audio: soundOf(id) });
    if (typeof got === 'string') become({ faults: { ...state.faults, microphone: got } });
    else for (const track of got) takeMicrophone(track);
  }

  async function openCamera(id: string) {
    const got = await ask({ video: pictureOf(id) });
    if (typeof got === 'string') become({ faults: { ...state.faults, camera: got } });
    else for (const track of got) takeCamera(track);
  }

  async function list() {
    const known = (await media?.enumerateDevices().catch(() => null)) ?? [];
    const choices: Record<DeviceKind, DeviceChoice[]> = { microphone: [], camera: [], speaker: [] };
    for (const { kind, deviceId, label } of known) {
      const of = kindOf[kind];
      if (of && deviceId) choices[of].push({ id: deviceId, label });
    }
    if (!closed) become({ choices });
  }

  let opening: Promise<unknown> = Promise.resolve();
  /** What was missing may have been plugged in: it was wanted, so it is used. */
  function onDevices() {
    opening = opening.then(async () => {
      await list();
      for (const [kind, open] of [
        ['microphone', openMicrophone],
        ['camera', openCamera],
      ] as const)
        if (!closed && state.faults[kind] === 'missing' && state.choices[kind].length > 0) await open('');
    });
  }
  media?.addEventListener?.('devicechange', onDevices);

  return {
    getState: () => state,

    /** Asks for what is wanted in one question; what cannot be had is left out. */
    async open(microphone: boolean, camera: boolean) {
      become({ microphoneOn: microphone });
      const got = await ask({ audio: soundOf(''), ...(camera && { video: pictureOf('') }) });
      if (typeof got !== 'string') {
        for (const track of got) (track.kind === 'audio' ? takeMicrophone : takeCamera)(track);
      } else if (camera) {
        // One of the two is missing: the other is better than none.
        await openMicrophone('');
        await openCamera('');
      } else become({ faults: { microphone: got, camera: null } });
      await list();
    },

    async setMicrophone(on: boolean) {
      if (on && !state.microphone) await openMicrophone('');
      if (state.microphone) state.microphone.enabled = on;
      become({ microphoneOn: on });
    },

    /** Off is off: the camera's own light goes out. */
    async setCamera(on: boolean) {
      if (on === Boolean(state.camera)) return;
      if (on) await openCamera(state.chosen.camera);
      else {
        state.camera?.stop();
        become({ camera: null });
      }
      await list();
    },

    async choose(kind: DeviceKind, id: string) {
      if (kind === 'speaker') return become({ chosen: { ...state.chosen, speaker: id } });
      if (kind === 'microphone') await openMicrophone(id);
      // Many phones open one camera at a time.
      else {
        state.camera?.stop();
        await openCamera(id);
      }
      onDevice('device_changed');
    },

    /** False when the person thought better of it, or the device cannot. */
    async share(): Promise<boolean> {
      const stream = await media
        ?.getDisplayMedia?.({ video: { frameRate: { ideal: 15 } }, audio: false })
        .catch(() => null);
      const screen = stream?.getVideoTracks()[0];
      if (!screen) return false;
      screen.contentHint = 'detail';
      screen.onended = () => become({ screen: null });
      become({ screen });
      return true;
    },

    unshare() {
      state.screen?.stop();
      become({ screen: null });
    },

    close() {
      closed = true;
      media?.removeEventListener?.('devicechange', onDevices);
      for (const track of [state.microphone, state.camera, state.screen]) track?.stop();
    },
  };
}

export type LocalMedia = ReturnType<typeof openLocalMedia>;
