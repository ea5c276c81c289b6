import { CircleCheck, Mic } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLoudness } from '../../waiting-room';

interface SelfViewProps {
  stream: MediaStream;
  onHeard(): void;
}

/** Oneself as the other will see and hear one. */
export function SelfView({ stream, onHeard }: SelfViewProps) {
  const { t } = useTranslation();
  const video = useRef<HTMLVideoElement>(null);
  const { level, heard } = useLoudness(stream);
  useEffect(() => {
    if (video.current) video.current.srcObject = stream;
  }, [stream]);
  useEffect(() => {
    if (heard) onHeard();
  }, [heard, onHeard]);
  return (
    <div className="flex flex-col gap-5">
      {stream.getVideoTracks().length > 0 && (
        // A picture of oneself says nothing.
        <video
          ref={video}
          autoPlay
          playsInline
          muted
          aria-label={t('test.yourself')}
          className="aspect-4/3 w-full max-w-lg -scale-x-100 rounded-outer bg-well object-cover"
        />
      )}
      {stream.getAudioTracks().length > 0 && (
        <div className="flex max-w-lg flex-col gap-2">
          <p role="status" className={`flex items-center gap-2 font-semibold ${heard ? 'text-done' : ''}`}>
            {heard ? (
              <CircleCheck aria-hidden="true" className="size-5" />
            ) : (
              <Mic aria-hidden="true" className="size-5" />
            )}
            {t(heard ? 'test.heard' : 'test.speak')}
          </p>
          <svg viewBox="0 0 100 4" preserveAspectRatio="none" className="h-2.5 w-full" aria-hidden="true">
            <rect width="100" height="4" rx="2" className="fill-line" />
            <rect width={Math.round(level * 100)} height="4" rx="2" className="fill-brand" />
          </svg>
        </div>
      )}
    </div>
  );
}
