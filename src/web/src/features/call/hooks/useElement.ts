import { useEffect, useRef } from 'react';

/** Gives a picture or a sound element what it plays; `onHeld` when the browser wants a gesture first. */
export function useSource<T extends HTMLMediaElement>(tracks: readonly MediaStreamTrack[], onHeld?: () => void) {
  const element = useRef<T>(null);
  const held = useRef(onHeld);
  held.current = onHeld;
  const ids = tracks.map(({ id }) => id).join();
  const now = useRef(tracks);
  now.current = tracks;
  useEffect(() => {
    const shown = element.current;
    if (!shown || ids === '') return;
    shown.srcObject = new MediaStream([...now.current]);
    shown.play().catch((reason) => {
      if (reason instanceof DOMException && reason.name === 'NotAllowedError') held.current?.();
    });
    return () => {
      shown.srcObject = null;
    };
  }, [ids]);
  return element;
}
