import { useCallback, useEffect, useRef, useState } from 'react';
import { type DeviceFault, faultOf } from '../model/devices';

export type Devices =
  | { phase: 'idle' | 'asking' }
  | { phase: 'on'; stream: MediaStream; hasCamera: boolean }
  | { phase: 'fault'; fault: DeviceFault };

/** Camera and microphone while somebody looks at themselves; both are let go with the page. */
export function useDevices(wantsCamera: boolean) {
  const [devices, setDevices] = useState<Devices>({ phase: 'idle' });
  const open = useRef<MediaStream | null>(null);

  const stop = useCallback(() => {
    for (const track of open.current?.getTracks() ?? []) track.stop();
    open.current = null;
  }, []);
  useEffect(() => stop, [stop]);

  const start = useCallback(async () => {
    setDevices({ phase: 'asking' });
    stop();
    try {
      // Absent outside of a secure context, whatever the types say.
      const media = navigator.mediaDevices as MediaDevices | undefined;
      if (!media) return setDevices({ phase: 'fault', fault: 'unsupported' });
      const stream = await media.getUserMedia({ audio: true, video: wantsCamera && { facingMode: 'user' } });
      open.current = stream;
      setDevices({ phase: 'on', stream, hasCamera: stream.getVideoTracks().length > 0 });
    } catch (reason) {
      setDevices({ phase: 'fault', fault: faultOf(reason) });
    }
  }, [wantsCamera, stop]);

  const end = useCallback(() => {
    stop();
    setDevices({ phase: 'idle' });
  }, [stop]);
  return { devices, start, end };
}
