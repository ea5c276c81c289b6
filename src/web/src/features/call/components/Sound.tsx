import { useEffect } from 'react';
import { useSource } from '../hooks/useElement';

/** Somebody's voice, heard whatever is shown. */
export function Sound({ stream, speaker, onHeld }: { stream: MediaStream; speaker: string; onHeld(): void }) {
  const element = useSource<HTMLAudioElement>(stream.getAudioTracks(), onHeld);
  useEffect(() => {
    // Not every browser lets one choose.
    if (speaker && element.current?.setSinkId) void element.current.setSinkId(speaker).catch(() => undefined);
  }, [speaker, element]);
  // biome-ignore lint/a11y/useMediaCaption: a voice that speaks now has no captions; the conversation beside it is for whoever prefers to read.
  return <audio ref={element} autoPlay />;
}
