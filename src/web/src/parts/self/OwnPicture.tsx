import { useEffect, useRef } from 'react';

/** Oneself as the other will see one: as in a mirror. */
export function OwnPicture({ stream, label }: { stream: MediaStream; label: string }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = stream;
  }, [stream]);
  return (
    // A picture of oneself says nothing.
    <video
      ref={video}
      autoPlay
      playsInline
      muted
      aria-label={label}
      className="aspect-4/3 w-full -scale-x-100 rounded-outer bg-well object-cover"
    />
  );
}
