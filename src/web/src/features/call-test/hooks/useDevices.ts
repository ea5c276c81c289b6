import { useCallback, useEffect, useRef, useState } from 'react';
import { type Opened, openDevices } from '../model/devices';

/** Camera and microphone for as long as the page looks at them; they are let go with it. Null: not asked yet. */
export function useDevices(wantsCamera: boolean) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const [asking, setAsking] = useState(false);
  const stream = useRef<MediaStream | null>(null);
  const gone = useRef(false);

  const close = useCallback(() => {
    for (const track of stream.current?.getTracks() ?? []) track.stop();
    stream.current = null;
  }, []);
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
      close();
    };
  }, [close]);

  const open = useCallback(async () => {
    close();
    setAsking(true);
    const next = await openDevices(navigator.mediaDevices as MediaDevices | undefined, wantsCamera);
    stream.current = next.stream;
    // The answer came after the page was left.
    if (gone.current) return close();
    setAsking(false);
    setOpened(next);
  }, [wantsCamera, close]);

  return { opened, asking, open, close };
}

/** Whether the browser will ask, or has an answer already; null where it does not say. */
export function usePermission(name: 'camera' | 'microphone'): PermissionState | null {
  const [state, setState] = useState<PermissionState | null>(null);
  useEffect(() => {
    let status: PermissionStatus | null = null;
    let gone = false;
    const look = () => status && setState(status.state);
    void (navigator.permissions as Permissions | undefined)
      ?.query({ name: name as PermissionName })
      .then((found) => {
        if (gone) return;
        status = found;
        found.addEventListener('change', look);
        look();
      })
      // Some browsers do not know the name.
      .catch(() => undefined);
    return () => {
      gone = true;
      status?.removeEventListener('change', look);
    };
  }, [name]);
  return state;
}
